import { AppError, type Instant } from '../../kernel/public.ts';
import { boxed } from './boxed.ts';
import { exportPdf, frozenParts, layOut } from './compiler.ts';

export type RegisterPrint = Readonly<{
  title: string;
  agency: string;
  superior: string | null;
  year: number;
  /** The first and last day of what is printed, `DD/MM/YYYY`; null leaves the place open for the pen. */
  days: readonly [string, string] | null;
  /** The first and last number printed. */
  numbers: readonly [string, string] | null;
  /** What was asked for when it is not the whole year, in words. */
  period: string | null;
  columns: readonly string[];
  rows: readonly (readonly string[])[];
  printedOn: string;
  frozenAt: Instant;
}>;

/** A list of papers or files in the form of NĐ 30 PL5. */
export type ContentsPrint = Readonly<{
  title: string;
  agency: string;
  superior: string | null;
  /** What it is of, in lines under the title. */
  about: readonly string[];
  columns: readonly string[];
  /** How much room each column takes of the others'. */
  shares: readonly number[];
  rows: readonly (readonly string[])[];
  total: string;
  printedOn: string;
  frozenAt: Instant;
}>;

/** A register in the form of NĐ 30 PL4: a cover, then its columns numbered and repeated on every page. */
export function registerPdf(print: RegisterPrint): Uint8Array {
  return printed('register.typ', print);
}

export function contentsPdf(print: ContentsPrint): Uint8Array {
  return printed('contents.typ', print);
}

function printed(template: string, print: RegisterPrint | ContentsPrint): Uint8Array {
  try {
    return laidOut(template, print);
  } catch (error) {
    // A sign that somebody else's subject came with must not keep a whole list from being printed.
    if (!(error instanceof AppError) || error.code !== 'typesetting.undrawn') throw error;
    const undrawn = String(error.params['letters']).split(' ');
    return laidOut(template, { ...print, rows: boxed(print.rows, undrawn) });
  }
}

function laidOut(template: string, { frozenAt, ...print }: RegisterPrint | ContentsPrint): Uint8Array {
  return exportPdf(layOut(template, { print, frozen: frozenParts(frozenAt) }), frozenAt);
}
