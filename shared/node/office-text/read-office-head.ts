import { fromBufferPromise, type Entry, type ZipFile } from 'yauzl';
import { AppError } from '../../kernel/public.ts';
import { compoundLines, isCompound } from './compound-lines.ts';
import { readParagraphs, readSheet, readStrings } from './office-xml.ts';

const mostEntries = 5000;
const mostSheets = 8;
const officeNames = /\.(?:doc|xls|ppt)[xm]?$|\.(?:dot|xlt|pot)[xm]$|\.od[tsp]$/iu;
/** What stands above and below the pages, before the text itself: a mark may be there alone. */
const marginParts = /^(?:word\/(?:header|footer)\d*|styles)\.xml$/u;
const textParts = /^(?:word\/document|ppt\/slides\/slide1|content)\.xml$/u;
const sheetParts = /^xl\/worksheets\/sheet\d+\.xml$/u;
const stringsPart = 'xl/sharedStrings.xml';

/**
 * The first lines of a Word, Excel, PowerPoint or OpenDocument file, with its headers and footers; none for a file of
 * another kind. Throws `intake.office-unreadable` where it has a password, or is broken.
 */
export async function readOfficeHead({
  name,
  bytes,
}: Readonly<{ name: string; bytes: Uint8Array }>): Promise<readonly string[]> {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  try {
    if (isCompound(buffer)) return compoundLines(buffer);
    return isZip(buffer) ? await linesOf(buffer) : [];
  } catch (error) {
    if (!officeNames.test(name)) return [];
    throw new AppError('intake.office-unreadable', { name }, error);
  }
}

function isZip(buffer: Buffer): boolean {
  return buffer.length >= 4 && buffer.readUInt32LE(0) === 0x04034b50;
}

async function linesOf(buffer: Buffer): Promise<readonly string[]> {
  const zip = await fromBufferPromise(buffer);
  const parts = await partsOf(zip);
  const strings = parts.get(stringsPart);
  const shared = strings === undefined ? [] : await readStrings(await zip.openReadStreamPromise(strings));
  const lines: string[] = [];
  const inOrder = (kind: RegExp) => [...parts].filter(([path]) => kind.test(path));
  for (const [, entry] of [...inOrder(marginParts), ...inOrder(textParts)]) {
    lines.push(...(await readParagraphs(await zip.openReadStreamPromise(entry))));
  }
  for (const [, entry] of inOrder(sheetParts).slice(0, mostSheets)) {
    lines.push(...(await readSheet(await zip.openReadStreamPromise(entry), shared)));
  }
  return lines;
}

async function partsOf(zip: ZipFile): Promise<ReadonlyMap<string, Entry>> {
  const parts = new Map<string, Entry>();
  let entries = 0;
  for await (const entry of zip.eachEntry()) {
    entries += 1;
    if (entries > mostEntries) throw new Error('Too many entries');
    parts.set(entry.fileName, entry);
  }
  return parts;
}
