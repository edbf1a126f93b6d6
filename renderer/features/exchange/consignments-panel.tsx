import type { Outgoing } from '#shared/documents/public.ts';
import type { ConsignmentRow } from '#shared/exchange/public.ts';
import { StateMark } from '../../ui/marks.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { Timeline } from '../../ui/timeline.tsx';
import { useWords } from '../../ui/use-words.ts';
import { ledgerEntries, toneOfState } from './ledger-entries.ts';
import { useConsignments } from './use-consignments.ts';
import './exchange.css';

/** With more recipients than this their stories stay folded, and the list stays a list. */
const toldAtOnce = 3;

/** Gửi nhận: where the paper is with each recipient, what came back, and what can be done now. */
export function ConsignmentsPanel({ document }: Readonly<{ document: Outgoing }>) {
  const words = useWords();
  const isSent = (document.consignments ?? []).length > 0;
  const { rows } = useConsignments(isSent ? document.id : null);
  if (rows.length === 0) return null;
  // What waits for somebody here comes first.
  const sorted = rows.toSorted((a, b) => Number(isWaiting(b)) - Number(isWaiting(a)));
  return (
    <section className="ledgers" aria-label={words('exchange.panel')}>
      <h3>
        {words('exchange.panel')}{' '}
        <span className="dim figures">{words('exchange.panel.count', { count: rows.length })}</span>
      </h3>
      <ul>
        {sorted.map((row) => (
          <Ledger key={row.consignment.id} row={row} isOpen={rows.length <= toldAtOnce} />
        ))}
      </ul>
    </section>
  );
}

function Ledger({ row, isOpen }: Readonly<{ row: ConsignmentRow; isOpen: boolean }>) {
  const words = useWords();
  const { consignment, next, late } = row;
  const { toName, state, kind, expiresAt } = consignment;
  const entries = ledgerEntries(consignment, words);
  const isOnWay = state === 'queued' || state === 'sent';
  return (
    <li>
      <p className="ledger-head">
        <strong>{toName}</strong>
        <StateMark
          label={words(`state.consignment.${state}`)}
          tone={toneOfState(consignment, late)}
          waiting={isWaiting(row)}
        />
      </p>
      {kind !== 'new' && <p className="dim">{words(`exchange.kind.${kind}`)}</p>}
      {next !== 'nothing' && (
        <p className="ledger-next" data-waits={isWaiting(row) || undefined}>
          {words(next === 'wait' ? `exchange.wait.${state}` : `exchange.next.${next}`)}
        </p>
      )}
      {isOnWay && expiresAt !== null && (
        <p className="dim">
          {words('exchange.expires')} <RelativeTime at={expiresAt} />
        </p>
      )}
      {entries.length > 0 && (
        <details open={isOpen}>
          <summary>{words('exchange.story')}</summary>
          <Timeline entries={entries} />
        </details>
      )}
    </li>
  );
}

/** Nothing goes on by itself here: a clerk has to do something. */
function isWaiting({ next, late }: ConsignmentRow): boolean {
  return late || !(next === 'wait' || next === 'nothing' || next === 'wait-for-recall');
}
