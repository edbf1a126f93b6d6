import {
  agendaItemAggregate,
  meetingAggregate,
  voteAggregate,
  waitsFor,
  type MeetingWait,
} from '#shared/meetings/public.ts';
import type { Signed } from '../../host/context.ts';
import { readState } from '../../store/read-state.ts';

type Reader = Pick<Signed, 'open' | 'person'>;

/** What a meeting waits for from this person, of what they may read in it. */
export function waitingIn({ open, person }: Reader, id: string): MeetingWait | null {
  const { db } = open.desk;
  const meeting = readState(db, meetingAggregate, id);
  if (meeting === null) return null;
  const items = meeting.order
    .flatMap((item) => readState(db, agendaItemAggregate, item) ?? [])
    .filter(({ readers }) => readers.includes(person.id));
  const votes = items.flatMap((item) =>
    item.votes.flatMap((vote) => readState(db, voteAggregate, vote) ?? []),
  );
  return waitsFor(meeting, { items, votes }, { person: person.id, now: open.desk.now() });
}
