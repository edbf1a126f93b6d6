import type { Instant, LogEntry } from '#shared/kernel/public.ts';
import { notationOf, type Holder, type OfficialDocument } from '#shared/documents/public.ts';
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

type Own = Omit<DocumentColumns, 'id' | 'direction' | 'state' | 'folded' | 'holder_kind' | 'holder_id'> & {
  signer: string;
};

function incomingColumns(document: OfficialDocument & { direction: 'incoming' }): Own {
  const fields = document.fields ?? document.suggestion?.fields ?? {};
  const notation = notationOf(fields.number ?? '', fields.symbol ?? '');
  const issuer = fields.issuer ?? '';
  return {
    kind: fields.kind ?? '',
    notation,
    subject: fields.subject ?? document.file?.name ?? '',
    issuer,
    signer: fields.signer ?? '',
    unit: document.units[0] ?? null,
    drafter: null,
    issued_on: fields.issuedOn ?? null,
    book: document.arrival === null ? null : 'arrivals',
    number: document.arrival?.number ?? null,
    year: document.arrival?.year ?? null,
    arrived_on: document.arrival?.day ?? null,
    urgency: fields.urgency ?? 'normal',
    due_on: document.dueOn,
    returned: 0,
    file_hash: document.file?.hash ?? null,
    // NĐ 30 PL6: the same number, symbol and issuer is the same paper.
    same_paper: notation === '' || issuer === '' ? null : foldVietnamese(`${notation}|${issuer}`),
  };
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
