import { createHash, randomBytes } from 'node:crypto';
import { AppError } from '#shared/kernel/public.ts';
import { combineShares, splitSecret, type Share } from './split-secret.ts';

export type SharePlan = Readonly<{
  /** How many shares are handed out, and how many of them together open the root again. */
  shares: number;
  needed: number;
}>;

const version = 1;
const maxShares = 16;
const maxPassphraseBytes = 200;
const blockBytes = 32;
const headBytes = 5;
const checkBytes = 4;

/** Splits the passphrase of a root's key into lines to write on paper, each for another keeper; fewer than needed tell nothing. */
export function splitPassphrase(passphrase: string, { shares, needed }: SharePlan): readonly string[] {
  const bytes = Buffer.from(passphrase.normalize('NFC'), 'utf8');
  const isSoundPlan = Number.isInteger(shares) && Number.isInteger(needed) && needed >= 2;
  if (!isSoundPlan || needed > shares || shares > maxShares) {
    throw new AppError('signing.share-plan-wrong', { most: maxShares });
  }
  if (bytes.length === 0 || bytes.length > maxPassphraseBytes) {
    throw new AppError('signing.share-passphrase-length', { most: maxPassphraseBytes });
  }
  const set = randomBytes(2);
  return splitSecret(padded(bytes), { shares, needed }).map(({ x, y }) =>
    toText(Buffer.concat([Uint8Array.of(version, needed, x), set, y])),
  );
}

/** Gives the passphrase back from enough shares of one set, in any order; says what is wrong with them otherwise. */
export function joinPassphrase(lines: readonly string[]): string {
  const read = lines.map((line, i) => fromText(line, i + 1));
  const first = read[0];
  if (first === undefined) throw new AppError('signing.shares-too-few', { given: 0, needed: 2 });
  if (read.some(({ set, length }) => set !== first.set || length !== first.length)) {
    throw new AppError('signing.shares-of-other-sets');
  }
  const distinct = [...new Map(read.map((one) => [one.share.x, one.share])).values()];
  const { needed } = first;
  if (distinct.length < needed) {
    throw new AppError('signing.shares-too-few', { given: distinct.length, needed });
  }
  const passphrase = unpadded(combineShares(distinct.slice(0, needed)));
  if (passphrase === null) throw new AppError('signing.shares-of-other-sets');
  return passphrase;
}

/** Length, text, zeros and a check, so that a share does not betray how long the passphrase is. */
function padded(bytes: Uint8Array): Uint8Array {
  const room = Math.ceil((bytes.length + 1) / blockBytes) * blockBytes;
  const body = Buffer.alloc(room);
  body[0] = bytes.length;
  body.set(bytes, 1);
  return Buffer.concat([body, checkOf(body)]);
}

function unpadded(secret: Uint8Array): string | null {
  const body = secret.subarray(0, -checkBytes);
  if (Buffer.compare(checkOf(body), secret.subarray(-checkBytes)) !== 0) return null;
  return Buffer.from(body.subarray(1, 1 + (body[0] ?? 0))).toString('utf8');
}

function checkOf(bytes: Uint8Array): Uint8Array {
  return createHash('sha256').update(bytes).digest().subarray(0, checkBytes);
}

/** Crockford's letters: none that is taken for another when copied by hand. */
const letters = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

function toText(bytes: Uint8Array): string {
  const whole = Buffer.concat([bytes, checkOf(bytes)]);
  const bits = [...whole].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  const groups = bits.match(/.{1,5}/g) ?? [];
  const text = groups.map((group) => letters.charAt(Number.parseInt(group.padEnd(5, '0'), 2))).join('');
  return (text.match(/.{1,5}/g) ?? []).join('-');
}

type Read = Readonly<{ needed: number; set: string; length: number; share: Share }>;

function fromText(line: string, number: number): Read {
  const text = line.toUpperCase().replaceAll(/[\s-]/g, '').replaceAll(/[IL]/g, '1').replaceAll('O', '0');
  const values = [...text].map((letter) => letters.indexOf(letter));
  const bits = values.map((value) => value.toString(2).padStart(5, '0')).join('');
  const bytes = Buffer.from((bits.match(/[01]{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
  const head = bytes.subarray(0, -checkBytes);
  const isSound =
    !values.includes(-1) &&
    text.length < 1000 &&
    head.length > headBytes + checkBytes &&
    head[0] === version &&
    Buffer.compare(checkOf(head), bytes.subarray(-checkBytes)) === 0;
  if (!isSound) throw new AppError('signing.share-unreadable', { number });
  const [, needed = 0, x = 0] = head;
  const share = { x, y: head.subarray(headBytes) };
  return { needed, set: head.toString('hex', 3, headBytes) + needed, length: head.length, share };
}
