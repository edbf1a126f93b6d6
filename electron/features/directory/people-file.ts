import { AppError } from '#shared/kernel/public.ts';
import {
  PersonDetailsSchema,
  RoleSchema,
  type ImportLine,
  type Person,
  type PersonDetails,
  type Unit,
} from '#shared/directory/public.ts';
import { csvRows } from '#shared/node/tables/public.ts';
import { foldVietnamese } from '#shared/search/public.ts';
import { wordsOf } from '../../platform/words.ts';

export type PeopleLine = ImportLine & Readonly<{ details: PersonDetails | null }>;

const columns = ['name', 'post', 'unit', 'roles', 'email'] as const;
type Column = (typeof columns)[number];

/** Names of the columns as offices write them, folded. */
const columnNames: Readonly<Record<Column, readonly string[]>> = {
  name: ['ho va ten', 'ho ten', 'full name', 'name'],
  post: ['chuc vu', 'chuc danh', 'post'],
  unit: ['don vi', 'phong', 'unit'],
  roles: ['vai tro', 'quyen', 'roles'],
  email: ['email', 'e-mail', 'thu dien tu'],
};

/**
 * Reads a CSV of people (UTF-8, separator `,` `;` or tab, first line the names of the columns): each line as it would
 * be taken, or with why not. Errors: `directory.csv-encoding`, `directory.csv-columns`, `directory.csv-empty`.
 */
export function readPeopleFile(
  bytes: Uint8Array,
  units: readonly Unit[],
  people: readonly Person[] = [],
): PeopleLine[] {
  const [header, ...rows] = csvRows(textOf(bytes));
  if (header === undefined || rows.length === 0) throw new AppError('directory.csv-empty');
  const places = placesOf(header.cells);
  const met = new Set(people.filter(({ active }) => active).flatMap(marksOfPerson));
  return rows.map(({ cells, line }) => {
    const read = readLine(cells, { places, units, line });
    if (read.details === null) return read;
    const marks = marksOfPerson(read.details);
    const isThere = marks.some((mark) => met.has(mark));
    for (const mark of marks) met.add(mark);
    // The same file taken twice would double the office.
    return isThere ? refusedAs(read, 'directory.csv-there') : read;
  });
}

/** What tells people apart: the name within a unit, and the e-mail address. */
function marksOfPerson({ name, unit, email }: Pick<PersonDetails, 'name' | 'unit' | 'email'>): string[] {
  const written = (text: string) => text.normalize('NFC').toLocaleLowerCase('vi').replace(/\s+/gu, ' ');
  return [`${unit} ${written(name)}`, ...(email === null ? [] : [email.toLowerCase()])];
}

function refusedAs(line: PeopleLine, code: string): PeopleLine {
  return { ...line, details: null, errors: [...line.errors, { code, params: { name: line.name } }] };
}

function textOf(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    // Half-read names would be wrong names: Windows-1258, TCVN3 and UTF-16 files have to be saved again as UTF-8.
    throw new AppError('directory.csv-encoding', {}, error);
  }
}

function placesOf(header: readonly string[]): Readonly<Record<Column, number>> {
  const folded = header.map((name) => foldVietnamese(name).trim());
  const place = (column: Column) => folded.findIndex((name) => columnNames[column].includes(name));
  const places = {
    name: place('name'),
    post: place('post'),
    unit: place('unit'),
    roles: place('roles'),
    email: place('email'),
  };
  if (places.name < 0 || places.post < 0 || places.unit < 0) throw new AppError('directory.csv-columns');
  return places;
}

type Reading = Readonly<{ places: Readonly<Record<Column, number>>; units: readonly Unit[]; line: number }>;

function readLine(row: readonly string[], { places, units, line }: Reading): PeopleLine {
  const cell = (column: Column) => (places[column] < 0 ? '' : (row[places[column]] ?? '').trim());
  const errors: PeopleLine['errors'][number][] = [];
  const unit = units.find(({ name, symbol }) =>
    [foldVietnamese(name), foldVietnamese(symbol)].includes(foldVietnamese(cell('unit'))),
  );
  if (unit === undefined) errors.push({ code: 'directory.csv-unit', params: { unit: cell('unit') } });
  const roles = rolesFrom(cell('roles'));
  if (roles === null) errors.push({ code: 'directory.csv-role', params: { roles: cell('roles') } });
  const post = cell('post');
  const details = PersonDetailsSchema.safeParse({
    name: cell('name'),
    post,
    rank: rankOf(post),
    unit: unit?.id,
    roles: roles ?? [],
    email: cell('email') === '' ? null : cell('email'),
  });
  const wrong = details.success ? [] : details.error.issues.map((issue) => String(issue.path[0]));
  if (wrong.includes('name')) errors.push({ code: 'directory.csv-name', params: {} });
  if (wrong.includes('post')) errors.push({ code: 'directory.csv-post', params: {} });
  if (wrong.includes('email')) errors.push({ code: 'directory.csv-email', params: { email: cell('email') } });
  return {
    line,
    name: cell('name'),
    post,
    unit: cell('unit'),
    roles: roles ?? [],
    email: cell('email') === '' ? null : cell('email'),
    errors,
    details: errors.length === 0 && details.success ? details.data : null,
  };
}

function rolesFrom(text: string): PersonDetails['roles'] | null {
  if (text === '') return ['officer'];
  const named = new Map(
    RoleSchema.options.flatMap((role) => [
      [role, role] as const,
      [foldVietnamese(wordsOf('vi')(`role.${role}`)), role] as const,
      [foldVietnamese(wordsOf('en')(`role.${role}`)), role] as const,
    ]),
  );
  const roles = text.split(/[;,+]/u).map((part) => named.get(foldVietnamese(part).trim()));
  const known = roles.filter((role) => role !== undefined);
  return known.length === roles.length ? known : null;
}

function rankOf(post: string): PersonDetails['rank'] {
  const folded = foldVietnamese(post);
  if (folded.startsWith('pho ')) return 'deputy';
  return /^(?:giam doc|chu tich|chanh|truong|chi cuc truong|vu truong|cuc truong)\b/u.test(folded)
    ? 'head'
    : 'member';
}
