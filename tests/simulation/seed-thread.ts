// One thread of a long simulation: plays the seeds it is given and tells what went wrong.
import { setImmediate as turn } from 'node:timers/promises';
import { parentPort } from 'node:worker_threads';
import { playOne, type Kind } from './play-one.ts';

if (parentPort === null) throw new Error('This module is the start of a thread');
const port = parentPort;

type Row = Readonly<{ from: number; count: number; kind: Kind }>;

port.on('message', (row: Row) => void play(port, row));

/** What was thrown where nobody waited for it: it would end the program. */
const unheard: unknown[] = [];
process.on('unhandledRejection', (error) => void unheard.push(error));

async function play(answers: typeof port, { from, count, kind }: Row): Promise<void> {
  const played = [];
  for (let seed = from; seed < from + count; seed += 1) {
    const told = await playOne(seed, kind);
    // A story's clock is its own and never lets a turn end; copies of databases are freed between turns: 2 MB a story.
    await turn();
    const faults = unheard.splice(0).map((error) => `nobody heard of ${String(error)}`);
    played.push({ ...told, faults: [...told.faults, ...faults] });
  }
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
  answers.postMessage(played);
}
