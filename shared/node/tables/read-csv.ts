import Papa from 'papaparse';

/** One line that is not blank, under the number the spreadsheet shows for it. */
export type CsvRow = Readonly<{ cells: readonly string[]; line: number }>;

type CsvLetters = 'utf-8' | 'utf-16' | 'windows-1258';

/** Separated by comma, semicolon or tab, as office programs write it in different countries. */
export function csvRows(text: string): CsvRow[] {
  const { data } = Papa.parse<string[]>(text.trim(), { delimitersToGuess: [',', ';', '\t'] });
  return data
    .map((row, index) => ({ cells: row.map((cell) => plain(cell)), line: index + 1 }))
    .filter(({ cells }) => cells.some((cell) => cell !== ''));
}

/**
 * The text of a CSV in whichever letters it was kept: UTF-8 with or without its mark, UTF-16 as Excel's “Unicode text”, or
 * Windows-1258, in which any bytes are some text: a person has to look at what came out of it.
 */
export function csvText(bytes: Uint8Array): Readonly<{ text: string; letters: CsvLetters }> {
  const utf16 = bytes[0] === 0xff && bytes[1] === 0xfe;
  if (utf16) return decoded(bytes, 'utf-16');
  try {
    return {
      text: new TextDecoder('utf-8', { fatal: true }).decode(bytes).normalize('NFC'),
      letters: 'utf-8',
    };
  } catch {
    return decoded(bytes, 'windows-1258');
  }
}

function decoded(bytes: Uint8Array, letters: 'utf-16' | 'windows-1258') {
  // Windows-1258 writes tones apart from their letters.
  return { text: new TextDecoder(letters).decode(bytes).normalize('NFC'), letters };
}

/** Without the apostrophe that kept a spreadsheet from running the cell (`csv.ts`). */
function plain(cell: string): string {
  return cell.trim().replace(/^'(?=[=+\-@])/u, '');
}
