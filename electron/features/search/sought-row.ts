import type { Agency } from '#shared/directory/public.ts';
import { signersOf, type Incoming, type OfficialDocument, type Outgoing } from '#shared/documents/public.ts';
import type { Dossier } from '#shared/dossiers/public.ts';
import type { SoughtField } from '#shared/search/public.ts';
import { wordsOf } from '../../platform/words.ts';
import { kindName, presentedTo, shortDay, withoutUndefined, type Names } from '../documents/public.ts';

/** What is known of a field: words, a number, or a day as `YYYY-MM-DD`; null where it says nothing. */
export type Known = Readonly<Record<Exclude<SoughtField, 'content'>, string | number | null>>;

type Around = Readonly<{
  own: Agency | null;
  names: Names;
  postOf: (person: string) => string;
  /** The first file it lies in, and its place there. */
  filed: Readonly<{ code: string; n: number | null; year: number | null }> | null;
  instructions: string;
}>;

const nothing: Known = {
  of: '',
  organId: '',
  year: null,
  fileCode: '',
  ordinal: null,
  typeName: '',
  codeNumber: '',
  codeNotation: '',
  issuedOn: null,
  organName: '',
  subject: '',
  language: '',
  pages: null,
  note: '',
  signerPost: '',
  signer: '',
  recipients: '',
  urgency: '',
  copies: null,
  dueOn: null,
  arrivedOn: null,
  arrivalNumber: null,
  toPlaces: '',
  instructions: '',
  retention: null,
  mode: '',
  maker: '',
  startedOn: null,
  endedOn: null,
  papers: null,
  keywords: '',
  state: '',
};

/** What every file and paper here is written in; no other language is noted yet. */
const language = () => wordsOf('vi')('sought.vietnamese');

export function paperKnown(paper: OfficialDocument, around: Around): Known {
  const { own, filed, instructions } = around;
  return {
    ...nothing,
    of: paper.direction,
    organId: organOf(own),
    fileCode: filed?.code ?? '',
    ordinal: filed?.n ?? null,
    language: language(),
    pages: paper.file?.pages ?? null,
    state: paper.state,
    instructions,
    ...(paper.direction === 'incoming' ? incoming(paper, around) : outgoing(paper, around)),
    ...(filed?.year == null ? {} : { year: filed.year }),
  };
}

const unread = {
  kind: '',
  number: '',
  symbol: '',
  issuedOn: null,
  issuer: '',
  note: '',
  signerPost: '',
  signer: '',
  urgency: 'normal',
  copies: null,
  dueOn: null,
};

function incoming(paper: Incoming, { names }: Around): Partial<Known> {
  const { arrival, file, dueOn } = paper;
  const said = {
    ...unread,
    subject: file?.name ?? '',
    ...withoutUndefined(paper.fields ?? paper.suggestion?.fields ?? {}),
  };
  const came =
    arrival === null ? {} : { arrivedOn: arrival.day, arrivalNumber: arrival.number, year: arrival.year };
  return {
    typeName: said.kind,
    codeNumber: said.number,
    codeNotation: said.symbol,
    issuedOn: said.issuedOn,
    organName: said.issuer,
    subject: said.subject,
    note: said.note,
    signerPost: said.signerPost,
    signer: said.signer,
    urgency: said.urgency,
    copies: said.copies,
    dueOn: dueOn ?? said.dueOn,
    toPlaces: presentedTo(paper, names),
    ...came,
  };
}

function outgoing(paper: Outgoing, { own, names, postOf }: Around): Partial<Known> {
  const { summary, number, recipients } = paper;
  const signers = signersOf(paper.circuit);
  return {
    typeName: kindName(summary.kind),
    codeNumber: number === null ? '' : String(number.number),
    codeNotation: number?.notation ?? summary.symbol,
    issuedOn: number?.issuedOn ?? null,
    organName: own?.name ?? '',
    subject: summary.subject,
    signerPost: signers
      .map(({ person, elsewhere }) => (elsewhere === undefined ? postOf(person) : ''))
      .join('; '),
    signer: signers.map(({ person, elsewhere }) => elsewhere?.name ?? names.person(person)).join('; '),
    recipients: recipients.map(({ name }) => name).join('; '),
    urgency: summary.urgency,
    note: paper.note ?? '',
    copies: paper.copies,
    dueOn: summary.dueOn,
    year: number?.year ?? null,
    maker: names.person(paper.drafter),
  };
}

export function dossierKnown(file: Dossier, { own, names }: Pick<Around, 'own' | 'names'>): Known {
  return {
    ...nothing,
    of: 'dossier',
    organId: organOf(own),
    year: file.year,
    fileCode: file.code,
    organName: own?.name ?? '',
    subject: file.title,
    language: language(),
    note: file.description,
    // For ever is longer than any term (Luật Lưu trữ 33/2024: seventy years at most).
    retention: file.retention === 'permanent' ? forEver : file.retention,
    mode: file.mode,
    maker: names.person(file.maker),
    startedOn: file.startedOn,
    endedOn: file.endedOn,
    issuedOn: file.endedOn,
    papers: file.items.length,
    keywords: file.keywords,
    state: file.state,
  };
}

export const forEver = 999;

function organOf(own: Agency | null): string {
  return own?.codes.map(({ code }) => code).join(' ') ?? '';
}

/** As people read it. */
export function shownAs(field: keyof Known, value: string | number | null): string {
  const words = wordsOf('vi');
  if (value === null || value === '') return '';
  if (field === 'retention' && value === forEver) return words('sought.forEver');
  if (typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/u.test(value)) return shortDay(value);
  if (field === 'of' || field === 'urgency' || field === 'mode') return words(`sought.${field}.${value}`);
  return String(value);
}
