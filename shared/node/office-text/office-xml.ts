import { SaxesParser, type SaxesTagNS } from 'saxes';

/** The bytes of one part as they are unpacked: read no further than is needed. */
export type Pieces = AsyncIterable<unknown>;

/** A mark stands at the head: lines of text that are looked at, and rows of a table. */
const headLines = 60;
const headRows = 8;
const mostBytes = 4 * 1024 * 1024;
const mostStrings = 5000;
const mostDepth = 200;

type Handler = Readonly<{
  open: (tag: SaxesTagNS) => void;
  close: (local: string) => void;
  text: (text: string) => void;
  isEnough: () => boolean;
}>;

/** Paragraphs of a text or a slide (ECMA-376) or of an OpenDocument file, one in a box of another too. */
export async function readParagraphs(pieces: Pieces): Promise<readonly string[]> {
  const lines: string[] = [];
  const open: string[] = [];
  let isOpenDocument = false;
  let within = 0;
  const add = (text: string): void => {
    const last = open.pop();
    if (last !== undefined) open.push(last + text);
  };
  await read(pieces, {
    open: ({ local, uri, attributes }) => {
      isOpenDocument ||= uri.startsWith('urn:oasis:names:tc:opendocument');
      if (local === 'p' || local === 'h') open.push('');
      else if (local === 't') within += 1;
      else if (local === 'tab' || local === 's') add(' ');
      else if (local === 'br' || local === 'cr' || local === 'line-break') add('\n');
      // WordArt, as a stamp or across the page.
      else if (local === 'textpath') lines.push(attributes['string']?.value ?? '');
    },
    close: (local) => {
      if (local === 't') within -= 1;
      if (local === 'p' || local === 'h') lines.push(...(open.pop() ?? '').split('\n'));
    },
    text: (text) => {
      if (isOpenDocument || within > 0) add(text);
    },
    isEnough: () => lines.length > headLines,
  });
  return lines;
}

/** What cells name by number, in order. */
export async function readStrings(pieces: Pieces): Promise<readonly string[]> {
  const strings: string[] = [];
  let text = '';
  let within = 0;
  await read(pieces, {
    open: ({ local }) => {
      if (local === 'si') text = '';
      if (local === 't') within += 1;
    },
    close: (local) => {
      if (local === 't') within -= 1;
      if (local === 'si') strings.push(text);
    },
    text: (piece) => {
      if (within > 0) text += piece;
    },
    isEnough: () => strings.length >= mostStrings,
  });
  return strings;
}

/** The cells of the first rows, and what is printed above and below every page. */
export async function readSheet(pieces: Pieces, shared: readonly string[]): Promise<readonly string[]> {
  const cells: string[] = [];
  const margins: string[] = [];
  let row = 0;
  let kind = '';
  let text = '';
  await read(pieces, {
    open: ({ local, attributes }) => {
      if (local === 'row') row += 1;
      if (local === 'c') kind = attributes['t']?.value ?? '';
      if (local === 'c' || /(?:Header|Footer)$/u.test(local)) text = '';
    },
    close: (local) => {
      if (local === 'c' && row <= headRows) {
        cells.push(...((kind === 's' ? shared[Number(text)] : text) ?? '').split('\n'));
      }
      // `&C&"Arial,Bold"&12MẬT`: sides, fonts and sizes.
      if (/(?:odd|even|first)(?:Header|Footer)$/u.test(local)) {
        margins.push(...text.replace(/&(?:"[^"]*"|\d+|[^LCR])/gu, '').split(/&[LCR]/u));
      }
    },
    text: (piece) => {
      text += piece;
    },
    isEnough: () => false,
  });
  return [...margins, ...cells];
}

async function read(pieces: Pieces, handler: Handler): Promise<void> {
  const parser = new SaxesParser({ xmlns: true });
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let depth = 0;
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('doctype', () => {
    throw new Error('No office program writes a DOCTYPE');
  });
  parser.on('opentag', (tag) => {
    depth += 1;
    if (depth > mostDepth) throw new Error('Too deep');
    handler.open(tag);
  });
  parser.on('closetag', ({ local }) => {
    depth -= 1;
    handler.close(local);
  });
  for (const kind of ['text', 'cdata'] as const) parser.on(kind, handler.text);
  let bytes = 0;
  for await (const piece of pieces) {
    if (!(piece instanceof Uint8Array)) continue;
    bytes += piece.length;
    parser.write(decoder.decode(piece, { stream: true }));
    if (bytes > mostBytes || handler.isEnough()) return;
  }
  parser.close();
}
