import { z } from 'zod';
import { DocumentIdSchema, type Day, type DocumentId } from '#shared/kernel/public.ts';
import {
  arrivalsBook,
  arrivalsReport,
  copiesBook,
  documentAggregate,
  issuedReport,
  notationOf,
  postBook,
  registerId,
  signersOf,
  type Incoming,
  type OfficialDocument,
  type Outgoing,
  type RegisterInput,
} from '#shared/documents/public.ts';
import type { ReadDb } from '#shared/node/sqlite/public.ts';
import { prepared } from '../../store/prepared.ts';
import { readState } from '../../store/read-state.ts';
import { wordsOf } from '../../platform/words.ts';
import { copyRows } from './copy-register.ts';
import { postRows } from './post-register.ts';
import { progressRows } from './progress-report.ts';
import { kindAndSubject, kindName, namesIn, presentedTo, shortDay, type Names } from './register-cells.ts';
import { namedColumns } from './register-columns.ts';
import { withoutGuesses } from './recorded-numbers.ts';
import { voidLines, voidedNumbers } from './void-numbers.ts';

type Window = RegisterInput & Readonly<{ offset: number; limit: number; today: Day }>;
export type RegisterRow = Readonly<{
  /** Null where no paper carries the number. */
  id: DocumentId | null;
  direction: OfficialDocument['direction'];
  cells: string[];
}>;

/** NĐ 30 PL4: minimum columns of the register of arrivals; more may follow, none may be left out. */
const arrivalColumns = [
  'arrivedOn',
  'arrivalNumber',
  'author',
  'notation',
  'issuedOn',
  'kindAndSubject',
  'recipient',
  'forwardedOn',
  'receipt',
  'note',
] as const;

/** NĐ 30 PL4: minimum columns of the register of outgoing papers. */
const issuedColumns = [
  'notation',
  'issuedOn',
  'kindAndContent',
  'signer',
  'recipients',
  'fileCopy',
  'copies',
  'forwardedOn',
  'receipt',
  'note',
] as const;

const RowSchema = z.object({
  id: DocumentIdSchema.nullable(),
  number: z.int(),
  lease: z.string().nullable(),
});

/** A window of one register of one year, in the order of its numbers; those that no paper carries keep their line. */
export function registerRows(db: ReadDb, input: Window) {
  if (input.book === copiesBook) return copyRows(db, input);
  if (input.book === postBook) return postRows(db, input);
  if (input.book === arrivalsReport || input.book === issuedReport) return progressRows(db, input);
  const { book, year, from, to, offset, limit } = input;
  const isArrivals = book === arrivalsBook;
  const dayColumn = isArrivals ? 'arrived_on' : 'issued_on';
  const lines = `
    SELECT id, number, NULL AS lease FROM document
     WHERE direction = @direction AND year = @year AND book = @book AND number IS NOT NULL
       AND (@from IS NULL OR ${dayColumn} >= @from) AND (@to IS NULL OR ${dayColumn} <= @to) ${withoutGuesses}
    UNION ALL ${voidedNumbers}`;
  const direction = isArrivals ? 'incoming' : 'outgoing';
  const bound = { direction, book, year, from, to, register: registerId(book, year) };
  const found = prepared(db, `${lines} ORDER BY number LIMIT @limit OFFSET @offset`)
    .all({ ...bound, limit, offset })
    .map((row) => RowSchema.parse(row));
  const { total } = z
    .object({ total: z.int() })
    .parse(prepared(db, `SELECT count(*) AS total FROM (${lines})`).get(bound));
  const names = namesIn(db);
  const cells = isArrivals ? arrivalCells : issuedCells;
  const asked = [...(isArrivals ? arrivalColumns : issuedColumns), ...input.extra];
  const voids = voidLines(db, { book, year, columns: asked });
  const rows = found.map(({ id, number, lease }): RegisterRow => {
    if (id === null) return voids(number, lease);
    const document = readState(db, documentAggregate, id);
    if (document === null) throw new Error(`Document ${id} is in a register but has no state`);
    return {
      id,
      direction: document.direction,
      cells: [...cells(document, names), ...extraCells(document, input.extra, names)],
    };
  });
  return { ...namedColumns(asked), rows, total };
}

function arrivalCells(document: OfficialDocument, names: Names): string[] {
  const arrived = document as Incoming;
  const { fields, arrival } = arrived;
  if (fields === null || arrival === null) throw new Error('Registered without fields');
  return [
    shortDay(arrival.day),
    String(arrival.number),
    fields.issuer,
    notationOf(fields.number, fields.symbol),
    fields.issuedOn === null ? '' : shortDay(fields.issuedOn),
    kindAndSubject(fields.kind, fields.subject),
    presentedTo(arrived, names),
    shortDay(arrival.day),
    '',
    fields.note,
  ];
}

function issuedCells(document: OfficialDocument, names: Names): string[] {
  const { number, summary, circuit, recipients, unit, copies, signedAt, note = '' } = document as Outgoing;
  if (number === null) throw new Error('In a register without a number');
  return [
    number.notation,
    shortDay(number.issuedOn),
    kindAndSubject(kindName(summary.kind), summary.subject),
    signersOf(circuit)
      .map(({ person, elsewhere }) => elsewhere?.name ?? names.person(person))
      .join('; '),
    recipients.map((recipient) => recipient.name).join('; '),
    names.unit(unit),
    String(copies),
    signedAt === null ? '' : shortDay(number.issuedOn),
    '',
    note,
  ];
}

function extraCells(document: OfficialDocument, extra: RegisterInput['extra'], names: Names): string[] {
  const words = wordsOf('vi');
  return extra.map((column) => {
    switch (column) {
      case 'urgency':
        return words(
          `urgency.${document.direction === 'incoming' ? (document.fields?.urgency ?? 'normal') : document.summary.urgency}`,
        );
      case 'dueOn': {
        const due = document.direction === 'incoming' ? document.dueOn : document.summary.dueOn;
        return due === null ? '' : shortDay(due);
      }
      case 'holder':
        return holderName(document, names);
      case 'state':
        return words(`state.${document.direction}.${document.state}`);
    }
  });
}

function holderName({ holder }: OfficialDocument, names: Names): string {
  if (holder === null) return '';
  if (holder.kind === 'role') return wordsOf('vi')(`role.${holder.role}`);
  return holder.kind === 'unit' ? names.unit(holder.id) : names.person(holder.id);
}
