import { DerError, child, tag, type DerNode } from '../cms/der.ts';
import { readWhole } from './extensions.ts';

/** What a time-stamping service sends back: the token's DER, or its own words for refusing. */
export type TimestampReply = Readonly<
  { token: Uint8Array; refusal: null } | { token: null; refusal: string }
>;

const maxReplyBytes = 256 * 1024;
const maxWords = 200;

/** Failure codes of RFC 3161 2.4.2, by their bit. */
const failures: Readonly<Record<number, string>> = {
  0: 'badAlg',
  2: 'badRequest',
  5: 'badDataFormat',
  14: 'timeNotAvailable',
  15: 'unacceptedPolicy',
  16: 'unacceptedExtension',
  17: 'addInfoNotAvailable',
  25: 'systemFailure',
};

/** Reads a TimeStampResp; the token in it is not judged here. Throws DerError. */
export function readTimestampReply(bytes: Uint8Array): TimestampReply {
  if (bytes.length > maxReplyBytes) throw new DerError('too large');
  const root = readWhole(bytes);
  const info = child(root, 0, tag.sequence);
  const status = child(info, 0, tag.integer).content;
  if (root.tag !== tag.sequence || root.children.length > 2 || status.length !== 1) {
    throw new DerError('not a reply');
  }
  // 0 granted, 1 granted with modifications; with any other status there is no token (RFC 3161 2.4.2).
  if (status[0] === 0 || status[0] === 1) {
    return { token: child(root, 1, tag.sequence).whole, refusal: null };
  }
  if (root.children.length !== 1) throw new DerError('a token that was not granted');
  return { token: null, refusal: wordsOf(info, status[0] ?? 0) };
}

function wordsOf(info: DerNode, status: number): string {
  const texts = info.children.find((node, i) => i > 0 && node.tag === tag.sequence)?.children ?? [];
  const said = texts.map((text) => Buffer.from(text.content).toString('utf8')).join('; ');
  const bits = info.children.find((node) => node.tag === tag.bitString)?.content.subarray(1) ?? [];
  const named = Object.entries(failures).flatMap(([bit, name]) =>
    ((bits[Number(bit) >> 3] ?? 0) & (0x80 >> (Number(bit) & 7))) !== 0 ? [name] : [],
  );
  const words = [said, named.join(', ')].filter((part) => part !== '').join(' – ');
  // A stranger's words go into a sentence: one line of letters, and not too long.
  const plain = words.replaceAll(/[\p{C}\p{Z}]+/gu, ' ').trim();
  return plain === '' ? `PKIStatus ${status}` : [...plain].slice(0, maxWords).join('');
}
