import { dayOf, type Day, type Instant, type VoteId } from '#shared/kernel/public.ts';
import { agendaItemAggregate, isReminded, voteAggregate, type Vote } from '#shared/meetings/public.ts';
import type { Signed } from '../../host/context.ts';
import { prepared } from '../../store/prepared.ts';
import { readState } from '../../store/read-state.ts';

type Reader = Pick<Signed, 'open' | 'person'>;

/** A ballot in writing that somebody owes and is reminded of, as their list of things to do takes it. */
export type Reminder = Readonly<{ vote: VoteId; since: Instant; dueOn: Day }>;

/** What this person is reminded of; few meetings are under way at a time, so their votes are read as they stand. */
export function remindersFor({ open, person }: Reader): readonly Reminder[] {
  const { db, calendar, now } = open.desk;
  const asked = { person: person.id, now: now(), calendar };
  return prepared(
    db,
    `SELECT i.id FROM meeting_person p JOIN meeting m ON m.n = p.meeting JOIN meeting_item i ON i.meeting = m.id
      WHERE p.person = ? AND m.state IN ('invited', 'in-session')`,
  )
    .all(person.id)
    .flatMap((row) => readState(db, agendaItemAggregate, (row as { id: string }).id) ?? [])
    .filter(({ readers }) => readers.includes(person.id))
    .flatMap(({ votes }) => votes.flatMap((id) => readState(db, voteAggregate, id) ?? []))
    .filter((vote) => isReminded(vote, asked))
    .flatMap(reminderOf);
}

function reminderOf({ id, until, openedAt, remindedAt }: Vote): Reminder[] {
  return until === null ? [] : [{ vote: id, since: remindedAt ?? openedAt, dueOn: dayOf(until) }];
}
