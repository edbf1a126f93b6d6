import { z } from 'zod';
import { DocumentIdSchema } from '#shared/kernel/public.ts';
import {
  documentAggregate,
  isPosted,
  postedStates,
  postedTo,
  type Outgoing,
  type Recipient,
  type RegisterInput,
} from '#shared/documents/public.ts';
import { consignmentAggregate, isByNetwork } from '#shared/exchange/public.ts';
import type { ReadDb } from '#shared/node/sqlite/public.ts';
import { prepared } from '../../store/prepared.ts';
import { readState } from '../../store/read-state.ts';
import { wordsOf } from '../../platform/words.ts';
import { shortDay } from './register-cells.ts';
import { namedColumns } from './register-columns.ts';

/** NĐ 30 PL4: the columns of the register of what is handed to the post. */
const columns = ['forwardedOn', 'postedNotation', 'postedTo', 'envelopes', 'postReceipt', 'note'] as const;

const RowSchema = z.object({ id: DocumentIdSchema });

type Window = RegisterInput & Readonly<{ offset: number; limit: number }>;

/** What goes out by post, one line for each envelope, day by day: recipients that no network reaches. */
export function postRows(db: ReadDb, { year, from, to, offset, limit }: Window) {
  const states = postedStates.map((state) => `'${state}'`).join(', ');
  const lines = prepared(
    db,
    `SELECT id FROM document
      WHERE direction = 'outgoing' AND state IN (${states}) AND year = @year
        AND (@from IS NULL OR issued_on >= @from) AND (@to IS NULL OR issued_on <= @to)
      ORDER BY issued_on, book, number`,
  )
    .all({ year, from, to })
    .flatMap((row) => linesOf(db, RowSchema.parse(row).id));
  return {
    ...namedColumns(columns),
    rows: lines.slice(offset, offset + limit),
    total: lines.length,
  };
}

/** Whom a document still has to reach by post or e-mail. */
export function unreachedBy(db: ReadDb, document: Outgoing): readonly Recipient[] {
  const reached = (document.consignments ?? []).flatMap(({ id }) => {
    const consignment = readState(db, consignmentAggregate, id);
    return consignment !== null && isByNetwork(consignment) ? [consignment.toName] : [];
  });
  return postedTo(document, reached);
}

function linesOf(db: ReadDb, id: z.infer<typeof DocumentIdSchema>) {
  const document = readState(db, documentAggregate, id);
  // What waits for the server's word is not in it yet, as in every register.
  if (document?.direction !== 'outgoing' || document.number === null || !isPosted(document)) return [];
  const { number, summary } = document;
  const words = wordsOf('vi');
  // What stands on the envelope as on the page (NĐ 30 PL1 II, ô 10b).
  const note = summary.urgency === 'normal' ? '' : words(`urgency.${summary.urgency}`);
  return unreachedBy(db, document).map(({ name }) => ({
    id,
    direction: document.direction,
    cells: [shortDay(number.issuedOn), number.notation, name, '1', '', note],
  }));
}
