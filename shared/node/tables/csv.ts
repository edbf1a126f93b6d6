import Papa from 'papaparse';

/** Rows as CSV in UTF-8 with a byte order mark, so that office programs read the Vietnamese letters. */
export function csvOf(columns: readonly string[], rows: readonly (readonly string[])[]): Uint8Array {
  const text = Papa.unparse({ fields: [...columns], data: rows.map((cells) => cells.map(harmless)) });
  return new TextEncoder().encode(`\uFEFF${text}`);
}

/** A cell that a spreadsheet would run as a formula is made text. */
function harmless(cell: string): string {
  return /^[=+\-@\t\r]/u.test(cell) ? `'${cell}` : cell;
}
