import { chainHash, type AggregateRef, type Hash } from '../kernel/public.ts';

/** One place of a scope: an entry of the agency's log, and what of it this scope may see. */
export type ScopeItem = Readonly<{
  n: number;
  seq: number;
  /** The entry's own hash in the agency's chain. */
  entry: Hash;
  sees: readonly AggregateRef[];
}>;

export type ScopeHead = Readonly<{ n: number; hash: Hash }>;

/** Each scope is a chain of its own, so that a desk can tell whether its server's past is still the one it knew. */
export function nextScopeHash(before: Hash, { n, seq, entry, sees }: ScopeItem): Hash {
  return chainHash(before, { n, seq, entry, sees });
}

/** Places at which a desk says what it knows: the newest, then ever further back, and the beginning. */
export function probePlaces(n: number): readonly number[] {
  const places: number[] = [];
  for (let back = 0, step = 1; n - back > 0; back += step, step *= 2) places.push(n - back);
  return [...places, 0];
}
