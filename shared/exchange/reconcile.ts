import { utf8ToBytes } from '@noble/hashes/utils.js';
import { hashBytes, genesisHash, type Hash } from '../kernel/public.ts';
import type { Statement } from './envelope.ts';

/** One envelope of a channel and a day, by its id and the digest of its bytes. */
export type Listed = Readonly<{ id: string; digest: Hash }>;

/**
 * Root of the Merkle tree over the digests in the order of their ids: leaf `SHA-256(00 ‖ id ‖ digest)`, node
 * `SHA-256(01 ‖ left ‖ right)`, an odd one goes up as it is; 32 zero bytes for nothing (RFC 6962 2.1 keeps leaf and node apart
 * alike).
 */
export function merkleRoot(listed: readonly Listed[]): Hash {
  let level = listed
    .toSorted((a, b) => (a.id < b.id ? -1 : 1))
    .map(({ id, digest }) => hashBytes(joined(0, utf8ToBytes(id), bytesOf(digest))));
  while (level.length > 1) {
    const next: Hash[] = [];
    for (let at = 0; at < level.length; at += 2) {
      const [left, right] = [level[at], level[at + 1]];
      if (left === undefined) continue;
      next.push(right === undefined ? left : hashBytes(joined(1, bytesOf(left), bytesOf(right))));
    }
    level = next;
  }
  return level[0] ?? genesisHash;
}

type Told = Readonly<{
  what: Statement['what'];
  sender: string;
  day: string;
  until: string;
  highest: number;
  asks: boolean;
  answers: string | null;
  listed: readonly Listed[];
  created: string;
}>;
type Named = Readonly<{ id: string; from: string; to: string }>;

/** What one side has of a channel and some days, to be signed. */
export function statementOf(named: Named, { listed, ...told }: Told) {
  const base = { version: 1, ...named, ...told };
  return { ...base, count: listed.length, root: merkleRoot(listed), listed };
}

/** Whether what the other side says of a channel and a day is what this side has of it. */
export function doesAgree(said: Pick<Statement, 'count' | 'root'>, own: readonly Listed[]): boolean {
  return said.count === own.length && said.root === merkleRoot(own);
}

export type Difference = Readonly<{
  id: string;
  how: 'not-received' | 'not-sent' | 'other-bytes';
}>;

/** Every envelope on which two lists of one channel and day differ. */
export function differencesBetween(
  sent: readonly Listed[],
  received: readonly Listed[],
): readonly Difference[] {
  const [there, here] = [
    new Map(received.map((one) => [one.id, one.digest])),
    new Set(sent.map(({ id }) => id)),
  ];
  const ofSent = sent.flatMap(({ id, digest }): Difference[] => {
    const theirs = there.get(id);
    if (theirs === undefined) return [{ id, how: 'not-received' }];
    return theirs === digest ? [] : [{ id, how: 'other-bytes' }];
  });
  return [
    ...ofSent,
    ...received.filter(({ id }) => !here.has(id)).map(({ id }): Difference => ({ id, how: 'not-sent' })),
  ];
}

/** The places of a channel's series that are missing below its highest. */
export function gapsIn(seqs: Iterable<number>): readonly number[] {
  const there = new Set(seqs);
  const highest = Math.max(0, ...there);
  return Array.from({ length: highest }, (_none, place) => place + 1).filter((seq) => !there.has(seq));
}

function joined(first: number, ...parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(1 + parts.reduce((sum, { length }) => sum + length, 0));
  whole[0] = first;
  let at = 1;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

function bytesOf(hash: Hash): Uint8Array {
  return Uint8Array.from(hash.match(/../gu) ?? [], (pair) => Number.parseInt(pair, 16));
}
