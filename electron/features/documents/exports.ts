import { AppError } from '#shared/kernel/public.ts';

type Kept = Readonly<{ name: string; bytes: Uint8Array }>;

const keptAtMost = 8;

/** Files made on request (previews, printed registers), a few per session, read in ranges. */
export class Exports {
  readonly #kept = new Map<string, Kept>();
  readonly #newId: () => string;

  constructor(newId: () => string) {
    this.#newId = newId;
  }

  keep(name: string, bytes: Uint8Array): { exportId: string; name: string; size: number } {
    const oldest = [...this.#kept.keys()].slice(0, Math.max(0, this.#kept.size - keptAtMost + 1));
    for (const id of oldest) this.#kept.delete(id);
    const exportId = this.#newId();
    this.#kept.set(exportId, { name, bytes });
    return { exportId, name, size: bytes.length };
  }

  read(exportId: string, offset: number, length: number): { bytes: Uint8Array; size: number } {
    const kept = this.#kept.get(exportId);
    if (kept === undefined) throw new AppError('documents.export-gone');
    return { bytes: kept.bytes.subarray(offset, offset + length), size: kept.bytes.length };
  }
}
