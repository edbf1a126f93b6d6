import { setTimeout as wait } from 'node:timers/promises';

/** How many bytes may pass: a token bucket of one second, so that a pause is not made up for later. */
export type Bucket = Readonly<{
  /** Waits until so many bytes may pass, whoever asked before first; at once where there is no limit. */
  take: (bytes: number) => Promise<void>;
  /** Counts bytes that nobody made wait; what is behind them waits longer. */
  spend: (bytes: number) => void;
  /** A new limit from this moment on, also for whoever waits; null lifts it. */
  limit: (bytesPerSecond: number | null) => void;
  /** How long somebody who asked now would wait, in ms. */
  backlogMs: () => number;
}>;

/** Whoever waits looks again this often: the limit may have changed meanwhile. */
const lookMs = 100;

export function createBucket(bytesPerSecond: number | null, nowMs = () => performance.now()): Bucket {
  let rate = bytesPerSecond;
  let tokens = rate ?? 0;
  let filledMs = nowMs();
  let waiting = 0;
  let turn: Promise<void> = Promise.resolve();

  function fill(): void {
    const now = nowMs();
    if (rate !== null) tokens = Math.min(rate, tokens + ((now - filledMs) * rate) / 1000);
    filledMs = now;
  }

  async function pass(bytes: number): Promise<void> {
    for (;;) {
      fill();
      // More than fits at once passes when the bucket is full, and leaves a debt.
      if (rate === null || tokens >= Math.min(bytes, rate)) break;
      const missing = Math.min(bytes, rate) - tokens;
      await wait(Math.min(lookMs, Math.max(1, (missing * 1000) / rate)));
    }
    if (rate !== null) tokens -= bytes;
    waiting -= bytes;
  }

  return {
    take: (bytes) => {
      if (rate === null && waiting === 0) return Promise.resolve();
      waiting += bytes;
      turn = turn.then(() => pass(bytes));
      return turn;
    },
    spend: (bytes) => {
      fill();
      if (rate !== null) tokens -= bytes;
    },
    limit: (next) => {
      fill();
      rate = next;
      tokens = Math.min(tokens, next ?? 0);
    },
    backlogMs: () => {
      fill();
      return rate === null ? 0 : (Math.max(0, waiting - tokens) * 1000) / rate;
    },
  };
}
