// One thread of the long run: plays the seeds it is given and tells what it found.
import { parentPort, workerData } from 'node:worker_threads';
import { playCase, stageOf } from '../support/fuzz/play.ts';
import type { Subject } from '../support/fuzz/subjects.ts';

// As the thread's starter hands them over.
const { subjects, now } = workerData as Readonly<{ subjects: readonly Subject[]; now: Int32Array }>;
const stage = stageOf(subjects);

if (parentPort === null) throw new Error('This module is the start of a thread');
const port = parentPort;
const say = (what: unknown): void => {
  port.postMessage(what);
};

type Row = Readonly<{ from: number; count: number; startedAt: number }>;

port.on('message', ({ from, count, startedAt }: Row) => {
  for (let seed = from; seed < from + count; seed++) {
    Atomics.store(now, 0, seed);
    Atomics.store(now, 1, Date.now() - startedAt);
    const finding = playCase(stage, seed);
    if (finding !== null) say({ kind: 'finding', finding });
  }
  Atomics.store(now, 1, 0);
  say({ kind: 'played', count });
});
say({ kind: 'ready' });
