import { z } from 'zod';
import { DocumentIdSchema, type Day } from '#shared/kernel/public.ts';
import {
  arrivalsReport,
  documentAggregate,
  notationOf,
  type Incoming,
  type OfficialDocument,
  type Outgoing,
  type RegisterInput,
} from '#shared/documents/public.ts';
import { consignmentAggregate } from '#shared/exchange/public.ts';
import type { ReadDb } from '#shared/node/sqlite/public.ts';
import { taskAggregate } from '#shared/workflow/public.ts';
import { prepared } from '../../store/prepared.ts';
import { readState } from '../../store/read-state.ts';
import { wordsOf } from '../../platform/words.ts';
import { kindAndSubject, kindName, namesIn, presentedTo, shortDay, type Names } from './register-cells.ts';
import { withoutGuesses } from './recorded-numbers.ts';
import { namedColumns } from './register-columns.ts';

/** NĐ 30 PL4 V, the register that follows how arrivals are dealt with. */
const arrivalColumns = [
  'arrivalNumber',
  'described',
  'recipient',
  'dueOn',
  'progress',
  'replyNotation',
  'note',
] as const;

/** NĐ 30 PL6 I.V.4 names this report and no columns: those of the arrivals' one, as they read for a paper that went out. */
const issuedColumns = [
  'notation',
  'issuedOn',
  'kindAndContent',
  'recipients',
  'answerBy',
  'outcome',
  'note',
] as const;

const RowSchema = z.object({ id: DocumentIdSchema });

type Window = RegisterInput & Readonly<{ offset: number; limit: number; today: Day }>;

/** What became of each paper of a year that came in or went out, in the order of the registers. */
export function progressRows(db: ReadDb, { book, year, from, to, offset, limit, today }: Window) {
  const isArrivals = book === arrivalsReport;
  const day = isArrivals ? 'arrived_on' : 'issued_on';
  const where = `direction = @direction AND year = @year AND number IS NOT NULL
    AND (@from IS NULL OR ${day} >= @from) AND (@to IS NULL OR ${day} <= @to) ${withoutGuesses}`;
  const bound = { direction: isArrivals ? 'incoming' : 'outgoing', year, from, to };
  const { total } = z
    .object({ total: z.int() })
    .parse(prepared(db, `SELECT count(*) AS total FROM document WHERE ${where}`).get(bound));
  const order = isArrivals ? 'book, number' : 'issued_on, book, number';
  const names = namesIn(db);
  const rows = prepared(
    db,
    `SELECT id FROM document WHERE ${where} ORDER BY ${order} LIMIT @limit OFFSET @offset`,
  )
    .all({ ...bound, limit, offset })
    .map((row) => {
      const { id } = RowSchema.parse(row);
      const document = readState(db, documentAggregate, id);
      if (document === null) throw new Error(`Document ${id} is in a register but has no state`);
      return { id, direction: document.direction, cells: cellsOf(db, document, { names, today }) };
    });
  return { ...namedColumns(isArrivals ? arrivalColumns : issuedColumns), rows, total };
}

type Saying = Readonly<{ names: Names; today: Day }>;

function cellsOf(db: ReadDb, document: OfficialDocument, saying: Saying): string[] {
  return document.direction === 'incoming'
    ? arrivalCells(db, document, saying)
    : issuedCells(db, document, saying.today);
}

function arrivalCells(db: ReadDb, document: Incoming, { names, today }: Saying): string[] {
  const words = wordsOf('vi');
  const { fields, arrival, dueOn } = document;
  if (fields === null || arrival === null) throw new Error('Registered without fields');
  const due = dueOn ?? fields.dueOn;
  const replies = document.replies.flatMap((id) => {
    const reply = readState(db, documentAggregate, id);
    return reply?.direction === 'outgoing' && reply.number !== null ? [reply.number.notation] : [];
  });
  return [
    String(arrival.number),
    words('register.described', {
      kind: fields.kind,
      notation: notationOf(fields.number, fields.symbol),
      day: fields.issuedOn === null ? '' : shortDay(fields.issuedOn),
      author: fields.issuer,
    }),
    presentedTo(document, names),
    due === null ? '' : shortDay(due),
    progressOf(db, document, today),
    replies.join('; '),
    fields.note,
  ];
}

function progressOf(db: ReadDb, document: Incoming, today: Day): string {
  const words = wordsOf('vi');
  const { state, leadTask, dueOn } = document;
  const percent = leadTask === null ? null : (readState(db, taskAggregate, leadTask)?.percent ?? null);
  const isOpen = state === 'registered' || state === 'directed' || state === 'in-progress';
  return [
    words(`state.incoming.${state}`),
    ...(state === 'in-progress' && percent !== null ? [words('register.percent', { percent })] : []),
    ...(isOpen && dueOn !== null && dueOn < today ? [words('register.late')] : []),
  ].join(', ');
}

function issuedCells(db: ReadDb, document: Outgoing, today: Day): string[] {
  const words = wordsOf('vi');
  const { number, summary, recipients, state, repliesTo } = document;
  if (number === null) throw new Error('In a register without a number');
  const asked = repliesTo === null ? null : readState(db, documentAggregate, repliesTo);
  const heard = (document.consignments ?? []).flatMap(({ id }) => {
    const consignment = readState(db, consignmentAggregate, id);
    if (consignment === null) return [];
    const theirs = consignment.arrival === null ? '' : ` (${consignment.arrival.number})`;
    return [`${consignment.toName}: ${words(`state.consignment.${consignment.state}`)}${theirs}`];
  });
  const isLate = state === 'issued' && summary.dueOn !== null && summary.dueOn < today;
  return [
    number.notation,
    shortDay(number.issuedOn),
    kindAndSubject(kindName(summary.kind), summary.subject),
    recipients.map(({ name }) => name).join('; '),
    summary.dueOn === null ? '' : shortDay(summary.dueOn),
    [words(`state.outgoing.${state}`), ...heard, ...(isLate ? [words('register.answerDue')] : [])].join('; '),
    asked?.direction === 'incoming' && asked.fields !== null
      ? words('register.answers', { notation: notationOf(asked.fields.number, asked.fields.symbol) })
      : '',
  ];
}
