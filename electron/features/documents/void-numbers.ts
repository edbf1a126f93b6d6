import {
  arrivalsBook,
  leasesOf,
  numberText,
  registerAggregate,
  registerId,
} from '#shared/documents/public.ts';
import type { ReadDb } from '#shared/node/sqlite/public.ts';
import { wordsOf } from '../../platform/words.ts';
import { readState } from '../../store/read-state.ts';
import { shortDay } from './register-cells.ts';
import type { RegisterRow } from './registers.ts';

/** Numbers of one register that no paper will ever carry, as a part of its lines; they count on the day they ended. */
export const voidedNumbers = `
  SELECT NULL AS id, v.value AS number, json_extract(l.value, '$.id') AS lease
    FROM aggregate a
    JOIN json_each(a.state, '$.leases') l
    JOIN json_each(l.value, '$.ended.voids') v
   WHERE a.kind = 'register' AND a.id = @register
     AND (@from IS NULL OR json_extract(l.value, '$.ended.on') >= @from)
     AND (@to IS NULL OR json_extract(l.value, '$.ended.on') <= @to)`;

type Series = Readonly<{ book: string; year: number; columns: readonly string[] }>;

/** The line of such a number: the number, the day and why, in the columns that the law gives them (NĐ 30 PL4). */
export function voidLines(db: ReadDb, { book, year, columns }: Series) {
  const leases = leasesOf(readState(db, registerAggregate, registerId(book, year)));
  const isArrivals = book === arrivalsBook;
  const words = wordsOf('vi');
  return (number: number, id: string | null): RegisterRow => {
    const ended = leases.find((lease) => lease.id === id)?.ended ?? null;
    if (ended === null) throw new Error(`The number ${number} of ${book} is void without an act`);
    const why = words(`register.void.${ended.how}`, { reason: ended.reason ?? '' });
    const said: Readonly<Partial<Record<string, string>>> = isArrivals
      ? {
          arrivedOn: shortDay(ended.on),
          arrivalNumber: String(number),
          kindAndSubject: why,
        }
      : {
          notation: numberText(number),
          issuedOn: shortDay(ended.on),
          kindAndContent: why,
        };
    return {
      id: null,
      direction: isArrivals ? 'incoming' : 'outgoing',
      cells: columns.map((column) => (column === 'note' ? words('register.void') : (said[column] ?? ''))),
    };
  };
}
