/** A row of choices that is the same for the same seed, so that a case can be played again. */
export type Random = Readonly<{
  /** A whole number from 0 up to, not with, `most`. */
  below: (most: number) => number;
  /** True about once in `times`. */
  once: (times: number) => boolean;
  pick: <Item>(items: readonly Item[]) => Item;
}>;

/** Numbers by SplitMix32: short, and with neighbouring seeds far apart. */
export function randomOf(seed: number): Random {
  let state = Math.imul(seed, 0x9e37_79b1) ^ 0x2026_1123;
  const next = (): number => {
    state = (state + 0x9e37_79b9) | 0;
    let mixed = Math.imul(state ^ (state >>> 16), 0x21f0_aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a_2d97);
    return (mixed ^ (mixed >>> 15)) >>> 0;
  };
  const below = (most: number): number => (most <= 1 ? 0 : next() % most);
  return {
    below,
    once: (times) => below(times) === 0,
    pick: (items) => {
      const item = items[below(items.length)];
      if (item === undefined) throw new Error('nothing to pick from');
      return item;
    },
  };
}
