import { parentPort, workerData } from 'node:worker_threads';
import { z } from 'zod';
import { isFileSound, type CheckReply } from './check-database.ts';
import { asStoreError } from './store-error.ts';

// The thread that looks through a database while others work with it.
const FileSchema = z.object({
  path: z.string(),
  key: z.instanceof(Uint8Array),
  depth: z.enum(['quick', 'full']),
});

if (parentPort === null) throw new Error('This module is the start of a thread');
const port = parentPort;
port.postMessage(look());

function look(): CheckReply {
  try {
    return isFileSound(FileSchema.parse(workerData));
  } catch (error) {
    const fault = asStoreError(error);
    if (fault === null) throw error;
    return fault.code;
  }
}
