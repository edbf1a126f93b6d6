import { closeSync, mkdtempSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { AppError, instantFrom, type Instant } from '#shared/kernel/public.ts';
import { nodeFiles, type FileOperations, type OpenFile } from '#shared/node/files/public.ts';
import type { ReadDb } from '#shared/node/sqlite/public.ts';

/** A folder of its own for one test, gone afterwards; its name holds a space and Vietnamese letters on purpose. */
export function ownFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'Ấn Tín kho '));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A day at the office, so many minutes after half past seven. */
export function minutesLater(minutes: number): Instant {
  return instantFrom(Date.parse('2026-11-23T00:30:00.000Z') + minutes * 60_000);
}

/** The code of the refusal that `work` ends in; null when it ends well. */
export async function refusalOf(work: () => unknown): Promise<string | null> {
  try {
    await work();
    return null;
  } catch (error) {
    if (error instanceof AppError) return error.code;
    throw error;
  }
}

/** Thrown where a test lets the machine stop; nothing after it runs, as nothing would. */
export class MachineStopped extends Error {
  override readonly name = 'MachineStopped';
}

type Mishap = Readonly<{
  /** The 1-based file operation at which it happens. */
  at: number;
  /** A full disk fails every write from then on; a stopped machine fails every operation. */
  kind: 'disk-full' | 'machine-stops';
}>;

/** A real disk that fills up, or a machine that stops, at one file operation; `count` says how many were asked for. */
export function failingFiles({ at, kind }: Mishap): FileOperations & Readonly<{ count: () => number }> {
  let asked = 0;
  function step(needsRoom: boolean): void {
    asked += 1;
    if (asked < at) return;
    if (kind === 'machine-stops') throw new MachineStopped();
    if (needsRoom) throw Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC' });
  }
  function watched(file: OpenFile): OpenFile {
    return {
      write: (bytes) => {
        try {
          step(true);
        } catch (error) {
          // A disk that fills up takes a part first.
          file.write(bytes.subarray(0, Math.floor(bytes.length / 2)));
          throw error;
        }
        file.write(bytes);
      },
      read: (offset, length) => file.read(offset, length),
      sync: () => {
        step(true);
        file.sync();
      },
      close: () => file.close(),
    };
  }
  return {
    ...nodeFiles,
    count: () => asked,
    makeFolder: (path) => {
      step(true);
      nodeFiles.makeFolder(path);
    },
    create: (path) => {
      step(true);
      return watched(nodeFiles.create(path));
    },
    open: (path) => watched(nodeFiles.open(path)),
    rename: (from, to) => {
      step(false);
      nodeFiles.rename(from, to);
    },
    remove: (path) => {
      step(false);
      nodeFiles.remove(path);
    },
    syncFile: (path) => {
      step(true);
      nodeFiles.syncFile(path);
    },
    syncFolder: (path) => {
      step(false);
      nodeFiles.syncFolder(path);
    },
  };
}

/** One bit flips on the disk, in the last page that a table or an index has; whoever has the database open sees nothing of it. */
export function flipBitOf({ db, path }: Readonly<{ db: ReadDb; path: string }>, name: string): void {
  const page = Number(db.prepare('SELECT MAX(pageno) FROM dbstat WHERE name = ?').pluck().get(name));
  const [byte, at] = [Buffer.alloc(1), (page - 1) * 4096 + 2000];
  const file = openSync(path, 'r+');
  readSync(file, byte, 0, 1, at);
  writeSync(file, Buffer.of((byte[0] ?? 0) ^ 1), 0, 1, at);
  closeSync(file);
}
