import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { AppError, type ErrorCode, type ErrorParams } from '../../kernel/public.ts';
import { jobs, type JobName, type JobValue } from './reader-jobs.ts';
import type { ReadOptions } from './reading.ts';

type Asked = Readonly<{ bytes: Uint8Array; options: ReadOptions }>;
type Reply =
  | Readonly<{ ok: true; value: unknown }>
  | Readonly<{ ok: false; code: ErrorCode; params: ErrorParams }>
  | Readonly<{ ok: false; message: string }>;

const limitMs = 20_000;
// More than any paper of an office needs; what asks for more is no paper.
const mostHeapMb = 2048;

let thread: Promise<Worker> | null = null;
// Where a thread cannot be started (a packed program without its sources), files are read in this one.
let threadsWork = true;
let turn: Promise<unknown> = Promise.resolve();

/** Asks the reading thread for one job after the other; a job past its time ends with its thread. */
export async function askReader<Name extends JobName>(job: Name, asked: Asked): Promise<JobValue<Name>> {
  const mine = turn.then(() => run(job, asked));
  turn = mine.catch(() => undefined);
  return (await mine) as JobValue<Name>;
}

async function run(job: JobName, { bytes, options }: Asked): Promise<unknown> {
  const worker = await started();
  if (worker === null) return jobs[job](bytes, options);
  worker.ref();
  try {
    const reply = await replyOf(worker, { job, bytes, options });
    if (reply.ok) return reply.value;
    throw 'code' in reply ? new AppError(reply.code, reply.params) : new Error(reply.message);
  } finally {
    worker.unref();
  }
}

function replyOf(worker: Worker, message: Asked & { job: JobName }): Promise<Reply> {
  return new Promise((resolve) => {
    const tooSlow = {
      ok: false,
      code: 'intake.too-slow',
      params: { name: message.options.name ?? '' },
    } as const;
    const end = (reply: Reply, stop: boolean) => {
      clearTimeout(timer);
      worker.off('message', onMessage);
      worker.off('error', onError);
      if (stop) {
        thread = null;
        void worker.terminate();
      }
      resolve(reply);
    };
    const onMessage = (reply: Reply) => end(reply, false);
    // A thread that dies over a file has run out of memory.
    const onError = () => end(tooSlow, true);
    const timer = setTimeout(() => end(tooSlow, true), message.options.limitMs ?? limitMs);
    worker.on('message', onMessage);
    worker.on('error', onError);
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
    worker.postMessage(message);
  });
}

async function started(): Promise<Worker | null> {
  if (!threadsWork) return null;
  thread ??= start();
  try {
    return await thread;
  } catch {
    threadsWork = false;
    thread = null;
    return null;
  }
}

function start(): Promise<Worker> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(join(import.meta.dirname, 'reader-thread.ts'), {
      execArgv: [],
      resourceLimits: { maxOldGenerationSizeMb: mostHeapMb },
      stderr: true,
    });
    worker.once('error', reject);
    worker.once('message', () => {
      worker.off('error', reject);
      // Without anything to listen, a late fault of an idle thread would end the whole program.
      worker.on('error', () => {
        thread = null;
      });
      worker.unref();
      resolve(worker);
    });
  });
}
