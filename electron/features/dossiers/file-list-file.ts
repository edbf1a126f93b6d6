import type { Person, Unit } from '#shared/directory/public.ts';
import {
  FileCodeSchema,
  ListEntrySchema,
  mostEntries,
  RetentionSchema,
  type FileList,
  type ListLine,
  type ListPreview,
  type Retention,
} from '#shared/dossiers/public.ts';
import { AppError, refuse, type PersonId, type Refusal } from '#shared/kernel/public.ts';
import { csvRows, csvText, type CsvRow } from '#shared/node/tables/public.ts';
import { foldVietnamese } from '#shared/search/public.ts';
import { wordsOf } from '../../platform/words.ts';
import type { OfficeTable } from '../documents/public.ts';
import { retentionText } from './contents-files.ts';

type Cells = ListLine['cells'];
type Column = keyof Cells;

/** NĐ 30 PL5, danh mục hồ sơ, its heading in a column of its own so that the file can come back. */
const columns = ['code', 'heading', 'title', 'retention', 'maker', 'note'] as const satisfies Column[];

/** Names of the columns as offices write them, folded. */
const columnNames: Readonly<Record<Column, readonly string[]>> = {
  code: [
    'so, ky hieu ho so',
    'so va ky hieu ho so',
    'so, ky hieu',
    'so ky hieu',
    'ky hieu',
    'file code',
    'code',
  ],
  heading: ['de muc', 'heading'],
  title: ['tieu de ho so', 'ten de muc va tieu de ho so', 'de muc va tieu de ho so', 'tieu de', 'title'],
  retention: ['thoi han bao quan', 'thoi han', 'retention'],
  maker: ['nguoi lap ho so', 'nguoi lap', 'don vi/ nguoi lap ho so', 'maker'],
  note: ['ghi chu', 'note'],
};

export type Staff = Readonly<{ people: readonly Person[]; units: readonly Unit[] }>;

/** A year's list as a table for any form of file. */
export function fileListTable(list: FileList, staff: Staff): OfficeTable & Readonly<{ name: string }> {
  const words = wordsOf('vi');
  const title = words('dossiers.fileList');
  const called = callingsOf(staff);
  return {
    name: `${title} ${list.year}`,
    title,
    cover: null,
    about: [words('register.cover.year', { year: list.year })],
    columns: columns.map((column) => words(`dossiers.list.column.${column}`)),
    shares: [1, 1.8, 4, 1.2, 1.8, 1.4],
    rows: list.entries.map(({ code, heading, title: of, retention, maker, note }) => [
      code,
      heading,
      of,
      retentionText(retention),
      maker === null ? '' : (called.get(maker) ?? ''),
      note,
    ]),
    after: [words('dossiers.print.list.total', { count: list.entries.length })],
  };
}

/** Reads a CSV of a danh mục: each line as it would be taken, or with everything that is wrong with it. */
export function readListFile(bytes: Uint8Array, staff: Staff): ListPreview {
  const { text, letters } = csvText(bytes);
  const [header, ...rows] = csvRows(text);
  if (header === undefined || rows.length === 0) throw new AppError('dossiers.csv-empty');
  const places = placesOf(header.cells);
  const makers = makersBy(staff);
  const firstAt = new Map<string, number>();
  let heading = '';
  const lines = rows.flatMap((row) => {
    const cells = cellsOf(row, places);
    // In the form of PL5 a heading is a line of its own: words where the title stands, and nothing else.
    if (places.heading < 0 && cells.code === '' && cells.retention === '') {
      heading = cells.title;
      return [];
    }
    const line = lineOf(row.line, places.heading < 0 ? { ...cells, heading } : cells, { makers, firstAt });
    return [line];
  });
  if (lines.length > mostEntries) throw new AppError('dossiers.csv-many', { count: mostEntries });
  return { lines, guessed: letters === 'windows-1258' };
}

