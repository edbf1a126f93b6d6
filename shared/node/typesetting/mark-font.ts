import { instantFrom } from '../../kernel/public.ts';
import { exportPdf, layOut } from './compiler.ts';

/** A small PDF that carries the upright legal font with the letters of a text, to take it from. */
export function markFont(text: string): Uint8Array {
  // Apart by spaces, so that no two letters are drawn as one.
  const letters = [...new Set(text.normalize('NFC').replaceAll(/\s/gu, ''))].toSorted().join(' ');
  return exportPdf(layOut('mark-font.typ', { letters }), instantFrom(Date.UTC(2026, 0, 1)));
}
