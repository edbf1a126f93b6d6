import {
  AppError,
  dayOf,
  instantAt,
  type Instant,
  type MeetingBodyId,
  type MeetingId,
  type PersonId,
} from '#shared/kernel/public.ts';
import {
  agendaItemAggregate,
  meetingAggregate,
  meetingBodyAggregate,
  nextDays,
  skeletonOf,
  type Busy,
  type Meeting,
  type Series,
  type Suggestion,
} from '#shared/meetings/public.ts';
import { foldVietnamese } from '#shared/search/public.ts';
import type { Signed } from '../../host/context.ts';
import { prepared } from '../../store/prepared.ts';
import { readState } from '../../store/read-state.ts';

type Asking = Pick<Signed, 'open' | 'person'>;
const datesShown = 3;
const minuteMs = 60_000;

/** What a body's next meeting begins with. */
export function suggestion({ open, person }: Asking, bodyId: MeetingBodyId): Suggestion {
  const { desk } = open;
  const { db } = desk;
  const body = readState(db, meetingBodyAggregate, bodyId);
  if (body === null) throw new AppError('meetings.unknown-body');
  const last = lastOf({ open, person }, bodyId);
  const items = (last?.order ?? []).flatMap((id) => {
    const item = readState(db, agendaItemAggregate, id);
    return item?.readers.includes(person.id) === true ? [item] : [];
  });
  const days = body.series == null ? [] : nextDays(body.series, dayOf(desk.now()), datesShown);
  return {
    from: last?.id ?? null,
    title: last?.title ?? '',
    ...whereAndHowLong(body.series ?? null, last),
    chair: last?.chair ?? null,
    secretary: last?.secretary ?? null,
    startsAt: days.map((day) => instantAt(day, body.series?.hour ?? '08:00')),
    items: [...skeletonOf(items)],
  };
}

const usualMinutes = 120;

function whereAndHowLong(series: Series | null, last: Meeting | null) {
  if (series !== null) return { place: series.place, minutes: series.minutes };
  return { place: last?.place ?? '', minutes: last === null ? usualMinutes : lengthOf(last) };
}

/** The body's newest meeting that this person sits in and that was not called off. */
function lastOf({ open, person }: Asking, bodyId: MeetingBodyId): Meeting | null {
  const { db } = open.desk;
  const row = prepared(
    db,
    `SELECT m.id FROM meeting m JOIN meeting_person p ON p.meeting = m.n
      WHERE p.person = ? AND m.body = ? AND m.state <> 'cancelled' ORDER BY m.starts_at DESC, m.id LIMIT 1`,
  ).get(person.id, bodyId) as { id: string } | undefined;
  return row === undefined ? null : readState(db, meetingAggregate, row.id);
}

function lengthOf({ startsAt, endsAt }: Meeting): number {
  return Math.max(5, Math.round((Date.parse(endsAt) - Date.parse(startsAt)) / minuteMs));
}

type Planned = Readonly<{
  meetingId: MeetingId | null;
  place: string;
  startsAt: Instant;
  endsAt: Instant;
  people: readonly PersonId[];
}>;

/** No meeting is longer, so that what began earlier is over. */
const longestMs = 7 * 24 * 60 * minuteMs;

/** What else is in that room at that time, and who of these people is elsewhere. */
export function conflicts({ open, person }: Asking, planned: Planned) {
  const { db } = open.desk;
  const earliest = new Date(Date.parse(planned.startsAt) - longestMs).toISOString();
  const others = prepared(
    db,
    `SELECT id FROM meeting
      WHERE starts_at >= ? AND starts_at < ? AND kind = 'session' AND state IN ('draft', 'invited', 'in-session')
      ORDER BY starts_at, id`,
  )
    .all(earliest, planned.endsAt)
    .flatMap((row) => readState(db, meetingAggregate, (row as { id: string }).id) ?? [])
    .filter(({ id, endsAt }) => id !== planned.meetingId && endsAt > planned.startsAt);
  const place = foldVietnamese(planned.place.trim());
  const busy = ({ id, title, startsAt, endsAt, people }: Meeting): Busy => ({
    meeting: people.includes(person.id) ? { id, title } : null,
    startsAt,
    endsAt,
  });
  return {
    place: others.filter((one) => place !== '' && foldVietnamese(one.place.trim()) === place).map(busy),
    people: planned.people.flatMap((one) =>
      others.filter((other) => isThere(other, one)).map((other) => ({ person: one, busy: busy(other) })),
    ),
  };
}

/** Whoever was asked and did not say no. */
function isThere({ chair, secretary, invitees }: Meeting, person: PersonId): boolean {
  if (person === chair || person === secretary) return true;
  const invitee = invitees.find((one) => one.person === person);
  return invitee !== undefined && (invitee.answer === null || invitee.answer.is === 'accepts');
}
