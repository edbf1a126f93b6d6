/** Milliseconds at the median, at the 99th of a hundred, and calls a second. */
export type Timing = Readonly<{ p50: number; p99: number; perSecond: number; calls: number }>;

/** Calls `work` `calls` times after a tenth as many to warm up, and says how long each took. */
export async function timed(calls: number, work: (index: number) => unknown): Promise<Timing> {
  for (let index = 0; index < calls / 10; index += 1) await work(index);
  const took: number[] = [];
  for (let index = 0; index < calls; index += 1) {
    const start = performance.now();
    await work(index);
    took.push(performance.now() - start);
  }
  return timingOf(took);
}

/** What single times, in milliseconds, say together. */
export function timingOf(took: readonly number[]): Timing {
  const sorted = took.toSorted((a, b) => a - b);
  const calls = sorted.length;
  return {
    p50: round(sorted[Math.floor(calls * 0.5)] ?? 0),
    p99: round(sorted[Math.min(calls - 1, Math.floor(calls * 0.99))] ?? 0),
    perSecond: Math.round((calls / sorted.reduce((sum, ms) => sum + ms, 0)) * 1000),
    calls,
  };
}

function round(ms: number): number {
  return Math.round(ms * 1000) / 1000;
}
