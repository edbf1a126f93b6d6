import type { Instant, LogEntry } from '#shared/kernel/public.ts';
import { arrivalsBook, notationOf, type Holder, type OfficialDocument } from '#shared/documents/public.ts';
import { samePaperKey } from '#shared/intake/public.ts';
import { foldVietnamese } from '#shared/search/public.ts';

/** The row of a document's read model, derived from its state and nothing else. */
export type DocumentColumns = Readonly<{
  id: string;
  direction: 'incoming' | 'outgoing';
  state: string;
  kind: string;
  notation: string;
  subject: string;
  issuer: string;
  unit: string | null;
  drafter: string | null;
  issued_on: string | null;
  book: string | null;
  number: number | null;
  year: number | null;
  arrived_on: string | null;
  urgency: string;
  holder_kind: string | null;
  holder_id: string | null;
  due_on: string | null;
  returned: 0 | 1;
  file_hash: string | null;
  in_archive: 0 | 1;
  same_paper: string | null;
  folded: string;
}>;

export function columnsOf(document: OfficialDocument): DocumentColumns {
  const holder = holderColumns(document.holder);
  const own = document.direction === 'incoming' ? incomingColumns(document) : outgoingColumns(document);
  const words = [own.notation, own.kind, own.subject, own.issuer, own.signer].join(' ');
  const { signer: _signer, ...columns } = own;
  return {
    id: document.id,
    direction: document.direction,
    state: document.state,
    ...holder,
    ...columns,
    in_archive: (document.inArchive ?? []).length > 0 ? 1 : 0,
    folded: foldVietnamese(words),
  };
}

/** When the document came to whoever holds it: the time of the act that gave it to them. */
export function sinceOf(
  before: OfficialDocument | null,
  after: OfficialDocument,
  entry: LogEntry,
  kept: Instant | null,
) {
  const moved =
    before === null ||
    before.state !== after.state ||
    JSON.stringify(before.holder) !== JSON.stringify(after.holder);
  return moved || kept === null ? entry.recordedAt : kept;
}

type Own = Omit<
  DocumentColumns,
  'id' | 'direction' | 'state' | 'folded' | 'holder_kind' | 'holder_id' | 'in_archive'
> & {
  signer: string;
};

const blankFields = {
  number: '',
  symbol: '',
  issuedOn: null,
  issuer: '',
  kind: '',
  subject: '',
  signer: '',
  urgency: 'normal' as const,
};

function incomingColumns(document: OfficialDocument & { direction: 'incoming' }): Own {
  const { arrival, file } = document;
  const said = document.fields ?? document.suggestion?.fields ?? {};
  const read = { ...blankFields, subject: file?.name ?? '', ...withoutUndefined(said) };
  return {
    kind: read.kind,
    notation: notationOf(read.number, read.symbol),
    subject: read.subject,
    issuer: read.issuer,
    signer: read.signer,
    unit: document.units[0] ?? null,
    drafter: null,
    issued_on: read.issuedOn,
    ...(arrival === null
      ? { book: null, number: null, year: null, arrived_on: null }
      : { book: arrivalsBook, number: arrival.number, year: arrival.year, arrived_on: arrival.day }),
    urgency: read.urgency,
    due_on: document.dueOn,
    returned: 0,
    file_hash: file?.hash ?? null,
    // NĐ 30 PL6: the same number, symbol and issuer is the same paper.
    same_paper: samePaperKey(read),
  };
}

type Defined<Fields> = { [Name in keyof Fields]: Exclude<Fields[Name], undefined> };

/** The members that are there. */
export function withoutUndefined<Fields extends object>(fields: Fields): Partial<Defined<Fields>> {
  // Each member that is left is defined.
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Partial<
    Defined<Fields>
  >;
}

function outgoingColumns(document: OfficialDocument & { direction: 'outgoing' }): Own {
  return {
    kind: document.summary.kind,
    notation: document.number?.notation ?? document.summary.symbol,
    subject: document.summary.subject,
    issuer: '',
    signer: '',
    unit: document.unit,
    drafter: document.drafter,
    issued_on: document.number?.issuedOn ?? null,
    book: document.number?.book ?? null,
    number: document.number?.number ?? null,
    year: document.number?.year ?? null,
    arrived_on: null,
    urgency: document.summary.urgency,
    due_on: document.summary.dueOn,
    returned: document.state === 'draft' && document.returnedBecause !== null ? 1 : 0,
    file_hash: document.file?.hash ?? null,
    same_paper: null,
  };
}

function holderColumns(holder: Holder | null): Pick<DocumentColumns, 'holder_kind' | 'holder_id'> {
  if (holder === null) return { holder_kind: null, holder_id: null };
  return { holder_kind: holder.kind, holder_id: holder.kind === 'role' ? holder.role : holder.id };
}
