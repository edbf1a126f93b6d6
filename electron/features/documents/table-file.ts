import { agencyAggregate } from '#shared/directory/public.ts';
import type { Export, TableForm } from '#shared/documents/public.ts';
import type { Instant } from '#shared/kernel/public.ts';
import { tableFile } from '#shared/node/tables/public.ts';
import type { PrintedTable } from '#shared/node/typesetting/public.ts';
import type { Signed } from '../../host/context.ts';
import { wordsOf } from '../../platform/words.ts';
import { readState } from '../../store/read-state.ts';
import { printedToday } from './register-cells.ts';

/** What a list says by itself; whose it is and when it was made, the desk knows. */
export type OfficeTable = Omit<PrintedTable, 'agency' | 'superior' | 'frozenAt'>;

/** A list of this office as a file of that form; as of today where no other moment is given. */
export async function officeTable(
  { open }: Pick<Signed, 'open'>,
  table: OfficeTable,
  form: TableForm,
  frozenAt: Instant = open.desk.now(),
): Promise<Uint8Array> {
  const { db, agencyId } = open.desk;
  const agency = readState(db, agencyAggregate, agencyId);
  const printedOn = wordsOf('vi')('table.printedOn', { day: printedToday(frozenAt) });
  return await tableFile(
    {
      ...table,
      after: [...table.after, printedOn],
      agency: agency?.name ?? '',
      superior: agency?.superior ?? null,
      frozenAt,
    },
    form,
  );
}

/** The same, kept to be read by the window that asked for it. */
export async function keepTable(
  signed: Pick<Signed, 'open' | 'exports'>,
  table: OfficeTable & Readonly<{ name: string }>,
  form: TableForm,
): Promise<Export> {
  return signed.exports.keep(`${table.name}.${form}`, await officeTable(signed, table, form));
}
