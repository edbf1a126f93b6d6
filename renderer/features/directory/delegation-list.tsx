import { Button } from '@mantine/core';
import { useState } from 'react';
import { whyNotCall, type Delegation } from '#shared/directory/public.ts';
import { useSession } from '../../app/session.tsx';
import { StateMark } from '../../ui/marks.tsx';
import { useMoment } from '../../ui/moment-context.tsx';
import { useWords } from '../../ui/use-words.ts';
import { sayDays, sayKinds, standingOf } from './delegation-words.ts';
import { useDirectory } from './names.ts';
import { RevokeDialog } from './revoke-dialog.tsx';

type DelegationListProps = Readonly<{ side: 'given' | 'received'; delegations: readonly Delegation[] }>;

/** The rights to sign a person gave or was given, the latest first, those taken back among them. */
export function DelegationList({ side, delegations }: DelegationListProps) {
  const words = useWords();
  const [revoking, setRevoking] = useState<Delegation | null>(null);
  const latestFirst = delegations.toSorted((a, b) => b.fromDay.localeCompare(a.fromDay));
  const title = words(`directory.delegations.${side}`);
  return (
    <section aria-label={title}>
      <h3>{title}</h3>
      {latestFirst.length === 0 ? (
        <p className="dim">{words(`directory.delegations.${side}.none`)}</p>
      ) : (
        <ul className="directory-lines">
          {latestFirst.map((delegation) => (
            <DelegationLine
              key={delegation.id}
              delegation={delegation}
              side={side}
              onRevoke={() => {
                setRevoking(delegation);
              }}
            />
          ))}
        </ul>
      )}
      {revoking !== null && (
        <RevokeDialog
          delegation={revoking}
          onClose={() => {
            setRevoking(null);
          }}
        />
      )}
    </section>
  );
}

type DelegationLineProps = Readonly<{
  delegation: Delegation;
  side: 'given' | 'received';
  onRevoke: () => void;
}>;

function DelegationLine({ delegation, side, onRevoke }: DelegationLineProps) {
  const words = useWords();
  const { nameOf } = useDirectory();
  const { session } = useSession();
  const standing = standingOf(delegation, useMoment().today);
  const { person } = session;
  const isTheirs = delegation.from === person.id || person.roles.includes('administrator');
  const mayRevoke =
    delegation.revokedAt === null && isTheirs && whyNotCall('directory.revokeDelegation', person) === null;
  const other = nameOf(side === 'given' ? delegation.to : delegation.from);
  return (
    <li>
      <div className="directory-line-head">
        <strong>
          {words(`directory.delegation.${side}`, {
            authority: words(`authority.${delegation.authority}`),
            name: other,
          })}
        </strong>
        <StateMark
          label={words(`directory.standing.${standing}`)}
          tone={standing === 'inForce' ? 'action' : 'plain'}
          waiting={standing === 'inForce'}
        />
        {mayRevoke && (
          <Button size="compact-xs" variant="default" onClick={onRevoke}>
            {words('directory.revoke')}
          </Button>
        )}
      </div>
      <span className="dim">{sayKinds(delegation.kinds, words('directory.kinds.all'), words)}</span>
      <span className="dim figures">
        {sayDays(delegation.fromDay, delegation.toDay, words)} ·{' '}
        {words('directory.delegation.source', { source: delegation.source })}
      </span>
    </li>
  );
}
