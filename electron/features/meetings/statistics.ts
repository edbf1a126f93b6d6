import type { Export, TableForm } from '#shared/documents/public.ts';
import { dayOf, writtenDay, type Day } from '#shared/kernel/public.ts';
import {
  addCounts,
  agendaItemAggregate,
  countNames,
  countsOf,
  meetingAggregate,
  meetingBodyAggregate,
  type MeetingCounts,
  type MeetingStatistics,
} from '#shared/meetings/public.ts';
import type { Signed } from '../../host/context.ts';
import { wordsOf } from '../../platform/words.ts';
import { prepared } from '../../store/prepared.ts';
import { readState } from '../../store/read-state.ts';
import { keepTable } from '../documents/public.ts';

type Asking = Pick<Signed, 'open' | 'person'>;
type Period = Readonly<{ from: Day; to: Day }>;

/** What the meetings this person sat in come to, by body; of items only those they read. */
export function statistics({ open, person }: Asking, { from, to }: Period): MeetingStatistics {
  const { db } = open.desk;
  const counted = prepared(
    db,
    `SELECT m.id FROM meeting m JOIN meeting_person p ON p.meeting = m.n
      WHERE p.person = ? AND m.state IN ('ended', 'signed') ORDER BY m.starts_at, m.id`,
  )
    .all(person.id)
    .flatMap((row) => readState(db, meetingAggregate, (row as { id: string }).id) ?? [])
    .filter(({ startsAt }) => from <= dayOf(startsAt) && dayOf(startsAt) <= to)
    .map((meeting) => {
      const items = meeting.order.flatMap((id) => readState(db, agendaItemAggregate, id) ?? []);
      const read = items.filter(({ readers }) => readers.includes(person.id));
      return { body: meeting.body, counts: countsOf(meeting, read) };
    });
  const bodies = [...new Set(counted.map(({ body }) => body))].map((body) => ({
    body,
    name: readState(db, meetingBodyAggregate, body)?.name ?? '',
    ...addCounts(counted.filter((one) => one.body === body).map(({ counts }) => counts)),
  }));
  return {
    all: addCounts(counted.map(({ counts }) => counts)),
    bodies: bodies.toSorted((a, b) => a.name.localeCompare(b.name, 'vi')),
  };
}

/** The same as a table, on paper or for another program. */
export async function exportStatistics(
  signed: Signed,
  { form, ...period }: Period & Readonly<{ form: TableForm }>,
): Promise<Export> {
  const line = (key: string, params = {}) => wordsOf('vi')(`meetings.statistics.${key}`, params);
  const { all, bodies } = statistics(signed, period);
  const cells = (counts: MeetingCounts) => countNames.map((column) => String(counts[column]));
  const title = line('title');
  const table = {
    name: title,
    title,
    cover: null,
    about: [line('period', { from: writtenDay(period.from), to: writtenDay(period.to) })],
    columns: [line('body'), ...countNames.map((column) => line(column))],
    shares: [4, ...countNames.map(() => 2)],
    rows: [...bodies.map((body) => [body.name, ...cells(body)]), [line('all'), ...cells(all)]],
    after: [],
  };
  return await keepTable(signed, table, form);
}
