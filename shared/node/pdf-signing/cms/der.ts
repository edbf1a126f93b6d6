/** One DER element: its tag byte, where its content lies, and its children when constructed. */
export type DerNode = Readonly<{
  tag: number;
  /** The whole element with its header. */
  whole: Uint8Array;
  content: Uint8Array;
  children: readonly DerNode[];
}>;

export const tag = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  null: 0x05,
  oid: 0x06,
  enumerated: 0x0a,
  utf8: 0x0c,
  sequence: 0x30,
  set: 0x31,
  utcTime: 0x17,
  generalizedTime: 0x18,
} as const;

const maxDepth = 40;

export class DerError extends Error {
  override readonly name = 'DerError';
}

/** Reads the first element; BER's indefinite lengths are read too, as some signing tools write them. */
export function readDer(bytes: Uint8Array, depth = 0): DerNode {
  if (depth > maxDepth) throw new DerError('nested too deeply');
  const first = bytes[0];
  if (first === undefined || (first & 0x1f) === 0x1f) throw new DerError('no short tag');
  const constructed = (first & 0x20) !== 0;
  const header = readLength(bytes);
  if (header.length === null) {
    if (!constructed) throw new DerError('an endless primitive');
    return readEndless(bytes, first, depth);
  }
  const end = header.start + header.length;
  if (end > bytes.length) throw new DerError('cut short');
  const content = bytes.subarray(header.start, end);
  return {
    tag: first,
    whole: bytes.subarray(0, end),
    content,
    children: constructed ? readAll(content, depth + 1) : [],
  };
}

/** How many bytes the first element takes with its header. */
export function lengthOfFirst(bytes: Uint8Array): number {
  const { start, length } = readLength(bytes);
  return length === null ? readDer(bytes).whole.length : start + length;
}

/** Reads a row of elements that fills the bytes exactly. */
export function readAll(bytes: Uint8Array, depth = 0): readonly DerNode[] {
  const nodes: DerNode[] = [];
  let at = 0;
  while (at < bytes.length) {
    const node = readDer(bytes.subarray(at), depth);
    nodes.push(node);
    at += node.whole.length;
  }
  return nodes;
}

/** The child at a place; throws when it is not there or has another tag. */
export function child(node: DerNode | undefined, index: number, expected?: number): DerNode {
  const found = node?.children[index];
  if (found === undefined) throw new DerError(`no element ${index}`);
  if (expected !== undefined && found.tag !== expected) throw new DerError(`unexpected tag ${found.tag}`);
  return found;
}

export function readOid(node: DerNode): string {
  if (node.tag !== tag.oid || node.content.length === 0) throw new DerError('not an object identifier');
  const parts: number[] = [];
  let value = 0;
  for (const byte of node.content) {
    value = value * 128 + (byte & 0x7f);
    if (value > Number.MAX_SAFE_INTEGER / 128) throw new DerError('an identifier out of range');
    if ((byte & 0x80) === 0) {
      parts.push(value);
      value = 0;
    }
  }
  const head = parts[0] ?? 0;
  const top = Math.min(2, Math.floor(head / 40));
  return [top, head - top * 40, ...parts.slice(1)].join('.');
}

/** UTCTime or GeneralizedTime in milliseconds since 1970; only the Z forms of RFC 5280 and RFC 3161, and real dates. */
export function readTime(node: DerNode): number {
  const text = Buffer.from(node.content).toString('latin1');
  const pattern =
    node.tag === tag.utcTime
      ? /^(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})()Z$/
      : /^(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})(\.\d{1,9})?Z$/;
  const match = pattern.exec(text);
  if (match === null) throw new DerError('not a time');
  const [year = 0, month = 0, ...rest] = match.slice(1, 7).map(Number);
  const full = node.tag === tag.utcTime ? year + (year < 50 ? 2000 : 1900) : year;
  const [day = 0, hour = 0, minute = 0, second = 0] = rest;
  const ms = Date.UTC(full, month - 1, day, hour, minute, second);
  // A month 13 or a second 60 would silently become another moment.
  const spelt = [full, month, day, hour, minute, second]
    .map((part) => String(part).padStart(2, '0'))
    .join(':');
  if (new Date(ms).toISOString().slice(0, 19).replaceAll(/[-T]/g, ':') !== spelt.padStart(19, '0')) {
    throw new DerError('no such moment');
  }
  return ms + Number((match[7] ?? '').slice(1, 4).padEnd(3, '0'));
}

/** Writes an element from its content parts. */
export function der(tagByte: number, ...parts: readonly Uint8Array[]): Uint8Array {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  return Buffer.concat([Uint8Array.of(tagByte), lengthBytes(length), ...parts]);
}

export function derOid(dotted: string): Uint8Array {
  const [top = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  const bytes = [top * 40 + second, ...rest].flatMap(base128);
  return der(tag.oid, Uint8Array.from(bytes));
}

/** A SET OF in DER order: members sorted by their bytes. */
export function derSetOf(members: readonly Uint8Array[], tagByte: number = tag.set): Uint8Array {
  return der(tagByte, ...[...members].sort((a, b) => Buffer.compare(a, b)));
}

export function derSmallInteger(value: number): Uint8Array {
  return der(tag.integer, Uint8Array.of(value));
}

/** An INTEGER of a number given as unsigned big-endian bytes. */
export function derUnsigned(bytes: Uint8Array): Uint8Array {
  const first = bytes.findIndex((byte) => byte !== 0);
  const short = first < 0 ? Uint8Array.of(0) : bytes.subarray(first);
  const isNegative = ((short[0] ?? 0) & 0x80) !== 0;
  return der(tag.integer, ...(isNegative ? [Uint8Array.of(0)] : []), short);
}

export const derNull: Uint8Array = Uint8Array.of(tag.null, 0);

function readLength(bytes: Uint8Array): { start: number; length: number | null } {
  const first = bytes[1];
  if (first === undefined) throw new DerError('cut short');
  if (first < 0x80) return { start: 2, length: first };
  if (first === 0x80) return { start: 2, length: null };
  const count = first & 0x7f;
  if (count > 4 || bytes.length < 2 + count) throw new DerError('a length out of range');
  let length = 0;
  for (let i = 0; i < count; i++) length = length * 256 + (bytes[2 + i] ?? 0);
  return { start: 2 + count, length };
}

function readEndless(bytes: Uint8Array, first: number, depth: number): DerNode {
  const children: DerNode[] = [];
  let at = 2;
  while (bytes[at] !== 0 || bytes[at + 1] !== 0) {
    if (at >= bytes.length) throw new DerError('cut short');
    const node = readDer(bytes.subarray(at), depth + 1);
    children.push(node);
    at += node.whole.length;
  }
  return { tag: first, whole: bytes.subarray(0, at + 2), content: bytes.subarray(2, at), children };
}

function lengthBytes(length: number): Uint8Array {
  if (length < 0x80) return Uint8Array.of(length);
  const bytes: number[] = [];
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) bytes.unshift(rest % 256);
  return Uint8Array.of(0x80 | bytes.length, ...bytes);
}

function base128(value: number): number[] {
  const bytes = [value & 0x7f];
  for (let rest = Math.floor(value / 128); rest > 0; rest = Math.floor(rest / 128)) {
    bytes.unshift((rest & 0x7f) | 0x80);
  }
  return bytes;
}
