import { parentPort } from 'node:worker_threads';
import { z } from 'zod';
import { AppError } from '../../kernel/public.ts';
import { loadEngine } from './engine.ts';
import { jobs } from './reader-jobs.ts';

// The thread that reads files, so that a file made to be slow stops a thread and not the office.
const AskedSchema = z.object({
  job: z.enum(['count', 'read', 'text']),
  bytes: z.instanceof(Uint8Array),
  options: z.object({ which: z.enum(['all', 'ends']), name: z.string(), limitMs: z.number() }).partial(),
});

if (parentPort === null) throw new Error('This module is the start of a thread');
const port = parentPort;

port.on('message', (message: unknown) => {
  void answer(message).then((reply) => port.postMessage(reply));
});
await loadEngine();
port.postMessage('ready');

async function answer(message: unknown) {
  try {
    const { job, bytes, options } = AskedSchema.parse(message);
    const { which, name, limitMs } = options;
    const given = {
      ...(which === undefined ? {} : { which }),
      ...(name === undefined ? {} : { name }),
      ...(limitMs === undefined ? {} : { limitMs }),
    };
    return { ok: true, value: await jobs[job](bytes, given) };
  } catch (error) {
    if (error instanceof AppError) return { ok: false, code: error.code, params: error.params };
    return { ok: false, message: error instanceof Error ? error.message : String(error) };
  }
}
