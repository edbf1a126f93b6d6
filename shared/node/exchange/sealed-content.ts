import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { AppError } from '../../kernel/public.ts';
import { der, derOid, derSmallInteger, derTag } from '../pdf-signing/public.ts';

/**
 * CMS AuthEnvelopedData (RFC 5083) in one fixed form: AES-256-GCM (RFC 5084), one recipient, DER. There is nothing to choose, so
 * nothing to talk anybody down to; whatever is written otherwise is refused unread. `openssl cms -decrypt` opens it.
 */
const oids = {
  authEnvelopedData: '1.2.840.113549.1.9.16.1.23',
  data: '1.2.840.113549.1.7.1',
  aes256Gcm: '2.16.840.1.101.3.4.1.46',
} as const;

export const keyBytes = 32;
export const nonceBytes = 12;
const macBytes = 16;
const contentTag = 0x80;
/** Longer than the head of any message of this form. */
export const mostHeadBytes = 4096;

export type ContentKey = Uint8Array;

export function newContentKey(): ContentKey {
  return new Uint8Array(randomBytes(keyBytes));
}

type Bytes = AsyncIterable<Uint8Array> | Iterable<Uint8Array>;

/** Seals a stream of known length for one recipient, in the memory of one piece. */
export async function* sealContent(
  plain: Bytes,
  {
    size,
    key,
    recipient,
    nonce = new Uint8Array(randomBytes(nonceBytes)),
  }: Readonly<{ size: number; key: ContentKey; recipient: Uint8Array; nonce?: Uint8Array }>,
): AsyncGenerator<Uint8Array, void> {
  yield headOf({ recipient, nonce, size });
  const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: macBytes });
  let sealed = 0;
  for await (const piece of plain) {
    sealed += piece.length;
    yield cipher.update(piece);
  }
  if (sealed !== size) throw new Error('The length was told wrong');
  cipher.final();
  yield der(derTag.octetString, cipher.getAuthTag());
}

export type SealedHead = Readonly<{ recipient: Uint8Array; nonce: Uint8Array; size: number; bytes: number }>;

/** Reads the beginning of a sealed message; anything that is not written as `sealContent` writes it is refused. */
export function readHead(start: Uint8Array): SealedHead {
  try {
    const at = { place: 0 };
    enter(start, at, derTag.sequence);
    skip(start, at, derTag.oid);
    enter(start, at, 0xa0);
    enter(start, at, derTag.sequence);
    skip(start, at, derTag.integer);
    const recipients = enter(start, at, derTag.set);
    const recipient = start.slice(at.place, at.place + recipients);
    at.place += recipients;
    enter(start, at, derTag.sequence);
    skip(start, at, derTag.oid);
    const algorithm = enter(start, at, derTag.sequence);
    const parameters = start.subarray(at.place, at.place + algorithm);
    at.place += algorithm;
    // Its last five bytes are the length of the tag; the nonce is before it.
    const nonce = parameters.slice(-(nonceBytes + 3), -3);
    const size = enter(start, at, contentTag);
    const head = { recipient, nonce, size };
    const expected = headOf(head);
    if (!Buffer.from(expected).equals(start.subarray(0, at.place))) throw strange();
    return { ...head, bytes: at.place };
  } catch (error) {
    throw error instanceof AppError ? error : strange(error);
  }
}

/** Opens a sealed stream; what it gave before the end counts only once it has ended without an error. */
export async function* openContent(
  sealed: Bytes,
  keyFor: (recipient: Uint8Array) => ContentKey,
): AsyncGenerator<Uint8Array, void> {
  const pieces = toAsync(sealed);
  let held: Uint8Array = new Uint8Array();
  for (;;) {
    const { done, value } = await pieces.next();
    if (done === true) break;
    held = Buffer.concat([held, value]);
    if (held.length >= mostHeadBytes) break;
  }
  const { recipient, nonce, size, bytes } = readHead(held);
  const decipher = createDecipheriv('aes-256-gcm', keyFor(recipient), nonce, { authTagLength: macBytes });
  let left = size;
  let rest = held.subarray(bytes);
  for (;;) {
    const now = rest.subarray(0, left);
    left -= now.length;
    if (now.length > 0) yield decipher.update(now);
    rest = rest.subarray(now.length);
    if (left === 0 && rest.length > 2 + macBytes) throw strange();
    const { done, value } = await pieces.next();
    if (done === true) break;
    rest = rest.length === 0 ? value : Buffer.concat([rest, value]);
  }
  const isWhole =
    left === 0 && rest.length === 2 + macBytes && rest[0] === derTag.octetString && rest[1] === macBytes;
  if (!isWhole) throw strange();
  decipher.setAuthTag(rest.subarray(2));
  try {
    decipher.final();
  } catch (error) {
    throw new AppError('exchange.altered', {}, error);
  }
}

function headOf({ recipient, nonce, size }: Omit<SealedHead, 'bytes'>): Uint8Array {
  const algorithm = der(
    derTag.sequence,
    derOid(oids.aes256Gcm),
    der(derTag.sequence, der(derTag.octetString, nonce), derSmallInteger(macBytes)),
  );
  const content = Buffer.concat([derOid(oids.data), algorithm, header(contentTag, size)]);
  const info = Buffer.concat([header(derTag.sequence, content.length + size), content]);
  const before = Buffer.concat([derSmallInteger(0), der(derTag.set, recipient), info]);
  const enveloped = Buffer.concat([header(derTag.sequence, before.length + size + 2 + macBytes), before]);
  const tagged = Buffer.concat([header(0xa0, enveloped.length + size + 2 + macBytes), enveloped]);
  const whole = Buffer.concat([derOid(oids.authEnvelopedData), tagged]);
  return Buffer.concat([header(derTag.sequence, whole.length + size + 2 + macBytes), whole]);
}

/** Tag and definite length alone, for content that follows as a stream. */
function header(tagByte: number, length: number): Uint8Array {
  if (length < 0x80) return Uint8Array.of(tagByte, length);
  const octets: number[] = [];
  for (let left = length; left > 0; left = Math.floor(left / 256)) octets.unshift(left % 256);
  return Uint8Array.of(tagByte, 0x80 | octets.length, ...octets);
}

type Place = { place: number };

/** Steps into an element of this tag and gives its length. */
function enter(bytes: Uint8Array, at: Place, expected: number): number {
  if (bytes[at.place] !== expected) throw strange();
  const first = bytes[at.place + 1] ?? 0;
  at.place += 2;
  if (first < 0x80) return first;
  const count = first & 0x7f;
  if (count === 0 || count > 6) throw strange();
  let length = 0;
  for (let n = 0; n < count; n += 1) {
    length = length * 256 + (bytes[at.place] ?? 0);
    at.place += 1;
  }
  return length;
}

function skip(bytes: Uint8Array, at: Place, expected: number): void {
  const length = enter(bytes, at, expected);
  at.place += length;
}

function strange(cause?: unknown): AppError {
  return new AppError('exchange.other-sealing', {}, cause);
}

async function* toAsync(source: Bytes): AsyncGenerator<Uint8Array, void> {
  yield* source;
}