function placesOf(header: readonly string[]): Readonly<Record<Column, number>> {
  const folded = header.map((name) => foldVietnamese(name).replaceAll(/\s+/gu, ' ').trim());
  const place = (column: Column): number => folded.findIndex((name) => columnNames[column].includes(name));
  const places = {
    code: place('code'),
    heading: place('heading'),
    title: place('title'),
    retention: place('retention'),
    maker: place('maker'),
    note: place('note'),
  };
  if (places.code < 0 || places.title < 0 || places.retention < 0) throw new AppError('dossiers.csv-columns');
  return places;
}

function cellsOf({ cells }: CsvRow, places: Readonly<Record<Column, number>>): Cells {
  const cell = (column: Column): string => (places[column] < 0 ? '' : (cells[places[column]] ?? ''));
  return {
    code: cell('code'),
    heading: cell('heading'),
    title: cell('title'),
    retention: cell('retention'),
    maker: cell('maker'),
    note: cell('note'),
  };
}

type Known = Readonly<{ makers: ReadonlyMap<string, readonly PersonId[]>; firstAt: Map<string, number> }>;

function lineOf(line: number, cells: Cells, { makers, firstAt }: Known): ListLine {
  const { code, title, heading, note } = cells;
  const retention = retentionOf(cells.retention);
  const found = cells.maker === '' ? [] : (makers.get(named(cells.maker)) ?? []);
  const before = firstAt.get(code);
  if (before === undefined) firstAt.set(code, line);
  const errors: (Refusal | null)[] = [
    FileCodeSchema.safeParse(code).success ? null : refuse('dossiers.csv-code', { code }),
    code !== '' && before !== undefined ? refuse('dossiers.csv-code-twice', { code, line: before }) : null,
    ListEntrySchema.shape.title.safeParse(title).success ? null : refuse('dossiers.csv-title'),
    retention === null ? refuse('dossiers.csv-retention', { retention: cells.retention }) : null,
    cells.maker !== '' && found.length === 0 ? refuse('dossiers.csv-maker', { name: cells.maker }) : null,
    found.length > 1 ? refuse('dossiers.csv-maker-many', { name: cells.maker }) : null,
    ListEntrySchema.pick({ heading: true, note: true }).safeParse({ heading, note }).success
      ? null
      : refuse('dossiers.csv-long'),
  ];
  const wrong = errors.filter((error) => error !== null);
  const entry = { code, heading, title, retention, maker: found[0] ?? null, note };
  return { line, cells, errors: wrong, entry: wrong.length === 0 ? ListEntrySchema.parse(entry) : null };
}

/** `Vĩnh viễn`, `20 năm`, `20`. */
function retentionOf(text: string): Retention | null {
  const folded = foldVietnamese(text).trim();
  if (['vinh vien', 'vv', 'permanent'].includes(folded)) return 'permanent';
  const years = /^(?<years>\d{1,2})\s*(?:nam|years?)?$/u.exec(folded)?.groups?.['years'];
  const read = RetentionSchema.safeParse(Number(years));
  return years !== undefined && read.success ? read.data : null;
}

/** A person by name, and by name and unit, since two may share a name. */
function makersBy(staff: Staff): ReadonlyMap<string, readonly PersonId[]> {
  const makers = new Map<string, PersonId[]>();
  for (const person of staff.people.filter(({ active }) => active)) {
    for (const name of new Set([person.name, withUnit(person, staff.units)])) {
      makers.set(named(name), [...(makers.get(named(name)) ?? []), person.id]);
    }
  }
  return makers;
}

/** What each is called where a list is read back: the name, and the unit where two share it. */
function callingsOf(staff: Staff): ReadonlyMap<string, string> {
  const makers = makersBy(staff);
  return new Map(
    staff.people.map((person) => {
      const isAlone = (makers.get(named(person.name)) ?? []).length < 2;
      return [String(person.id), isAlone ? person.name : withUnit(person, staff.units)];
    }),
  );
}

function withUnit({ name, unit }: Person, units: readonly Unit[]): string {
  return `${name} (${units.find(({ id }) => id === unit)?.name ?? ''})`;
}

/** Names as two people write them: composed, blanks single, capitals as they please; tones tell people apart. */
function named(name: string): string {
  return name.normalize('NFC').trim().replaceAll(/\s+/gu, ' ').toLocaleLowerCase('vi');
}
