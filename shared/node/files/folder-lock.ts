import {
  closeSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { z } from 'zod';
import { AppError } from '../../kernel/public.ts';

const lockName = 'in-use.lock';
const HolderSchema = z.object({ pid: z.int().positive(), started: z.string() });
type Holder = z.infer<typeof HolderSchema>;

export type FolderLock = Readonly<{
  release: () => void;
  /** The last holder died without letting go: what it was doing may be half done. */
  wasAbandoned: boolean;
}>;

/**
 * Takes a data folder for this process. A folder in use is refused; the lock of a process that has died is taken over.
 * Taking it twice in one process is refused too.
 */
export function lockFolder(folder: string): FolderLock {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, lockName);
  const token = randomBytes(8).toString('hex');
  const mine = `${path}.${token}`;
  write(mine, JSON.stringify({ pid: process.pid, started: startOf(process.pid), token }));
  try {
    const isFree = take(mine, path);
    const isMine = isFree || (clearDead(path, token) && take(mine, path));
    if (!isMine) throw new AppError('store.in-use');
    return { release: () => release(path, token), wasAbandoned: !isFree };
  } finally {
    rmSync(mine, { force: true });
  }
}

function release(path: string, token: string): void {
  if (textOf(path)?.includes(token) === true) rmSync(path, { force: true });
}

/** A hard link appears whole or not at all, so nobody ever reads half a lock. */
function take(mine: string, path: string): boolean {
  try {
    linkSync(mine, path);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
}

/** Sets a dead process's lock aside; false when it lives, or when another process was quicker. */
function clearDead(path: string, token: string): boolean {
  const found = textOf(path);
  if (found === null) return true;
  const holder = holderOf(found);
  if (holder !== null && isAlive(holder)) return false;
  const aside = `${path}.${token}.dead`;
  try {
    renameSync(path, aside);
  } catch {
    return true; // Gone already; whoever links next has it.
  }
  const isTheDeadOne = textOf(aside) === found;
  // Between the look and the rename somebody else may have taken over: that lock goes back.
  if (!isTheDeadOne) take(aside, path);
  rmSync(aside, { force: true });
  return isTheDeadOne;
}

function write(path: string, text: string): void {
  const descriptor = openSync(path, 'wx', 0o600);
  try {
    writeSync(descriptor, text);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

function holderOf(text: string): Holder | null {
  try {
    const holder = HolderSchema.safeParse(JSON.parse(text));
    return holder.success ? holder.data : null;
  } catch {
    return null; // Not our text: a lock damaged by a power cut holds nothing.
  }
}

function isAlive({ pid, started }: Holder): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    // EPERM: it lives, under another account.
    if (!(error instanceof Error && 'code' in error && error.code === 'EPERM')) return false;
  }
  // After a restart of the machine the same number may belong to another process.
  return started === startOf(pid);
}

/** When a process began, in the system's own count; empty where the system does not say. */
function startOf(pid: number): string {
  const stat = textOf(`/proc/${pid}/stat`);
  if (stat === null) return '';
  // Field 22 of proc(5), counted after the name, which may hold spaces.
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
}

function textOf(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}
