import { statSync } from 'node:fs';
import { setImmediate, setTimeout as pause } from 'node:timers/promises';
import { personAggregate } from '#shared/directory/public.ts';
import { AppError, writtenMoment, type Instant, type MeetingId } from '#shared/kernel/public.ts';
import type { AgendaItem, PackStep, Paper } from '#shared/meetings/public.ts';
import { makeWhole, openZip } from '#shared/node/packages/public.ts';
import { extractPages, openBinder, type PageMark } from '#shared/node/pdf-pages/public.ts';
import { cornerMark } from '#shared/node/typesetting/public.ts';
import type { Signed } from '../../host/context.ts';
import { wordsOf } from '../../platform/words.ts';
import { readState } from '../../store/read-state.ts';
import { officeTable } from '../documents/public.ts';
import { meetingPage, paperMustBeHere } from './pages.ts';

type Asked = Readonly<{ meetingId: MeetingId; form: 'pdf' | 'zip' }>;

const tellEveryMs = 500;

/** One version of a paper as it goes into the pack: under which item, and what it says of itself. */
type Sheet = Readonly<{
  n: number;
  item: AgendaItem;
  title: string;
  file: Paper['versions'][number]['file'];
}>;
type Placed = Sheet & Readonly<{ pages: number | null; from: number }>;

/** The papers of a meeting that this person reads, bound into one file or laid into a folder, with their name on every page. */
export async function* packOf(signed: Signed, { meetingId, form }: Asked): AsyncGenerator<PackStep, void> {
  const page = meetingPage(signed, meetingId);
  const sheets = sheetsOf(page.items);
  for (const { file, item } of sheets) paperMustBeHere(signed, file, item.id);
  const at = signed.open.desk.now();
  const parts = { signed, page, sheets, mark: cornerMark(markOf(signed, at)), at };
  yield* form === 'pdf' ? bound(parts) : laidOut(parts);
}

type Parts = Readonly<{
  signed: Signed;
  page: ReturnType<typeof meetingPage>;
  sheets: readonly Sheet[];
  mark: PageMark;
  at: Instant;
}>;

async function* bound({ signed, page, sheets, mark, at }: Parts): AsyncGenerator<PackStep, void> {
  const binder = await openBinder(at);
  const placed: Placed[] = [];
  let from = 1;
  for (const [done, sheet] of sheets.entries()) {
    yield { is: 'going', papers: done, of: sheets.length };
    const bytes = await bytesOf(signed, sheet);
    const pages = await binder.add(chapterOf(sheet), sheet.title, bytes);
    placed.push({ ...sheet, pages, from });
    from += pages ?? 0;
    await setImmediate(); // Other work gets its turn between two papers.
  }
  const cover = await coverOf(signed, page, { placed, isFolder: false });
  const whole = await binder.bind(cover, mark);
  yield { is: 'made', made: signed.exports.keep(`${nameOf(page.meeting.title)}.pdf`, whole) };
}

async function* laidOut({ signed, page, sheets, mark, at }: Parts): AsyncGenerator<PackStep, void> {
  const to = signed.exports.placeIn(signed.open.folder);
  const placed: Placed[] = [];
  const making = makeWhole(to, async (output) => {
    const zip = openZip(output, at);
    for (const sheet of sheets) {
      const from = placed.length + 1;
      const bytes = await markedCopy(await bytesOf(signed, sheet), { sheet, mark, at });
      placed.push({ ...sheet, pages: bytes === null ? null : sheet.file.pages, from });
      if (bytes === null) continue;
      const path = `${nameOf(chapterOf(sheet))}/${String(from).padStart(3, '0')} ${nameOf(sheet.title)}.pdf`;
      await zip.add(path, bytes.length, [bytes]);
    }
    const cover = await coverOf(signed, page, { placed, isFolder: true });
    await zip.add(`${nameOf(wordsOf('vi')('meetings.pack.cover'))}.pdf`, cover.length, [cover]);
    await zip.end();
  });
  let isOver = false;
  const over = making.finally(() => {
    isOver = true;
  });
  while (!isOver) {
    yield { is: 'going', papers: placed.length, of: sheets.length };
    await Promise.race([over, pause(tellEveryMs)]);
  }
  await over;
  const { size } = statSync(to);
  yield { is: 'made', made: signed.exports.keepFile(`${nameOf(page.meeting.title)}.zip`, to, size) };
}

