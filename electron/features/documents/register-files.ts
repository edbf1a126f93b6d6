import { agencyAggregate } from '#shared/directory/public.ts';
import { arrivalsBook, copiesBook, postBook, type RegisterInput } from '#shared/documents/public.ts';
import { registerPdf } from '#shared/node/typesetting/public.ts';
import type { Signed } from '../../host/context.ts';
import { wordsOf } from '../../platform/words.ts';
import { readState } from '../../store/read-state.ts';
import { csvOf } from './csv.ts';
import { printedToday, shortDay } from './register-cells.ts';
import { registerRows, type RegisterRow } from './registers.ts';

const everything = { offset: 0, limit: 1_000_000 };

/** The register as the law wants it on paper: in full, in its form, to be bound and signed for (NĐ 30 Đ16, Đ22). */
export function printRegister(signed: Signed, input: RegisterInput) {
  const { db, now, agencyId } = signed.open.desk;
  const { columns, rows } = registerRows(db, { ...input, ...everything });
  const agency = readState(db, agencyAggregate, agencyId);
  const title = titleOf(input);
  const isArrivals = input.book === arrivalsBook;
  const isPost = input.book === postBook;
  const bytes = registerPdf({
    title,
    agency: agency?.name ?? '',
    superior: agency?.superior ?? null,
    year: input.year,
    days: endsOf(rows, isArrivals || isPost ? 0 : 1),
    numbers: endsOf(rows, isArrivals || isPost ? 1 : 0),
    period: periodOf(input),
    columns,
    rows: rows.map((row) => row.cells),
    printedOn: printedToday(now()),
    frozenAt: now(),
  });
  return signed.exports.keep(`${title} ${input.year}.pdf`, bytes);
}

/** The same rows as CSV. */
export function exportRegister(signed: Signed, input: RegisterInput) {
  const { columns, rows } = registerRows(signed.open.desk.db, { ...input, ...everything });
  const bytes = csvOf(
    columns,
    rows.map((row) => row.cells),
  );
  return signed.exports.keep(`${titleOf(input)} ${input.year}.csv`, bytes);
}

/** What stands first and last in a column, for the cover. */
function endsOf(rows: readonly RegisterRow[], column: number): readonly [string, string] | null {
  const [first, last] = [rows[0]?.cells[column], rows.at(-1)?.cells[column]];
  return first === undefined || last === undefined ? null : [first, last];
}

function periodOf({ from, to }: RegisterInput): string | null {
  if (from === null && to === null) return null;
  return wordsOf('vi')('register.period', {
    from: from === null ? '…' : shortDay(from),
    to: to === null ? '…' : shortDay(to),
  });
}

function titleOf({ book }: RegisterInput): string {
  const words = wordsOf('vi');
  if (book === postBook) return words('register.title.post');
  return words(`register.title.${book === arrivalsBook || book === copiesBook ? book : 'issued'}`);
}
