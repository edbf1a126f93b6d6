import {
  agendaItemAggregate,
  liveQuorum,
  meetingAggregate,
  resultOfVote,
  voteAggregate,
  type Meeting,
  type MeetingPage,
  type MeetingRow,
  type MeetingWhen,
  MeetingRowSchema,
  type Vote,
} from '#shared/meetings/public.ts';
import {
  AppError,
  instantAt,
  type AgendaItemId,
  type Hash,
  type MeetingId,
  type PaperId,
  type TaskId,
  type VoteId,
} from '#shared/kernel/public.ts';
import { foldVietnamese } from '#shared/search/public.ts';
import { isOpenTask, taskAggregate } from '#shared/workflow/public.ts';
import type { Signed } from '../../host/context.ts';
import { wantPaperAgain } from '../../store/past-meetings.ts';
import { prepared } from '../../store/prepared.ts';
import { readState } from '../../store/read-state.ts';
import { followsTask } from './follows-task.ts';
import { waitingIn } from './waiting.ts';

type Asked = Readonly<{ text: string; when: MeetingWhen; offset: number; limit: number }>;

const wheres = {
  coming: { where: 'm.starts_at >= ?', order: 'm.starts_at, m.id' },
  past: { where: 'm.starts_at < ?', order: 'm.starts_at DESC, m.id' },
} as const;

/** The meetings this person is asked to or prepares: from today on, before, or those that wait for them. */
export function listMeetings(
  signed: Pick<Signed, 'open' | 'person' | 'today'>,
  { text, when, offset, limit }: Asked,
): Readonly<{ rows: MeetingRow[]; total: number }> {
  const { open, person, today } = signed;
  const words = foldVietnamese(text).split(/\s+/u).filter(Boolean);
  const folded = words.map(() => ' AND instr(m.folded, ?) > 0').join('');
  const from = `FROM meeting_person p JOIN meeting m ON m.n = p.meeting WHERE p.person = ?${folded}`;
  const columns = 'm.id, m.body, m.kind, m.title, m.place, m.state, m.starts_at AS startsAt';
  const rowOf = (row: unknown): MeetingRow =>
    MeetingRowSchema.parse({ ...(row as object), waits: waitingIn(signed, (row as { id: string }).id) });
  if (when === 'waiting') {
    const live = `${from} AND m.state IN ('invited', 'in-session', 'ended') ORDER BY m.starts_at, m.id`;
    const rows = prepared(open.desk.db, `SELECT ${columns} ${live}`)
      .all(person.id, ...words)
      .map(rowOf)
      .filter(({ waits }) => waits !== null);
    return { rows: rows.slice(offset, offset + limit), total: rows.length };
  }
  const { where, order } = wheres[when];
  const values = [person.id, ...words, instantAt(today, '00:00')];
  const asked = `${from} AND ${where}`;
  const rows = prepared(open.desk.db, `SELECT ${columns} ${asked} ORDER BY ${order} LIMIT ? OFFSET ?`).all(
    ...values,
    limit,
    offset,
  );
  const { total } = prepared(open.desk.db, `SELECT count(*) AS total ${asked}`).get(...values) as {
    total: number;
  };
  return { rows: rows.map(rowOf), total };
}

/** A meeting, and of its items those that this person may read, each at its place. */
export function meetingPage({ open, person }: Pick<Signed, 'open' | 'person'>, id: MeetingId): MeetingPage {
  const meeting = readState(open.desk.db, meetingAggregate, id);
  if (meeting?.people.includes(person.id) !== true) throw new AppError('meetings.unknown');
  const items = meeting.order.map((item, place) => {
    const found = readState(open.desk.db, agendaItemAggregate, item);
    return { n: place + 1, item: found?.readers.includes(person.id) === true ? found : null };
  });
  const former = formerTasks({ open, person }, meeting);
  return { meeting, items, quorum: liveQuorum(meeting), former };
}

/** One version of a paper, for whoever reads its item. */
export function paperFile(
  { open, person }: Pick<Signed, 'open' | 'person'>,
  asked: Readonly<{ itemId: AgendaItemId; paper: PaperId; n: number }>,
) {
  const item = readState(open.desk.db, agendaItemAggregate, asked.itemId);
  if (item?.readers.includes(person.id) !== true) throw new AppError('meetings.unknown-item');
  const paper = item.papers.find(({ id }) => id === asked.paper);
  const version = paper?.versions.find(({ n }) => n === asked.n);
  if (version === undefined) throw new AppError('documents.unknown-file');
  return version.file;
}

/** A paper of a meeting that was over long ago may have been let go of here: then it comes again. */
export function paperMustBeHere(
  { open: { shared, desk, blobs } }: Pick<Signed, 'open'>,
  file: Readonly<{ hash: Hash; size: number }>,
  itemId: AgendaItemId,
): void {
  if (shared === null || blobs.has(file.hash)) return;
  wantPaperAgain(desk.db, file, itemId);
  shared.mustBeHere(file.hash);
}

/** One thing a meeting gave, for whoever sat there, gave it or does it. */
export function taskPage(signed: Pick<Signed, 'open' | 'person'>, id: TaskId) {
  const { open, person } = signed;
  const { db } = open.desk;
  const task = readState(db, taskAggregate, id);
  if (task?.meeting === undefined || !followsTask(signed, task)) throw new AppError('workflow.unknown-task');
  const meeting = readState(db, meetingAggregate, task.meeting.id);
  return { task, opens: meeting?.people.includes(person.id) === true };
}

/** What the body concluded before, on items this person may read, and is not done yet. */
function formerTasks(
  { open, person }: Pick<Signed, 'open' | 'person'>,
  { body, startsAt, id }: Meeting,
): MeetingPage['former'] {
  const { db } = open.desk;
  const before = prepared(
    db,
    `SELECT m.id FROM meeting m JOIN meeting_person p ON p.meeting = m.n AND p.person = ?
      WHERE m.body = ? AND m.id <> ? AND m.starts_at <= ? ORDER BY m.starts_at DESC, m.id`,
  ).all(person.id, body, id, startsAt) as { id: string }[];
  return before.flatMap((row) => {
    const meeting = readState(db, meetingAggregate, row.id);
    return (meeting?.order ?? []).flatMap((item) => {
      const found = readState(db, agendaItemAggregate, item);
      if (meeting === null || found?.readers.includes(person.id) !== true) return [];
      return found.conclusions.flatMap(({ task: given }) => {
        const task = given === null ? null : readState(db, taskAggregate, given);
        return task !== null && isOpenTask(task) ? [{ task, startsAt: meeting.startsAt }] : [];
      });
    });
  });
}

/** A vote, and what it would come to now; of a secret one nothing before its box is open. */
export function votePage({ open, person }: Pick<Signed, 'open' | 'person'>, id: VoteId) {
  const vote = readableVote({ open, person }, id);
  const isHidden = vote.form === 'secret' && vote.result === null;
  return { vote, result: vote.result ?? (isHidden ? null : resultOfVote(vote)) };
}

/** A vote on an item that this person may read. */
export function readableVote({ open, person }: Pick<Signed, 'open' | 'person'>, id: VoteId): Vote {
  const vote = readState(open.desk.db, voteAggregate, id);
  const item = vote === null ? null : readState(open.desk.db, agendaItemAggregate, vote.item);
  if (vote === null || item?.readers.includes(person.id) !== true) {
    throw new AppError('meetings.unknown-vote');
  }
  return vote;
}