function sheetsOf(items: Parts['page']['items']): Sheet[] {
  return items.flatMap(({ n, item }) =>
    (item?.papers ?? []).flatMap(({ name, versions }): Sheet[] => {
      const last = versions.at(-1);
      if (item === null || last === undefined) return [];
      const replaced = { name, n: last.n - 1, reason: last.reason };
      const title = last.n === 1 ? name : wordsOf('vi')('meetings.pack.replaced', replaced);
      return [{ n, item, title, file: last.file }];
    }),
  );
}

function chapterOf({ n, item }: Sheet): string {
  return `${n}. ${item.title}`;
}

/** Whose copy it is and when it was made, as it stands on every page. */
function markOf({ person }: Signed, at: Instant): string {
  return `${person.name} · ${writtenMoment(at)}`;
}

async function bytesOf({ open }: Signed, { file }: Sheet): Promise<Uint8Array> {
  return await open.blobs.read(file.hash, 0, file.size);
}

type Marking = Pick<Parts, 'mark' | 'at'> & Readonly<{ sheet: Sheet }>;

/** Null for a file whose pages cannot be marked: it is read in the program alone. */
async function markedCopy(pdf: Uint8Array, { sheet, mark, at }: Marking): Promise<Uint8Array | null> {
  const { hash: source } = sheet.file;
  try {
    return await extractPages({ pdf, pages: 'all', source, at, marks: [mark] });
  } catch (error) {
    if (error instanceof AppError && error.code.startsWith('documents.')) return null;
    throw error;
  }
}

/** The agenda, and where each paper stands; its own pages come first. */
async function coverOf(
  signed: Signed,
  page: Parts['page'],
  { placed, isFolder }: Readonly<{ placed: readonly Placed[]; isFolder: boolean }>,
): Promise<Uint8Array> {
  const line = (key: string, params = {}) => wordsOf('vi')(`meetings.pack.${key}`, params);
  const { db } = signed.open.desk;
  const { title, place, startsAt } = page.meeting;
  const nameOfPerson = (id: string | null) =>
    id === null ? '' : (readState(db, personAggregate, id)?.name ?? '');
  const placeSaid = (pages: number | null, from: number) => {
    if (pages === null) return line('apart');
    if (isFolder) return String(from).padStart(3, '0');
    return pages === 1 ? String(from) : line('pages', { from, to: from + pages - 1 });
  };
  const rows = page.items.flatMap(({ n, item }) => {
    if (item === null) return [[String(n), line('closed'), '', '', '']];
    const own = placed.filter((one) => one.item.id === item.id);
    const head = [
      String(n),
      item.title,
      nameOfPerson(item.rapporteur),
      line('minutes', { count: item.minutes }),
      '',
    ];
    return [head, ...own.map(({ title: paper, pages, from }) => ['', paper, '', '', placeSaid(pages, from)])];
  });
  return await officeTable(
    signed,
    {
      title: line('title'),
      cover: null,
      about: [title, `${writtenMoment(startsAt)}${place === '' ? '' : ` · ${place}`}`],
      columns: ['n', 'item', 'rapporteur', 'time', 'where'].map((column) => line(`column.${column}`)),
      shares: [1, 8, 4, 2, 3],
      rows,
      after: [],
    },
    'pdf',
  );
}

function nameOf(words: string): string {
  return words
    .replaceAll(/[\\/:*?"<>|\p{Cc}]/gu, ' ')
    .replaceAll(/\s+/gu, ' ')
    .trim()
    .slice(0, 100)
    .trim();
}
