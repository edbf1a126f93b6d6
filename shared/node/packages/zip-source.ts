import type { Readable } from 'node:stream';
import { crc32 } from 'node:zlib';
import { openPromise, type Entry, type LocalFileHeader, type ZipFile } from 'yauzl';
import { findingCodes, type FindingCode } from './findings.ts';
import { faultInPath, openClashCheck } from './path-check.ts';
import type { Source, SourceEntry, SourceParts } from './source.ts';

/**
 * A package in a ZIP, read where it lies: nothing is unpacked. What another program could read otherwise than we do
 * (names or sizes that differ, contents that overlap, odd entries) is told and left alone.
 */
export async function openZipSource({ path: file, limits, findings }: SourceParts): Promise<Source | null> {
  const zip = await openPromise(file, { autoClose: false, decodeStrings: false }).catch(() => null);
  if (zip === null) {
    findings.add('zip-broken', file);
    return null;
  }
  const entries = new Map<string, SourceEntry>();
  const spans: Span[] = [];
  const clashes = openClashCheck(findings);
  try {
    for await (const entry of zip.eachEntry()) {
      if (spans.length >= limits.mostEntries) {
        findings.add('too-many-entries', file, { limit: limits.mostEntries });
        break;
      }
      const local = await zip.readLocalFileHeaderPromise(entry);
      const { path, where, faults } = judge(entry, local, limits);
      const end = local.fileDataStart + entry.compressedSize;
      spans.push({ start: entry.relativeOffsetOfLocalHeader, end, size: entry.uncompressedSize, where });
      for (const fault of faults) findings.add(fault, where);
      if (path === null || path.endsWith('/')) continue;
      if (clashes.add(path) && faults.length === 0) entries.set(path, entryOf(zip, entry, local));
    }
  } catch (error) {
    const isLocked = error instanceof Error && /encrypt/i.test(error.message);
    findings.add(isLocked ? 'zip-encrypted' : 'zip-broken', file);
  }
  clashes.end();
  for (const where of overlapping(spans)) findings.add('zip-overlap', where);
  if (isTooMuch(spans, file, { limits, findings })) {
    // Whoever packed this wants to fill a disk; nothing more of it is read.
    zip.close();
    return null;
  }
  return { entries, close: () => zip.close() };
}

type Span = Readonly<{ start: number; end: number; size: number; where: string }>;

type Judged = Readonly<{ path: string | null; where: string; faults: readonly FindingCode[] }>;

function judge(entry: Entry, local: LocalFileHeader, limits: SourceParts['limits']): Judged {
  const path = nameOf(entry.fileNameRaw);
  const ofPath = path === null ? null : faultInPath(path.replace(/\/$/, ''));
  const faults: FindingCode[] = [...faultsOf(entry, local)];
  if (path === null) faults.push('path-encoding');
  if (ofPath !== null) faults.push(ofPath);
  if (isSwollen(entry, limits)) faults.push('zip-ratio');
  return { path, where: path ?? entry.fileNameRaw.toString('latin1'), faults };
}

function nameOf(bytes: Buffer): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}

const flags = {
  encrypted: 0x0001,
  sizesFollow: 0x0008,
  strong: 0x0040,
  utf8: 0x0800,
  masked: 0x2000,
} as const;
const kinds = { mask: 0xf000, none: 0, file: 0x8000, folder: 0x4000, link: 0xa000 } as const;
const otherNameField = 0x7075;

function faultsOf(entry: Entry, local: LocalFileHeader): readonly FindingCode[] {
  const mode = (entry.externalFileAttributes >>> 16) & kinds.mask;
  const marks = entry.generalPurposeBitFlag | local.generalPurposeBitFlag;
  const isNamedTwice = entry.extraFields.some(({ id }) => id === otherNameField);
  const isPlain = /^[\x20-\x7e]*$/.test(entry.fileNameRaw.toString('latin1'));
  const isFolder = entry.fileNameRaw.at(-1) === 0x2f;
  const isOdd = mode !== kinds.none && mode !== (isFolder ? kinds.folder : kinds.file);
  const faults: Readonly<Partial<Record<FindingCode, boolean>>> = {
    link: mode === kinds.link,
    'odd-entry': (isOdd && mode !== kinds.link) || (isFolder && entry.uncompressedSize !== 0),
    'zip-encrypted': (marks & (flags.encrypted | flags.strong | flags.masked)) !== 0,
    'zip-method': entry.compressionMethod !== 0 && entry.compressionMethod !== 8,
    // Without the mark other programs read such a name in a code page of theirs.
    'path-encoding': !isPlain && (entry.generalPurposeBitFlag & flags.utf8) === 0,
    'zip-names-differ': isNamedTwice || !local.fileName.equals(entry.fileNameRaw),
    'zip-sizes-differ': !agree(entry, local),
  };
  return findingCodes.filter((code) => faults[code] === true);
}

function agree(entry: Entry, local: LocalFileHeader): boolean {
  if (local.compressionMethod !== entry.compressionMethod) return false;
  if ((local.generalPurposeBitFlag & flags.sizesFollow) !== 0) return true;
  const same = (there: number, here: number): boolean => here === there || here === 0xffff_ffff;
  return (
    local.crc32 === entry.crc32 &&
    same(entry.compressedSize, local.compressedSize) &&
    same(entry.uncompressedSize, local.uncompressedSize)
  );
}

function isSwollen({ uncompressedSize, compressedSize }: Entry, limits: SourceParts['limits']): boolean {
  return uncompressedSize > limits.ratioFromBytes && uncompressedSize > compressedSize * limits.mostRatio;
}

function isTooMuch(
  spans: readonly Span[],
  file: string,
  { limits, findings }: Pick<SourceParts, 'limits' | 'findings'>,
): boolean {
  const bytes = spans.reduce((sum, { size }) => sum + size, 0);
  const packed = spans.reduce((sum, { start, end }) => sum + end - start, 0);
  const isTooLarge = bytes > limits.mostBytes;
  const isBomb = bytes > limits.ratioFromBytes && bytes > packed * limits.mostRatio;
  if (isTooLarge) findings.add('total-size', file, { limit: limits.mostBytes });
  if (isBomb) findings.add('zip-ratio', file);
  return isTooLarge || isBomb;
}

/** Entries that share bytes: a small file that unpacks to petabytes is built this way. */
function* overlapping(spans: Span[]): Generator<string> {
  let reached = 0;
  for (const { start, end, where } of spans.toSorted((a, b) => a.start - b.start)) {
    if (start < reached) yield where;
    reached = Math.max(reached, end);
  }
}

function entryOf(zip: ZipFile, entry: Entry, { fileDataStart }: LocalFileHeader): SourceEntry {
  const { uncompressedSize: size, compressedSize, compressionMethod, crc32: crc } = entry;
  return {
    size,
    async *open() {
      const isPacked = compressionMethod === 8;
      const stream = await new Promise<Readable>((resolve, reject) => {
        const range = [fileDataStart, compressedSize, 0, compressedSize] as const;
        zip.openReadStreamLowLevel(...range, isPacked, size, (error, opened) => {
          if (error === null) resolve(opened);
          else reject(error);
        });
      });
      let found = 0;
      for await (const piece of stream) {
        if (!(piece instanceof Uint8Array)) continue;
        found = crc32(piece, found);
        yield piece;
      }
      if (found !== crc) throw new Error('The check sum of the entry is wrong');
    },
  };
}
