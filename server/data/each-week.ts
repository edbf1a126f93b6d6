import type { Kept } from './kept.ts';

const lookEveryMs = 6 * 60 * 60_000;
const weekMs = 7 * 24 * 60 * 60_000;

export type Weekly = Readonly<{
  kept: Kept;
  /** Under what the server keeps when it was done last. */
  setting: string;
  /** How long after the start it is looked whether it is due. */
  firstMs: number;
  /** Gives whether it came to its end. */
  work: (stop: AbortSignal) => Promise<boolean>;
}>;

/** Does something once a week while the server runs. */
export function eachWeek({ kept, setting, firstMs, work }: Weekly): Readonly<{ stop: () => Promise<void> }> {
  const over = new AbortController();
  let working: Promise<void> = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;
  const once = async (): Promise<void> => {
    if (Date.now() - Number(kept.get(setting) ?? 0) < weekMs) return;
    if ((await work(over.signal)) && !over.signal.aborted) kept.set(setting, String(Date.now()));
  };
  const later = (ms: number): void => {
    timer = setTimeout(() => {
      working = once();
      later(lookEveryMs);
    }, ms).unref();
  };
  later(firstMs);
  return {
    stop: async () => {
      over.abort();
      clearTimeout(timer);
      await working;
    },
  };
}
