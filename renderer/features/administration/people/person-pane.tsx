import { Box } from '@mantine/core';
import type { ReactNode } from 'react';
import { Facts } from '../../../ui/facts.tsx';
import { StateMark } from '../../../ui/marks.tsx';
import { useMoment } from '../../../ui/moment-context.tsx';
import { useWords } from '../../../ui/use-words.ts';
import { useDirectory, type DirectoryPerson } from '../../directory/public.ts';
import { lockedUntil, marksOf, sayLocked } from './person-state.ts';

/** One person as the administrator knows them: who they are, what they may do, and whether they can sign in. */
export function PersonPane({ person, children }: Readonly<{ person: DirectoryPerson; children: ReactNode }>) {
  const words = useWords();
  const { now } = useMoment();
  const { unitName } = useDirectory();
  const until = lockedUntil(person, now);
  const passphrase = person.hasKey ? 'given' : 'none';
  const signIn = person.active ? passphrase : 'left';
  const certificate = person.certificate === null ? 'unknown' : 'known';
  return (
    <Box component="article" className="directory-pane" aria-labelledby="administration-person" tabIndex={0}>
      <header className="directory-head">
        <h2 id="administration-person">{person.name}</h2>
        {marksOf(person, now, words).map(({ label, tone }) => (
          <StateMark key={label} label={label} tone={tone} />
        ))}
      </header>
      <Facts
        facts={[
          { label: words('directory.person.post'), value: person.post },
          { label: words('administration.people.rank'), value: words(`administration.rank.${person.rank}`) },
          { label: words('directory.person.unit'), value: unitName(person.unit) },
          {
            label: words('directory.person.roles'),
            value: person.roles.map((role) => words(`role.${role}`)).join(', '),
          },
          { label: words('directory.person.email'), value: person.email },
          {
            label: words('administration.people.signIn'),
            value:
              until === null
                ? words(`administration.people.passphrase.${signIn}`)
                : sayLocked(until, now, words),
          },
          {
            label: words('directory.person.certificate'),
            value: words(`directory.certificate.${certificate}`),
          },
        ]}
      />
      {children}
    </Box>
  );
}
