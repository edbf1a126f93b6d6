import { Box } from '@mantine/core';
import { IconSignature } from '@tabler/icons-react';
import { useState } from 'react';
import { whyNotCall } from '#shared/directory/public.ts';
import { useSession } from '../../app/session.tsx';
import { ActionBar } from '../../ui/action-bar.tsx';
import { Facts } from '../../ui/facts.tsx';
import { StateMark } from '../../ui/marks.tsx';
import { useWords } from '../../ui/use-words.ts';
import { DelegateDialog } from './delegate-dialog.tsx';
import { DelegationList } from './delegation-list.tsx';
import { useDirectory } from './names.ts';
import type { DirectoryPerson } from './people-rows.ts';
import './directory.css';

/** One person: post, unit, roles, how to reach them, what they sign with and on whose behalf. */
export function PersonView({ person }: Readonly<{ person: DirectoryPerson }>) {
  const words = useWords();
  const { session } = useSession();
  const { unitName, delegations } = useDirectory();
  const [giving, setGiving] = useState(false);
  const mayGive = person.active && whyNotCall('directory.delegate', session.person) === null;
  const certificate = person.certificate === null ? 'unknown' : 'known';
  return (
    <Box component="article" className="directory-pane" aria-labelledby="directory-person" tabIndex={0}>
      <header className="directory-head">
        <h2 id="directory-person">{person.name}</h2>
        {!person.active && <StateMark label={words('directory.left')} tone="soon" />}
      </header>
      <Facts
        facts={[
          { label: words('directory.person.post'), value: person.post },
          { label: words('directory.person.unit'), value: unitName(person.unit) },
          {
            label: words('directory.person.roles'),
            value: person.roles.map((role) => words(`role.${role}`)).join(', '),
          },
          { label: words('directory.person.email'), value: person.email },
          {
            label: words('directory.person.certificate'),
            value: words(`directory.certificate.${certificate}`),
          },
        ]}
      />
      <DelegationList side="received" delegations={delegations.filter(({ to }) => to === person.id)} />
      <DelegationList side="given" delegations={delegations.filter(({ from }) => from === person.id)} />
      {mayGive && (
        <ActionBar
          label={words('directory.acts')}
          actions={[
            {
              id: 'directory.delegate',
              label: words('directory.delegate'),
              icon: IconSignature,
              run: () => {
                setGiving(true);
              },
            },
          ]}
        />
      )}
      {giving && (
        <DelegateDialog
          subject={person}
          onClose={() => {
            setGiving(false);
          }}
        />
      )}
    </Box>
  );
}
