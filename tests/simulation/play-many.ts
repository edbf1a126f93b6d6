import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { Kind } from './play-one.ts';
import type { Played } from './play-seed.ts';

export type Many = Readonly<{ from: number; seeds: number; kind: Kind }>;

const row = 20;

/** Plays seeds on every processor; `each` sees them as they end, in no order. */
export async function playMany({ from, seeds, kind }: Many, each: (played: Played) => void): Promise<void> {
  const end = from + seeds;
  let next = from;
  const work = async (): Promise<void> => {
    const worker = new Worker(new URL('seed-thread.ts', import.meta.url));
    try {
      while (next < end) {
        const first = next;
        next = Math.min(end, first + row);
        const rows = await answered(worker, { from: first, count: next - first, kind });
        for (const played of rows) each(played);
      }
    } finally {
      await worker.terminate();
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, work));
}

function answered(worker: Worker, asked: object): Promise<readonly Played[]> {
  return new Promise((resolve, reject) => {
    worker.removeAllListeners();
    worker.once('message', resolve);
    worker.once('error', reject);
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
    worker.postMessage(asked);
  });
}
