import type { Instant } from '../../kernel/public.ts';
import { exportPdf, frozenParts, layOut } from './compiler.ts';

export type RegisterPrint = Readonly<{
  title: string;
  agency: string;
  superior: string | null;
  year: number;
  /** The first and last day printed, `DD/MM/YYYY`; null for the whole year. */
  period: string | null;
  columns: readonly string[];
  rows: readonly (readonly string[])[];
  printedOn: string;
  frozenAt: Instant;
}>;

/** A register in the form of NĐ 30 PL4: a cover, then its columns numbered and repeated on every page. */
export function registerPdf({ frozenAt, ...print }: RegisterPrint): Uint8Array {
  return exportPdf(layOut('register.typ', { print, frozen: frozenParts(frozenAt) }), frozenAt);
}
