import type { TableForm } from '../../documents/public.ts';
import { settable, tablePdf, type PrintedTable } from '../typesetting/public.ts';
import { csvOf } from './csv.ts';
import { docxOf } from './docx.ts';
import { xlsxOf } from './xlsx.ts';

/** The table as a file of that form. */
export async function tableFile(table: PrintedTable, form: TableForm): Promise<Uint8Array> {
  const clean = settable(table);
  switch (form) {
    case 'pdf':
      return tablePdf(clean);
    case 'docx':
      return docxOf(clean);
    case 'xlsx':
      return await xlsxOf(clean);
    case 'csv':
      return csvOf(clean.columns, clean.rows);
  }
}
