// One thread of a long simulation: plays the seeds it is given and tells what went wrong.
import { parentPort } from 'node:worker_threads';
import type { Guard } from '#shared/sync/public.ts';
import { playSeed } from './play-seed.ts';

if (parentPort === null) throw new Error('This module is the start of a thread');
const port = parentPort;

type Row = Readonly<{ from: number; count: number; without: Guard | null }>;

port.on('message', ({ from, count, without }: Row) => void play(port, { from, count, without }));

async function play(answers: typeof port, { from, count, without }: Row): Promise<void> {
  const played = [];
  for (let seed = from; seed < from + count; seed += 1) {
    played.push(await playSeed(seed, without === null ? {} : { without }));
  }
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
  answers.postMessage(played);
}
