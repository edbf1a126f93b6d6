import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { constants, createZstdCompress } from 'node:zlib';
import { z } from 'zod';
import { AppError, type Hash } from '#shared/kernel/public.ts';
import type { SnapshotShelf } from '#shared/node/agency-log/public.ts';
import { openBlobs } from '#shared/node/blobs/public.ts';
import { nodeFiles, writeWhole } from '#shared/node/files/public.ts';
import {
  SnapshotSchema,
  itemsInALine,
  mostFileBytes,
  pieceBytes,
  type Scope,
  type ScopeHead,
  type Snapshot,
  type SnapshotLine,
} from '#shared/sync/public.ts';

const ShelfSchema = z.record(z.string(), z.array(SnapshotSchema));

/** Where a snapshot is made from. */
export type SnapshotSource = Readonly<{
  scopeHead: (scope: Scope) => Promise<ScopeHead>;
  stretchOf: (scope: Scope, after: number, most: number) => Promise<SnapshotLine>;
}>;

/** Scopes as files, made beside the work when somebody lacks much of one; sealed under the server's key. */
export type Snapshots = SnapshotShelf &
  Readonly<{
    /** Makes them of this from now on. */
    begin: (source: SnapshotSource) => void;
    holds: (scope: Scope, hash: Hash) => boolean;
    read: (hash: Hash, piece: number) => Promise<Uint8Array>;
    /** Makes one of a scope now, if what there is has fallen behind; one at a time. */
    freshen: (scope: Scope) => Promise<void>;
    stop: () => Promise<void>;
  }>;

/** One that lacks a quarter of its scope is made anew; whoever is at it finishes with the one before. */
const mostBehind = 0.25;
const kept = 2;
/** Twice as small as the quickest packing, at a third of its speed; it is made once and fetched by everybody. */
const level = 9;

export function openSnapshots({
  folder,
  dataKey,
  onFault,
}: Readonly<{ folder: string; dataKey: Uint8Array; onFault: (code: string) => void }>): Snapshots {
  const home = join(folder, 'snapshots');
  const blobs = openBlobs({ folder: home, dataKey });
  const list = join(home, 'shelf.json');
  let shelf = readShelf(list);
  let source: SnapshotSource | null = null;
  let isOver = false;
  let making: Promise<void> = Promise.resolve();
  const due = new Set<Scope>();

  const newestOf = (scope: Scope): Snapshot | null => shelf[scope]?.at(0) ?? null;
  const isBehind = (scope: Scope, { n }: ScopeHead): boolean =>
    n - (newestOf(scope)?.n ?? 0) > n * mostBehind;

  async function make(scope: Scope, from: SnapshotSource): Promise<void> {
    const head = await from.scopeHead(scope);
    if (isOver || head.n === 0 || !isBehind(scope, head)) return;
    const packing = createZstdCompress({ params: { [constants.ZSTD_c_compressionLevel]: level } });
    const lines = Readable.from(linesOf(from, scope, head.n));
    lines.on('error', (error) => packing.destroy(error));
    const { hash, size } = await blobs.putStream(lines.pipe(packing), { limitBytes: mostFileBytes });
    const before = shelf[scope] ?? [];
    const now = [{ hash, size, n: head.n, head: head.hash }, ...before.filter((one) => one.hash !== hash)];
    shelf = { ...shelf, [scope]: now.slice(0, kept) };
    writeWhole(list, Buffer.from(JSON.stringify(shelf)));
    const onShelf = new Set(Object.values(shelf).flatMap((ones) => ones.map((one) => one.hash)));
    for (const old of blobs.all()) if (!onShelf.has(old)) nodeFiles.remove(blobs.pathOf(old));
  }

  async function* linesOf(from: SnapshotSource, scope: Scope, until: number): AsyncGenerator<string, void> {
    for (let n = 0; n < until;) {
      if (isOver) throw new AppError('server.overtaken');
      // Each stretch is a piece of work of its own: pushes take their turns between them.
      const line = await from.stretchOf(scope, n, Math.min(itemsInALine, until - n));
      n += line.items.length;
      yield `${JSON.stringify(line)}\n`;
    }
  }

  function freshen(scope: Scope): Promise<void> {
    const from = source;
    if (from === null || isOver || due.has(scope)) return making;
    due.add(scope);
    making = making
      .then(() => make(scope, from))
      .catch((error: unknown) => {
        // Whoever lacks it is served by pages.
        if (!isOver) onFault(error instanceof AppError ? error.code : String(error));
      })
      .finally(() => due.delete(scope));
    return making;
  }

  return {
    begin: (from) => {
      source = from;
    },
    newestOf,
    lacking: (scope, head) => {
      if (isBehind(scope, head)) void freshen(scope);
    },
    holds: (scope, hash) => (shelf[scope] ?? []).some((one) => one.hash === hash) && blobs.has(hash),
    read: (hash, piece) => blobs.read(hash, piece * pieceBytes, pieceBytes),
    freshen,
    stop: async () => {
      isOver = true;
      await making;
    },
  };
}

/** What cannot be read is made anew. */
function readShelf(path: string): Readonly<Record<string, readonly Snapshot[]>> {
  if (!existsSync(path)) return {};
  try {
    return ShelfSchema.parse(JSON.parse(Buffer.from(nodeFiles.readWhole(path)).toString()));
  } catch {
    return {};
  }
}
