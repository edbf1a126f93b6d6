import { instantFrom } from '../../kernel/public.ts';
import type { PageMark } from '../pdf-pages/public.ts';
import { exportPdf, layOut } from './compiler.ts';

/** What stands in the upper right corner of every page that a reader sees (TT 05/2025/TT-BNV: "BẢN SAO", size 10). */
export function cornerMark(text: string): PageMark {
  return { place: 'corner', look: lookOf(text, 'corner') };
}

/** One small line at the foot of every page that is printed; it covers nothing, since it has no ground. */
export function footMark(text: string): PageMark {
  return { place: 'foot', look: lookOf(text, 'foot') };
}

function lookOf(text: string, place: PageMark['place']): Uint8Array {
  return exportPdf(layOut('page-mark.typ', { text, place }), instantFrom(Date.UTC(2026, 0, 1)));
}
