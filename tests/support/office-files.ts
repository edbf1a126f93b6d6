import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DOMParser } from '@xmldom/xmldom';
import Papa from 'papaparse';
import { judgesIn } from './pdf-judges.ts';

/** Office files as a stranger reads them: taken apart by `unzip`, and the XML looked at. */
export function officeFilesIn(folder: string) {
  const { run } = judgesIn(folder);
  const part = (name: string, bytes: Uint8Array, path: string): string => {
    writeFileSync(join(folder, name), bytes);
    run('unzip', '-tqq', name);
    // unzip reads square brackets as a pattern.
    return run('unzip', '-p', name, path);
  };
  const parsed = (xml: string) => new DOMParser().parseFromString(xml, 'text/xml');
  return {
    part,
    pdf: (bytes: Uint8Array): string => {
      writeFileSync(join(folder, 'read.pdf'), bytes);
      run('qpdf', '--check', 'read.pdf');
      return run('pdftotext', '-layout', 'read.pdf', '-');
    },
    csv: (bytes: Uint8Array): string[][] => {
      const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
      if (!text.startsWith('\uFEFF')) throw new Error('Spreadsheets would misread it');
      return Papa.parse<string[]>(text.slice(1)).data;
    },
    /** The rows of the table, its heading first. */
    docx: (bytes: Uint8Array): string[][] => {
      const xml = parsed(part('read.docx', bytes, 'word/document.xml'));
      return Array.from(xml.getElementsByTagName('w:tr'), (row) =>
        Array.from(row.getElementsByTagName('w:tc'), (cell) =>
          Array.from(cell.getElementsByTagName('w:t'), (text) => text.textContent ?? '').join(''),
        ),
      );
    },
    /** Every row of the sheet as shown: what stands above the table too. */
    xlsx: (bytes: Uint8Array): string[][] => {
      const shared = Array.from(
        parsed(part('read.xlsx', bytes, 'xl/sharedStrings.xml')).getElementsByTagName('si'),
        (text) => text.textContent ?? '',
      );
      const sheet = parsed(part('read.xlsx', bytes, 'xl/worksheets/sheet1.xml'));
      return Array.from(sheet.getElementsByTagName('row'), (row) =>
        Array.from(row.getElementsByTagName('c'), (cell) => {
          const value = cell.getElementsByTagName('v').item(0)?.textContent ?? null;
          if (value === null) return '';
          if (cell.getAttribute('t') !== 's') throw new Error(`A cell that is not text: ${value}`);
          return shared[Number(value)] ?? '';
        }),
      );
    },
  };
}
