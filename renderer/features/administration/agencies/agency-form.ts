import { AgencyDetailsSchema, type Agency, type AgencyDetails } from '#shared/directory/public.ts';
import type { Day } from '#shared/kernel/public.ts';
import { foldText } from '../../../ui/fold.ts';

export type CodeRow = Readonly<{
  key: string;
  form: AgencyDetails['codes'][number]['form'];
  code: string;
  validFrom: Day | null;
  validTo: Day | null;
  isKept: boolean;
}>;

export type BookRow = Readonly<{
  key: string;
  id: string;
  name: string;
  kinds: readonly string[];
  /** On record already: its numbers stand under its id, which therefore stays. */
  isKept: boolean;
}>;

export type AgencyForm = Readonly<{
  name: string;
  superior: string;
  place: string;
  symbol: string;
  level: AgencyDetails['level'];
  collective: string;
  contact: string;
  /** What an agency has not said of its seal and of joint papers stays unsaid. */
  sealMm?: AgencyDetails['sealMm'];
  leadSigns?: AgencyDetails['leadSigns'];
  codes: readonly CodeRow[];
  books: readonly BookRow[];
}>;

export const levels = AgencyDetailsSchema.shape.level.options;

/** The form of an agency as it stands. */
export function formOf(agency: Agency): AgencyForm {
  return {
    ...agency,
    superior: agency.superior ?? '',
    collective: agency.collective ?? '',
    contact: agency.contact ?? '',
    codes: agency.codes.map((code, place) => ({ ...code, key: `kept-${place}`, isKept: true })),
    books: agency.books.map((book) => ({ ...book, key: `kept-${book.id}`, isKept: true })),
  };
}

/** An empty form; another agency is as a rule of the same place and level as ours. */
export function emptyForm(own: Agency | null): AgencyForm {
  return {
    name: '',
    superior: '',
    place: own?.place ?? '',
    symbol: '',
    level: own?.level ?? 'province',
    collective: '',
    contact: '',
    codes: [],
    books: [],
  };
}

/** The details as they are sent, or the fields that the model does not take, as `name` or `codes.0.code`. */
export function readForm(
  form: AgencyForm,
  own: boolean,
): Readonly<{ details: AgencyDetails; faults: null } | { details: null; faults: ReadonlySet<string> }> {
  const read = AgencyDetailsSchema.safeParse({
    ...form,
    own,
    superior: orNone(form.superior),
    collective: orNone(form.collective),
    contact: orNone(form.contact),
    codes: form.codes.map(({ key: _key, ...code }) => code),
    books: form.books.map(({ id, name, kinds }) => ({ id, name, kinds: [...kinds] })),
  });
  if (read.success) return { details: read.data, faults: null };
  return { details: null, faults: new Set(read.error.issues.map(({ path }) => path.join('.'))) };
}

/** A book's id made from its name: `Quyết định` → `quyet-dinh`. */
export function bookIdFrom(name: string): string {
  return foldText(name)
    .replace(/[^a-z0-9]+/gu, '-')
    .slice(0, 30)
    .replace(/^-|-$/gu, '');
}

/** The agency's details without what is not described: its id, its certificates, its end. */
export function detailsOf(agency: AgencyDetails): AgencyDetails {
  return AgencyDetailsSchema.parse(agency);
}

/** Which kinds another book than `key` takes already, each with that book's name. */
export function takenKinds(books: readonly BookRow[], key: string): ReadonlyMap<string, string> {
  return new Map(
    books
      .filter((book) => book.key !== key)
      .flatMap(({ kinds, name }) => kinds.map((kind) => [kind, name] as const)),
  );
}

export type BookRemark = 'two-for-the-rest' | 'none-for-the-rest';

/** What an administrator should know of the books as they stand: which kinds are left over (`bookFor` takes the first). */
export function remarkOn(books: readonly BookRow[]): BookRemark | null {
  if (books.length === 0) return null;
  const forTheRest = books.filter(({ kinds }) => kinds.length === 0).length;
  if (forTheRest > 1) return 'two-for-the-rest';
  return forTheRest === 0 ? 'none-for-the-rest' : null;
}

function orNone(text: string): string | null {
  return text.trim() === '' ? null : text;
}
