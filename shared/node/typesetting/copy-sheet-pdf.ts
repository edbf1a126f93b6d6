import { AppError, type Instant } from '../../kernel/public.ts';
import { boxed } from './boxed.ts';
import { exportPdf, frozenParts, layOut } from './compiler.ts';

/** What makes printed pages a copy (NĐ 30 PL1 phần II, PL3 mẫu 3.1): every word of it. */
export type CopySheet = Readonly<{
  superior: string | null;
  agency: string;
  form: string;
  notation: string;
  placeAndDay: string;
  recipientsHead: string;
  recipients: readonly string[];
  /** How the signer signs, in lines above the place of the signature. */
  signs: readonly string[];
  signer: string;
  frozenAt: Instant;
}>;

export function copySheetPdf(sheet: CopySheet): Uint8Array {
  try {
    return laidOut(sheet);
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'typesetting.undrawn') throw error;
    return laidOut(boxed(sheet, String(error.params['letters']).split(' ')));
  }
}

function laidOut({ frozenAt, ...print }: CopySheet): Uint8Array {
  return exportPdf(layOut('copy-sheet.typ', { print, frozen: frozenParts(frozenAt) }), frozenAt);
}
