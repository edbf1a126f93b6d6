import { closeSync, mkdirSync, openSync, readSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '#shared/kernel/public.ts';

type Kept = Readonly<{ name: string; size: number }> &
  (Readonly<{ bytes: Uint8Array }> | Readonly<{ path: string }>);

const keptAtMost = 8;

/** Files made on request (previews, printed registers, packages), a few per session, read in ranges. */
export class Exports {
  readonly #kept = new Map<string, Kept>();
  readonly #newId: () => string;

  constructor(newId: () => string) {
    this.#newId = newId;
  }

  keep(name: string, bytes: Uint8Array): { exportId: string; name: string; size: number } {
    return this.#keep({ name, size: bytes.length, bytes });
  }

  /** Where something too large for the memory is made, to be kept afterwards. */
  placeIn(folder: string): string {
    const place = placeOf(folder);
    mkdirSync(place, { recursive: true, mode: 0o700 });
    return join(place, this.#newId());
  }

  keepFile(name: string, path: string, size: number): { exportId: string; name: string; size: number } {
    return this.#keep({ name, size, path });
  }

  read(exportId: string, offset: number, length: number): { bytes: Uint8Array; size: number } {
    const kept = this.#kept.get(exportId);
    if (kept === undefined) throw new AppError('documents.export-gone');
    const { size } = kept;
    if ('bytes' in kept) return { bytes: kept.bytes.subarray(offset, offset + length), size };
    return { bytes: rangeOf(kept.path, offset, Math.min(length, Math.max(0, size - offset))), size };
  }

  /** What was made lies open on the disk, and goes with the session. */
  clear(): void {
    for (const id of this.#kept.keys()) this.#drop(id);
  }

  #keep(kept: Kept): { exportId: string; name: string; size: number } {
    const oldest = [...this.#kept.keys()].slice(0, Math.max(0, this.#kept.size - keptAtMost + 1));
    for (const id of oldest) this.#drop(id);
    const exportId = this.#newId();
    this.#kept.set(exportId, kept);
    return { exportId, name: kept.name, size: kept.size };
  }

  #drop(id: string): void {
    const kept = this.#kept.get(id);
    if (kept !== undefined && 'path' in kept) rmSync(kept.path, { force: true });
    this.#kept.delete(id);
  }
}

/** What an earlier run of the program left. */
export function removeMade(folder: string): void {
  rmSync(placeOf(folder), { recursive: true, force: true });
}

function placeOf(folder: string): string {
  return join(folder, 'made');
}

function rangeOf(path: string, offset: number, length: number): Uint8Array {
  const file = openSync(path, 'r');
  try {
    const bytes = new Uint8Array(length);
    return bytes.subarray(0, readSync(file, bytes, 0, length, offset));
  } finally {
    closeSync(file);
  }
}
