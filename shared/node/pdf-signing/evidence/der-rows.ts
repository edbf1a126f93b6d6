import { DerError } from '../cms/der.ts';

/** A place in DER that is walked over without an object for each element; lists of a million entries stay light. */
export type DerWalk = {
  readonly bytes: Uint8Array;
  /** The element stood on: its tag, and where it begins, where its content begins and ends. */
  tag: number;
  begin: number;
  start: number;
  end: number;
};

export function newWalk(bytes: Uint8Array): DerWalk {
  return { bytes, tag: 0, begin: 0, start: 0, end: 0 };
}

/** Steps on the element at `at`, which must end by `limit`; only definite, minimal lengths (DER). */
export function stepOn(walk: DerWalk, at: number, limit: number): void {
  const { bytes } = walk;
  if (at + 2 > limit) throw new DerError('cut short');
  const first = bytes[at] ?? 0;
  let length = bytes[at + 1] ?? 0;
  let start = at + 2;
  if ((first & 0x1f) === 0x1f || length === 0x80) throw new DerError('not DER');
  if (length > 0x80) {
    const count = length & 0x7f;
    if (count > 4 || start + count > limit) throw new DerError('a length out of range');
    length = 0;
    for (let i = 0; i < count; i++) length = length * 256 + (bytes[start + i] ?? 0);
    if (length < 0x80 || (count > 1 && bytes[start] === 0)) throw new DerError('a length not minimal');
    start += count;
  }
  if (start + length > limit) throw new DerError('cut short');
  walk.tag = first;
  walk.begin = at;
  walk.start = start;
  walk.end = start + length;
}
