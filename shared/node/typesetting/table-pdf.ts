import { AppError, type Instant } from '../../kernel/public.ts';
import { boxed } from './boxed.ts';
import { exportPdf, frozenParts, layOut } from './compiler.ts';

/** A list or a register as it goes out on paper: every word of it, nothing left to decide. */
export type PrintedTable = Readonly<{
  title: string;
  agency: string;
  superior: string | null;
  /** The lines of a register's cover (NĐ 30 PL4); null for a list that has none. */
  cover: readonly string[] | null;
  /** What it is of, in lines under the title. */
  about: readonly string[];
  columns: readonly string[];
  /** How much room each column takes of the others'. */
  shares: readonly number[];
  rows: readonly (readonly string[])[];
  /** How much it is and when it was made, in lines below. */
  after: readonly string[];
  /** Who signs at the foot, side by side. */
  signers?: readonly Readonly<{ role: string; name: string }>[];
  frozenAt: Instant;
}>;

/** A list in the form of NĐ 30 PL5, or a register in that of PL4: its columns numbered and repeated on every page. */
export function tablePdf(table: PrintedTable): Uint8Array {
  try {
    return laidOut(table);
  } catch (error) {
    // A sign that somebody else's subject came with must not keep a whole list from being printed.
    if (!(error instanceof AppError) || error.code !== 'typesetting.undrawn') throw error;
    const undrawn = String(error.params['letters']).split(' ');
    return laidOut({ ...table, rows: boxed(table.rows, undrawn) });
  }
}

function laidOut({ frozenAt, ...print }: PrintedTable): Uint8Array {
  return exportPdf(
    layOut('table.typ', { print: { signers: [], ...print }, frozen: frozenParts(frozenAt) }),
    frozenAt,
  );
}
