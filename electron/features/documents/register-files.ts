import {
  arrivalsBook,
  arrivalsReport,
  copiesBook,
  issuedReport,
  postBook,
  type Export,
  type RegisterInput,
  type TableForm,
} from '#shared/documents/public.ts';
import type { Signed } from '../../host/context.ts';
import { wordsOf } from '../../platform/words.ts';
import { shortDay } from './register-cells.ts';
import { registerRows, type RegisterRow } from './registers.ts';
import { keepTable } from './table-file.ts';

const everything = { offset: 0, limit: 1_000_000 };

/** The register in full and in its form, to be bound and signed for (NĐ 30 Đ16, Đ22), or for another program. */
export async function exportRegister(
  signed: Pick<Signed, 'open' | 'exports' | 'today'>,
  { form, ...input }: RegisterInput & Readonly<{ form: TableForm }>,
): Promise<Export> {
  const asked = { ...input, ...everything, today: signed.today };
  const { columns, shares, rows } = registerRows(signed.open.desk.db, asked);
  const title = titleOf(input);
  const isReport = input.book === arrivalsReport || input.book === issuedReport;
  const table = {
    name: `${title} ${input.year}`,
    title,
    cover: isReport ? null : coverOf(input, rows),
    about: isReport ? [periodOf(input) ?? wordsOf('vi')('register.cover.year', { year: input.year })] : [],
    columns,
    shares,
    rows: rows.map((row) => row.cells),
    after: [],
  };
  return await keepTable(signed, table, form);
}

/** PL4 I.1, VI.1: year, days, numbers, and the number of the volume for the pen. */
function coverOf(input: RegisterInput, rows: readonly RegisterRow[]): readonly string[] {
  const words = wordsOf('vi');
  const daysFirst = input.book === arrivalsBook || input.book === postBook;
  const ends = (of: 'days' | 'numbers'): string => {
    const column = (of === 'days') === daysFirst ? 0 : 1;
    const [from, to] = [rows[0]?.cells[column], rows.at(-1)?.cells[column]];
    return words(`register.cover.${of}`, { from: from ?? openPlace, to: to ?? openPlace });
  };
  const period = periodOf(input);
  return [
    words('register.cover.year', { year: input.year }),
    ends('days'),
    ends('numbers'),
    words('register.cover.volume', { volume: openPlace }),
    ...(period === null ? [] : [period]),
  ];
}

/** Left for the pen. */
const openPlace = '............';

function periodOf({ from, to }: RegisterInput): string | null {
  if (from === null && to === null) return null;
  return wordsOf('vi')('register.period', {
    from: from === null ? '…' : shortDay(from),
    to: to === null ? '…' : shortDay(to),
  });
}

const titles: Readonly<Partial<Record<string, string>>> = {
  [arrivalsBook]: 'arrivals',
  [copiesBook]: 'copies',
  [postBook]: 'post',
  [arrivalsReport]: 'arrivals-report',
  [issuedReport]: 'issued-report',
};

function titleOf({ book }: RegisterInput): string {
  return wordsOf('vi')(`register.title.${titles[book] ?? 'issued'}`);
}
