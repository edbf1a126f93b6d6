import { personAggregate, readingScope, type ReadingScope } from '#shared/directory/public.ts';
import { dayOf, instantFrom } from '#shared/kernel/public.ts';
import { usualColumns, type Condition, type SoughtField, type SoughtQuery } from '#shared/search/public.ts';
import type { ReadDb } from '#shared/node/sqlite/public.ts';
import { countSought, seek } from '#electron/features/search/seek.ts';
import { findDocuments } from '#electron/features/search/find.ts';
import { inboxCounts, waitingFor } from '#electron/features/workflow/inbox.ts';
import { registerRows } from '#electron/features/documents/registers.ts';
import { listDocuments } from '#electron/features/documents/rows.ts';
import { readState } from '#electron/store/read-state.ts';
import { commandOf, newId, type LargeOffice } from './large-office.ts';
import { timed, type Timing } from './measure.ts';
import { rawWriter } from './raw-rows.ts';

export type Figure = Readonly<{ name: string; timing: Timing; budgetMs: number | null }>;

const firstPage = { offset: 0, limit: 50, states: null, year: null, text: '' };
const queries = ['duong', 'qd 15', 'thông tư', 'ngân sách nhà nước', 'a'];

/** A local act against its physical limit, in turns so that both meet the same machine. */
export async function benchActs(office: LargeOffice, calls: number): Promise<readonly Figure[]> {
  const { desk, people } = office;
  const summary = {
    kind: 'CV',
    template: 'cong-van',
    subject: 'thử',
    symbol: 'S',
    urgency: 'normal',
    dueOn: null,
  };
  const act = () =>
    desk.execute(
      commandOf(people.officer, 'drafting.start', { documentId: newId(), summary, repliesTo: null }),
    );
  const acts = await timed(calls, act);
  const raw = await timed(calls, rawWriter(desk));
  return [
    { name: 'local act (decide, fold, chain, read models, commit)', timing: acts, budgetMs: 5 },
    { name: 'raw commit of the same rows (physical limit)', timing: raw, budgetMs: null },
  ];
}

/** First pages and searches, asked as the screens ask. */
export async function benchReads({ desk, people }: LargeOffice, calls: number): Promise<readonly Figure[]> {
  const { db } = desk;
  const leader = readState(db, personAggregate, people.leader);
  const officer = readState(db, personAggregate, people.officer);
  if (leader === null || officer === null) throw new Error('The bench office has lost its people');
  const today = dayOf(instantFrom(Date.now()));
  const all = readingScope(leader);
  const own = readingScope(officer);
  const register = { book: 'arrivals', year: Number(today.slice(0, 4)), from: null, to: null, extra: [] };
  const asked: readonly (readonly [string, () => unknown])[] = [
    ['inbox, first page', () => waitingFor(db, leader, { offset: 0, limit: 50, today })],
    ['inbox, counts', () => inboxCounts(db, leader, { today })],
    ['incoming, first page', () => listDocuments(db, all, 'incoming', firstPage)],
    ['incoming, last page', () => listDocuments(db, all, 'incoming', { ...firstPage, offset: 100_000 })],
    ['outgoing, first page, own papers', () => listDocuments(db, own, 'outgoing', firstPage)],
    ['register, first page', () => registerRows(db, { ...register, today, offset: 0, limit: 50 })],
    ...queries.map(
      (words) =>
        [`search "${words}"`, () => findDocuments(db, all, { words, offset: 0, limit: 30 })] as const,
    ),
    [
      'search "thong tu", own papers',
      () => findDocuments(db, own, { words: 'thong tu', offset: 0, limit: 30 }),
    ],
  ];
  const figures: Figure[] = [];
  for (const [name, ask] of asked) figures.push({ name, timing: await timed(calls, ask), budgetMs: 20 });
  return [...figures, ...(await benchSeek(db, { all, own }, calls))];
}

type Scopes = Readonly<{ all: ReadingScope; own: ReadingScope }>;

/** An archivist's questions: quick where an index answers, and a first page in time where every row is looked at. */
async function benchSeek(db: ReadDb, { all, own }: Scopes, calls: number): Promise<readonly Figure[]> {
  const query = (groups: Condition[][], by: SoughtField | null = null): SoughtQuery => ({
    groups,
    columns: [...usualColumns],
    sort: by === null ? null : { by, descending: true },
  });
  const page = { offset: 0, limit: 50 };
  const number: Condition = { field: 'codeNumber', operator: 'is', value: '15' };
  const words: Condition = { field: 'subject', operator: 'has', value: 'ngân sách nhà nước' };
  const text: Condition = { field: 'content', operator: 'has', value: 'thông tư' };
  const not: Condition = { field: 'organName', operator: 'notIn', value: 'sở nội vụ; sở tài chính' };
  const indexed = query([[number, not]]);
  const whole = query([[words, not], [text]], 'subject');
  const asked = [
    ['seek, by number', 20, () => seek(db, all, { query: indexed, ...page })],
    ['seek, newest first', 20, () => seek(db, all, { query: query([]), ...page })],
    ['seek, words or text, in the order of subjects', 100, () => seek(db, all, { query: whole, ...page })],
    ['seek, words, own papers', 100, () => seek(db, own, { query: query([[words]]), ...page })],
    ['seek, count of words or text', 100, () => countSought(db, all, whole)],
  ] as const;
  const figures: Figure[] = [];
  for (const [name, budgetMs, ask] of asked) {
    figures.push({ name, timing: await timed(calls, ask), budgetMs });
  }
  return figures;
}
