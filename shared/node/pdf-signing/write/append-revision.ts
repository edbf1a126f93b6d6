import { createHash } from 'node:crypto';
import type { PdfFile } from '../pdf/document.ts';
import { isArray, isString, name, type PdfDict, type PdfValue } from '../pdf/values.ts';
import { serialise } from './serialise.ts';

/** New states of objects; numbers from `firstFreeNumber` on are new objects. A Buffer is an object already written. */
export type ObjectChanges = ReadonlyMap<number, PdfValue | Buffer>;

export type Appended = Readonly<{
  /** The original bytes, untouched, and the new revision after them. */
  bytes: Buffer;
  /** Where each changed object's value starts in `bytes`. */
  valueAt: ReadonlyMap<number, number>;
}>;

/** The first object number no revision of the file has used. */
export function firstFreeNumber(file: PdfFile): number {
  let next = 1;
  for (const revision of file.revisions) {
    for (const section of revision.sections) {
      const size = section.trailer.entries.get('Size');
      if (typeof size === 'number') next = Math.max(next, size);
      for (const num of section.entries.keys()) next = Math.max(next, num + 1);
      next = Math.max(next, (section.streamNum ?? 0) + 1);
    }
  }
  return next;
}

/** Adds one revision after the file's bytes, with the kind of cross-reference section the last one has. */
export function appendRevision(file: PdfFile, changes: ObjectChanges): Appended {
  const parts: Uint8Array[] = [file.bytes, Buffer.from('\n')];
  let length = file.bytes.length + 1;
  const offsets = new Map<number, number>();
  const valueAt = new Map<number, number>();
  for (const [num, change] of [...changes].sort(([a], [b]) => a - b)) {
    const head = Buffer.from(`${num} 0 obj\n`);
    const value = Buffer.isBuffer(change) ? change : serialise(change);
    const tail = Buffer.from('\nendobj\n');
    offsets.set(num, length);
    valueAt.set(num, length + head.length);
    parts.push(head, value, tail);
    length += head.length + value.length + tail.length;
  }
  const section = writeSection({ file, offsets, at: length, parts });
  parts.push(section);
  return { bytes: Buffer.concat(parts), valueAt };
}

type Pending = Readonly<{
  file: PdfFile;
  offsets: ReadonlyMap<number, number>;
  at: number;
  parts: readonly Uint8Array[];
}>;

function writeSection(pending: Pending): Buffer {
  const last = pending.file.revisions.at(-1);
  const isStream = last?.sections[0]?.form === 'stream';
  const body = isStream ? streamSection(pending) : tableSection(pending);
  return Buffer.concat([body, Buffer.from(`startxref\n${pending.at}\n%%EOF\n`)]);
}

function tableSection(pending: Pending): Buffer {
  const size = Math.max(firstFreeNumber(pending.file), ...[...pending.offsets.keys()].map((num) => num + 1));
  const rows = runs(pending.offsets).map(
    (run) =>
      `${run[0]?.[0] ?? 0} ${run.length}\n${run.map(([, offset]) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('')}`,
  );
  return Buffer.concat([
    Buffer.from(`xref\n${rows.join('')}trailer\n`),
    serialise(trailerOf(pending, size)),
    Buffer.from('\n'),
  ]);
}

function streamSection(pending: Pending): Buffer {
  const own = Math.max(firstFreeNumber(pending.file), ...[...pending.offsets.keys()].map((num) => num + 1));
  const offsets = new Map([...pending.offsets, [own, pending.at] as const]);
  const groups = runs(offsets);
  const rows = Buffer.alloc(offsets.size * 6);
  let at = 0;
  for (const [, offset] of groups.flat()) {
    rows.writeUInt8(1, at);
    rows.writeUInt32BE(offset, at + 1);
    at += 6;
  }
  const trailer = trailerOf(pending, own + 1);
  const dict: PdfDict = {
    kind: 'dict',
    entries: new Map<string, PdfValue>([
      ['Type', name('XRef')],
      ['W', { kind: 'array', items: [1, 4, 1] }],
      ['Index', { kind: 'array', items: groups.flatMap((run) => [run[0]?.[0] ?? 0, run.length]) }],
      ...trailer.entries,
    ]),
  };
  return Buffer.concat([
    Buffer.from(`${own} 0 obj\n`),
    serialise({ kind: 'stream', dict, raw: rows }),
    Buffer.from('\nendobj\n'),
  ]);
}

function trailerOf(pending: Pending, size: number): PdfDict {
  const { file } = pending;
  const last = file.revisions.at(-1);
  const entries = new Map<string, PdfValue>([['Size', size]]);
  for (const key of ['Root', 'Info']) {
    const value = file.latest.trailer.entries.get(key);
    if (value !== undefined) entries.set(key, value);
  }
  const id = file.latest.resolve(file.latest.trailer.entries.get('ID'));
  if (isArray(id) && isString(id.items[0])) {
    const hash = createHash('sha256');
    for (const part of pending.parts.slice(1)) hash.update(part);
    const changed = { kind: 'string', bytes: hash.digest().subarray(0, 16) } as const;
    entries.set('ID', { kind: 'array', items: [id.items[0], changed] });
  }
  entries.set('Prev', last?.startXref ?? 0);
  return { kind: 'dict', entries };
}

/** Consecutive object numbers together, as cross-reference subsections want them. */
function runs(offsets: ReadonlyMap<number, number>): readonly (readonly (readonly [number, number])[])[] {
  const groups: (readonly [number, number])[][] = [];
  for (const pair of [...offsets].sort(([a], [b]) => a - b)) {
    const group = groups.at(-1);
    if (group !== undefined && group.at(-1)?.[0] === pair[0] - 1) group.push(pair);
    else groups.push([pair]);
  }
  return groups;
}
