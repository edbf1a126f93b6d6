// One thread of a long simulation: plays the seeds it is given and tells what went wrong.
import { parentPort } from 'node:worker_threads';
import type { Guard } from '#shared/sync/public.ts';
import { playSeed } from './play-seed.ts';

if (parentPort === null) throw new Error('This module is the start of a thread');
const port = parentPort;

type Row = Readonly<{ from: number; count: number; without: Guard | null }>;

port.on('message', ({ from, count, without }: Row) => {
  const played = Array.from({ length: count }, (_, place) =>
    playSeed(from + place, without === null ? {} : { without }),
  );
  port.postMessage(played);
});
