import type { Hash } from '#shared/kernel/public.ts';

/**
 * Who relies on which file at this moment, and which is being taken away: never both. Whoever decides a command that
 * speaks of a file holds it from before it is looked for until the decision is on the disk.
 */
export type Holds = Readonly<{
  /** Waits until none of them is being taken away; they stay until `letGo`. */
  hold: (hashes: readonly Hash[]) => Promise<Readonly<{ letGo: () => void }>>;
  /** Does something with a file that nobody relies on, while nobody can begin to; false when somebody does. */
  whileFree: (hash: Hash, work: () => Promise<boolean>) => Promise<boolean>;
}>;

export function createHolds(): Holds {
  const held = new Map<Hash, number>();
  const leaving = new Map<Hash, Promise<unknown>>();
  return {
    hold: async (hashes) => {
      for (const hash of hashes) held.set(hash, (held.get(hash) ?? 0) + 1);
      // Counted before the wait: what has not begun to leave by now does not begin.
      await Promise.allSettled(hashes.map((hash) => leaving.get(hash) ?? Promise.resolve()));
      let isOver = false;
      return {
        letGo: () => {
          if (isOver) return;
          isOver = true;
          for (const hash of hashes) {
            const left = (held.get(hash) ?? 1) - 1;
            if (left === 0) held.delete(hash);
            else held.set(hash, left);
          }
        },
      };
    },
    whileFree: async (hash, work) => {
      if (held.has(hash) || leaving.has(hash)) return false;
      const done = work().finally(() => leaving.delete(hash));
      leaving.set(hash, done);
      return await done;
    },
  };
}
