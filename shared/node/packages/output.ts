import { randomBytes } from 'node:crypto';
import { open, rename, rm, type FileHandle } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { AppError } from '../../kernel/public.ts';
import { nodeFiles } from '../files/public.ts';
import { asStoreError } from '../sqlite/public.ts';

/** A file being made: written on at its end, a megabyte at a time, and mended where it has been written already. */
export type Output = Readonly<{
  /** A promise only where the disk is waited for. */
  write: (bytes: Uint8Array) => Promise<void> | undefined;
  patch: (offset: number, bytes: Uint8Array) => Promise<void>;
  /** How many bytes it has. */
  written: () => number;
}>;

const gatheredBytes = 1024 * 1024;

/**
 * Makes a file that is there whole or not at all: under another name beside its own until `work` is done and all is on
 * the disk. A file that is there already is never touched.
 */
export async function makeWhole(to: string, work: (output: Output) => Promise<void>): Promise<void> {
  if (existsSync(to)) throw new AppError('packages.exists', { file: to });
  const aside = `${to}.${randomBytes(6).toString('hex')}.tmp`;
  try {
    const handle = await open(aside, 'wx', 0o600);
    try {
      const { output, flush } = outputTo(handle);
      await work(output);
      await flush();
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(aside, to);
  } catch (error) {
    await rm(aside, { force: true });
    throw asStoreError(error) ?? error;
  }
  nodeFiles.syncFolder(dirname(to));
}

function outputTo(handle: FileHandle): Readonly<{ output: Output; flush: () => Promise<void> }> {
  const gathered = Buffer.allocUnsafe(gatheredBytes);
  let waiting = 0;
  let onDisk = 0;

  async function flush(): Promise<void> {
    await writeAt(gathered.subarray(0, waiting), onDisk);
    onDisk += waiting;
    waiting = 0;
  }

  async function writeAt(bytes: Uint8Array, offset: number): Promise<void> {
    let done = 0;
    while (done < bytes.length) {
      const { bytesWritten } = await handle.write(bytes, done, bytes.length - done, offset + done);
      done += bytesWritten;
    }
  }

  async function writeLong(bytes: Uint8Array): Promise<void> {
    let done = 0;
    while (done < bytes.length) {
      if (waiting === gatheredBytes) await flush();
      const piece = bytes.subarray(done, done + gatheredBytes - waiting);
      gathered.set(piece, waiting);
      waiting += piece.length;
      done += piece.length;
    }
  }

  return {
    flush,
    output: {
      write: (bytes) => {
        if (waiting + bytes.length > gatheredBytes) return writeLong(bytes);
        gathered.set(bytes, waiting);
        waiting += bytes.length;
        return undefined;
      },
      patch: async (offset, bytes) => {
        if (offset >= onDisk) {
          gathered.set(bytes, offset - onDisk);
          return;
        }
        // Rarely the place lies on both sides.
        await flush();
        await writeAt(bytes, offset);
      },
      written: () => onDisk + waiting,
    },
  };
}
