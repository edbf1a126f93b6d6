import { personAggregate } from '#shared/directory/public.ts';
import { AppError, type MeetingId } from '#shared/kernel/public.ts';
import {
  agendaItemAggregate,
  isPresiding,
  meetingAggregate,
  minutesOf,
  voteAggregate,
  type Happened,
  type MinutesLine,
} from '#shared/meetings/public.ts';
import type { Signed } from '../../host/context.ts';
import { wordsOf } from '../../platform/words.ts';
import { readState } from '../../store/read-state.ts';

type Asking = Pick<Signed, 'open' | 'person'>;

/** What the secretary begins the minutes with, in the language of the office's papers. */
export function minutesDraft(asking: Asking, id: MeetingId): string[][] {
  return minutesOf(happened(asking, id)).map((section) =>
    section.map(({ says, ...line }) => written({ key: `minutes.${says}`, ...line })),
  );
}

/** All of a meeting, for those who read every item of it. */
export function happened({ open, person }: Asking, id: MeetingId): Happened {
  const { db } = open.desk;
  const meeting = readState(db, meetingAggregate, id);
  if (meeting?.people.includes(person.id) !== true) throw new AppError('meetings.unknown');
  // The minutes tell of every item, and only these read them all.
  if (!isPresiding(meeting, person.id)) throw new AppError('meetings.only-presiding');
  const items = meeting.order.flatMap((item) => readState(db, agendaItemAggregate, item) ?? []);
  const votes = items.flatMap((item) =>
    item.votes.flatMap((vote) => readState(db, voteAggregate, vote) ?? []),
  );
  return { meeting, items, votes, nameOf: (one) => readState(db, personAggregate, one)?.name ?? '' };
}

export function written({
  key,
  with: values,
  words,
}: Pick<MinutesLine, 'with' | 'words'> & Readonly<{ key: string }>): string {
  const say = wordsOf('vi');
  const named = Object.fromEntries(Object.entries(words).map(([name, word]) => [name, say(word)]));
  return say(key, { ...values, ...named }).trim();
}
