import writeXlsxFile, { type Cell, type CellObject, type SheetData } from 'write-excel-file/node';
import type { PrintedTable } from '../typesetting/public.ts';

/** The library names the kind of file its features write for each place it runs in, and exports none of them. */
type Feature = NonNullable<NonNullable<Parameters<typeof writeXlsxFile>[1]>['features']>[number];

const font = 'Times New Roman';
/** Characters of the usual size that fit between the margins of A4 landscape. */
const roomInCharacters = 128;
const mostInSheetName = 31;

/** As a workbook of one sheet; every cell is text, so nothing is computed and nothing loses its zeros. */
export async function xlsxOf(table: PrintedTable): Promise<Uint8Array> {
  const { columns, shares, rows } = table;
  const above = headLines(table).map((line) => acrossAll(line, columns.length));
  const heading = columns.map((name) => bordered(name, { fontWeight: 'bold', align: 'center' }));
  const places = columns.map((_name, place) =>
    bordered(`(${place + 1})`, { fontStyle: 'italic', align: 'center' }),
  );
  const cells = rows.map((row) => row.map((cell) => bordered(cell, { align: 'left' })));
  const below = table.after.map((line) => acrossAll({ value: line }, columns.length));
  const whole = shares.reduce((sum, share) => sum + share, 0);
  const sheet = sheetName(table.title);
  const everything: SheetData = [...above, heading, places, ...cells, ...below];
  const file = writeXlsxFile(
    everything,
    {
      sheet,
      orientation: 'landscape',
      stickyRowsCount: above.length + 2,
      columns: shares.map((share) => ({ width: Math.round((share / whole) * roomInCharacters) })),
    },
    { fontFamily: font, fontSize: 11, features: [repeated(sheet, above.length + 1)] },
  );
  return new Uint8Array(await file.toBuffer());
}

function headLines({ superior, agency, title, cover, about }: PrintedTable): CellObject[] {
  return [
    ...(superior === null ? [] : [{ value: superior.toUpperCase() }]),
    { value: agency.toUpperCase(), fontWeight: 'bold' },
    { value: title.toUpperCase(), fontWeight: 'bold', fontSize: 14, align: 'center' },
    ...[...(cover ?? []), ...about].map((value) => ({ value, align: 'center' as const })),
    { value: '' },
  ];
}

function acrossAll(line: CellObject, columnSpan: number): Cell[] {
  return [{ type: String, ...line, columnSpan }, ...Array.from({ length: columnSpan - 1 }, () => null)];
}

function bordered(value: string, look: Partial<CellObject>): Cell {
  return { value, type: String, wrap: true, alignVertical: 'top', borderStyle: 'thin', ...look };
}

/** The heading and the columns' numbers stand on every printed page. */
function repeated(sheet: string, row: number): Feature {
  const name = `<definedName name="_xlnm.Print_Titles" localSheetId="0">'${sheet}'!$${row}:$${row + 1}</definedName>`;
  return {
    files: {
      transform: {
        'xl/workbook.xml': {
          transform: (xml) =>
            xml.replace(
              /<definedNames\s*(?:\/>|>(?<inside>.*?)<\/definedNames>)/su,
              (_all, inside: string | undefined) => `<definedNames>${inside ?? ''}${name}</definedNames>`,
            ),
        },
      },
    },
  };
}

/** A sheet is called by at most 31 letters, and some signs have a meaning there. */
function sheetName(title: string): string {
  return title
    .replaceAll(/[\\/*?:[\]'<>&"]/gu, ' ')
    .slice(0, mostInSheetName)
    .trim();
}
