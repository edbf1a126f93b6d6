import { z } from 'zod';
import { DocumentIdSchema, dayOf } from '#shared/kernel/public.ts';
import {
  copyNumbered,
  documentAggregate,
  notationOf,
  targetOf,
  type CertifiedCopy,
  type OfficialDocument,
  type RegisterInput,
} from '#shared/documents/public.ts';
import type { ReadDb } from '#shared/node/sqlite/public.ts';
import { prepared } from '../../store/prepared.ts';
import { readState } from '../../store/read-state.ts';
import { wordsOf } from '../../platform/words.ts';
import { kindAndSubject, kindName, namesIn, shortDay, type Names } from './register-cells.ts';
import { namedColumns } from './register-columns.ts';

/** NĐ 30 PL4 names no register of copies; these columns are the office's own. */
const columns = [
  'copyNotation',
  'copiedOn',
  'copyForm',
  'notation',
  'kindAndContent',
  'copyRecipients',
  'decidedBy',
  'note',
] as const;

const RowSchema = z.object({ id: DocumentIdSchema, number: z.int(), year: z.int() });

type Window = RegisterInput & Readonly<{ offset: number; limit: number }>;

/** A window of one year's copies, in the order of their numbers; voided ones keep their line. */
export function copyRows(db: ReadDb, { year, from, to, offset, limit }: Window) {
  const where = `c.year = @year AND (@from IS NULL OR c.made_on >= @from) AND (@to IS NULL OR c.made_on <= @to)`;
  const bound = { year, from, to };
  const found = prepared(
    db,
    `SELECT d.id, c.number, c.year FROM certified_copy c JOIN document d ON d.n = c.document
      WHERE ${where} ORDER BY c.number LIMIT @limit OFFSET @offset`,
  ).all({ ...bound, limit, offset });
  const counted = prepared(db, `SELECT count(*) AS total FROM certified_copy c WHERE ${where}`).get(bound);
  const { total } = z.object({ total: z.int() }).parse(counted);
  const names = namesIn(db);
  const rows = found.map((row) => {
    const { id, ...number } = RowSchema.parse(row);
    const document = readState(db, documentAggregate, id);
    const copy = document === null ? null : copyNumbered(document, number);
    if (document === null || copy === null) throw new Error(`The copy ${number.number} has no document`);
    return { id, direction: document.direction, cells: cellsOf(document, copy, names) };
  });
  return { ...namedColumns(columns), rows, total };
}

function cellsOf(document: OfficialDocument, copy: CertifiedCopy, names: Names): string[] {
  const words = wordsOf('vi');
  const source = sourceOf(document);
  return [
    copy.notation,
    shortDay(dayOf(copy.signedAt)),
    targetOf(copy) === 'paper'
      ? `${words(`copy.form.${copy.form}`)}, ${words('copy.onPaper')}`
      : words(`copy.form.${copy.form}`),
    source.notation,
    source.kindAndContent,
    copy.recipients.map(({ name }) => name).join('; '),
    names.person(copy.decidedBy),
    copy.voidedBecause === null ? copy.purpose : words('register.voided', { reason: copy.voidedBecause }),
  ];
}

function sourceOf(document: OfficialDocument) {
  if (document.direction === 'outgoing') {
    const { number, summary } = document;
    const kindAndContent = kindAndSubject(kindName(summary.kind), summary.subject);
    return { notation: number?.notation ?? '', kindAndContent };
  }
  const { fields } = document;
  if (fields === null) return { notation: '', kindAndContent: '' };
  const kindAndContent = kindAndSubject(fields.kind, fields.subject);
  return { notation: notationOf(fields.number, fields.symbol), kindAndContent };
}
