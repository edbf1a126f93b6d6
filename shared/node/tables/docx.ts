import type { PrintedTable } from '../typesetting/public.ts';
import { zipOf } from '../files/public.ts';
import { docxParts, escaped } from './docx-parts.ts';

/** In half points, as the printed table has them. */
const size = { title: 28, cover: 52, line: 24, cell: 21 } as const;
/** A4 lying, and its margins, in twentieths of a point as word processors count. */
const page = { width: 16_838, height: 11_906, top: 1134, bottom: 850, left: 1134, right: 850, header: 567 };
const room = page.width - page.left - page.right;

type Look = Readonly<{ size: number; bold?: boolean; italic?: boolean; center?: boolean }>;

/**
 * As a text file of A4 landscape; the heading repeats on every page and no row is torn in two. Written as text: a library
 * that keeps an object for each run takes twenty seconds and 1.4 GB for ten thousand rows.
 */
export function docxOf(table: PrintedTable): Uint8Array {
  const isRegister = table.cover !== null;
  const head = (titleSize: number): string[] => [
    ...(table.superior === null ? [] : [paragraph(table.superior.toUpperCase(), { size: size.line })]),
    paragraph(table.agency.toUpperCase(), { size: size.line, bold: true }),
    paragraph(table.title.toUpperCase(), { size: titleSize, bold: true, center: true }),
  ];
  const centred = (lines: readonly string[], of: number): string[] =>
    lines.map((line) => paragraph(line, { size: of, center: true }));
  const body = [
    // PL4 I.1, VI.1: cover and first page.
    ...(isRegister
      ? [...head(size.cover), ...centred(table.cover, size.title), coverEnds]
      : head(size.title)),
    ...centred(table.about, size.line),
    tableXml(table),
    ...table.after.map((line) => paragraph(line, { size: size.cell })),
    section('<w:headerReference w:type="default" r:id="rId2"/>', '<w:pgNumType w:start="1"/>'),
  ];
  return zipOf(
    docxParts(body.join(''), table).map(({ name, text }) => ({ name, bytes: Buffer.from(text, 'utf8') })),
  );
}

function tableXml({ columns, shares, rows }: PrintedTable): string {
  const whole = shares.reduce((sum, share) => sum + share, 0);
  const widths = shares.map((share) => Math.floor((share / whole) * room));
  const cellsOf = (cells: readonly string[], look: Look): string =>
    cells
      .map((cell, place) => {
        const middle = look.center === true ? '<w:vAlign w:val="center"/>' : '';
        const width = `<w:tcW w:w="${widths[place] ?? 0}" w:type="dxa"/>`;
        return `<w:tc><w:tcPr>${width}${middle}</w:tcPr>${paragraph(cell, look)}</w:tc>`;
      })
      .join('');
  const heading = (cells: readonly string[], look: Look): string =>
    `<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>${cellsOf(cells, { ...look, center: true })}</w:tr>`;
  return [
    `<w:tbl><w:tblPr><w:tblW w:w="${room}" w:type="dxa"/><w:tblBorders>${borders}</w:tblBorders>`,
    `<w:tblLayout w:type="fixed"/><w:tblCellMar>${cellMargins}</w:tblCellMar></w:tblPr>`,
    `<w:tblGrid>${widths.map((width) => `<w:gridCol w:w="${width}"/>`).join('')}</w:tblGrid>`,
    heading(columns, { size: size.cell, bold: true }),
    heading(
      columns.map((_name, place) => `(${place + 1})`),
      { size: size.cell, italic: true },
    ),
    ...rows.map(
      (cells) => `<w:tr><w:trPr><w:cantSplit/></w:trPr>${cellsOf(cells, { size: size.cell })}</w:tr>`,
    ),
    '</w:tbl>',
  ].join('');
}

const borders = ['top', 'left', 'bottom', 'right', 'insideH', 'insideV']
  .map((side) => `<w:${side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>`)
  .join('');
const cellMargins = ['top', 'left', 'bottom', 'right']
  .map((side) => `<w:${side} w:w="50" w:type="dxa"/>`)
  .join('');

function paragraph(text: string, { center = false, ...look }: Look): string {
  const run = [
    look.bold === true ? '<w:b/>' : '',
    look.italic === true ? '<w:i/>' : '',
    `<w:sz w:val="${look.size}"/>`,
  ].join('');
  const lines = text
    .split('\n')
    .map((line) => `<w:t xml:space="preserve">${escaped(line)}</w:t>`)
    .join('<w:br/>');
  const place = center ? '<w:pPr><w:jc w:val="center"/></w:pPr>' : '';
  return `<w:p>${place}<w:r><w:rPr>${run}</w:rPr>${lines}</w:r></w:p>`;
}

function section(before: string, after: string): string {
  const { top, bottom, left, right, header } = page;
  const margins = `w:top="${top}" w:right="${right}" w:bottom="${bottom}" w:left="${left}" w:header="${header}"`;
  const sheet = `<w:pgSz w:w="${page.width}" w:h="${page.height}" w:orient="landscape"/>`;
  return `<w:sectPr>${before}${sheet}<w:pgMar ${margins} w:footer="0" w:gutter="0"/>${after}</w:sectPr>`;
}

const coverEnds = `<w:p><w:pPr>${section('', '')}</w:pPr></w:p>`;
