import type { MeetingRow } from '#shared/meetings/public.ts';
import { ListRow } from '../../ui/list-row.tsx';
import { StateMark } from '../../ui/marks.tsx';
import { useWords } from '../../ui/use-words.ts';

/** A meeting in the list: where and when, what, and what it waits for from this person. */
export function MeetingListRow({ row }: Readonly<{ row: MeetingRow }>) {
  const words = useWords();
  const { kind, place, title, startsAt, state, waits } = row;
  return (
    <ListRow
      lead={kind === 'round' || place === '' ? words(`meetings.kind.${kind}`) : place}
      title={title}
      at={startsAt}
      unread={waits !== null}
      state={
        waits === null ? (
          <StateMark
            label={words(`state.meeting.${state}`)}
            tone={state === 'in-session' ? 'action' : 'plain'}
          />
        ) : (
          <StateMark label={words(`meetings.waits.${waits}`)} tone="action" waiting />
        )
      }
    />
  );
}
