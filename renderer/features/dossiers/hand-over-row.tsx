import type { HandOverRow } from '#shared/dossiers/public.ts';
import { ListRow } from '../../ui/list-row.tsx';
import { StateMark } from '../../ui/marks.tsx';
import { useWords } from '../../ui/use-words.ts';
import { useDirectory } from '../directory/public.ts';

/** A hand-over in a list: who, when, how many files, and where it stands. */
export function HandOverListRow({ row }: Readonly<{ row: HandOverRow }>) {
  const words = useWords();
  const { nameOf } = useDirectory();
  const waits = row.state === 'offered' || row.toSign;
  const label = row.toSign ? 'handOvers.toSign' : `state.handOver.${row.state}`;
  return (
    <ListRow
      lead={nameOf(row.from)}
      title={words('handOvers.files', { count: row.files })}
      at={row.at}
      unread={waits}
      state={<StateMark label={words(label)} tone={waits ? 'action' : 'plain'} waiting={waits} />}
    />
  );
}
