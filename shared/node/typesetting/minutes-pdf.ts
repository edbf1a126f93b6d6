import { AppError, type Instant } from '../../kernel/public.ts';
import { boxed } from './boxed.ts';
import { exportPdf, frozenParts, layOut } from './compiler.ts';
import { withFields } from './form-fields.ts';
import { placesIn } from './places.ts';
import type { PrintedTable } from './table-pdf.ts';

/** Minutes that two sides sign, with a list behind them. */
export type MinutesPrint = Readonly<{
  title: string;
  subtitle: string;
  agency: string;
  superior: string | null;
  /** Place and day, as a paper says them. */
  dateLine: string;
  /** A heading, and the lines under it. */
  sections: readonly (readonly [string, readonly string[]])[];
  /** Each side with the field it signs. */
  signers: readonly Readonly<{ side: string; name: string; field: string }>[];
  list: Pick<PrintedTable, 'title' | 'columns' | 'shares' | 'rows' | 'after'>;
  frozenAt: Instant;
}>;

export type Minutes = Readonly<{ pdf: Uint8Array; pages: number }>;

/** PDF/A-3a with an empty field for each side. */
export async function minutesPdf(print: MinutesPrint): Promise<Minutes> {
  try {
    return await printed(print);
  } catch (error) {
    // A sign that somebody else's title came with must not keep the minutes from being signed.
    if (!(error instanceof AppError) || error.code !== 'typesetting.undrawn') throw error;
    return printed(boxed(print, String(error.params['letters']).split(' ')));
  }
}

async function printed({ frozenAt, ...print }: MinutesPrint): Promise<Minutes> {
  const document = layOut('minutes.typ', { print, frozen: frozenParts(frozenAt) });
  const pdf = await withFields(exportPdf(document, frozenAt), placesIn(document));
  return { pdf, pages: document.numOfPages };
}
