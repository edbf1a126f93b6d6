import { join } from 'node:path';
import { Readable } from 'node:stream';
import { createZstdDecompress } from 'node:zlib';
import { AppError, genesisHash } from '#shared/kernel/public.ts';
import { openArriving, openBlobs } from '#shared/node/blobs/public.ts';
import { nodeFiles } from '#shared/node/files/public.ts';
import {
  SnapshotLineSchema,
  nextScopeHash,
  pieceBytes,
  piecesOf,
  type Page,
  type Scope,
  type ScopeHead,
  type Snapshot,
  type SnapshotLine,
} from '#shared/sync/public.ts';
import type { JoinedDesk } from '../store/joined-desk.ts';
import type { Door } from './server-door.ts';

export type SnapshotTrafficParts = Readonly<{
  /** The desk's folder, and the key everything in it is sealed with. */
  folder: string;
  dataKey: Uint8Array;
  desk: Pick<JoinedDesk, 'scopeHead' | 'took'>;
  door: Door;
  /** Asks with the token of the present session. */
  withSession: <Result>(work: (token: string) => Promise<Result>) => Promise<Result>;
  isOver: () => boolean;
  /** So many items more are here. */
  came: (items: number) => void;
  onFault: (error: unknown) => void;
}>;

/** Scopes that come as files: fetched in pieces that stay when the line breaks, laid on line by line. */
export type SnapshotTraffic = Readonly<{
  /** False once one did not fit: from then on everything comes by pages. */
  wanted: () => boolean;
  /** Fetches and lays on what a page offers; ends early when the desk is closed, and throws when the server is away. */
  take: (page: Page) => Promise<void>;
}>;

/** Pieces on their way at once. */
const abreast = 3;

export function createSnapshotTraffic(parts: SnapshotTrafficParts): SnapshotTraffic {
  const { desk, door, withSession, isOver, dataKey } = parts;
  const home = join(parts.folder, 'snapshots');
  const blobs = openBlobs({ folder: home, dataKey });
  const arriving = openArriving(join(home, 'arriving'), { dataKey, blobs });
  let isRefused = false;

  async function fetch(scope: Scope, { hash, size }: Snapshot): Promise<void> {
    if (blobs.has(hash)) return;
    const have = new Set(arriving.have(hash));
    const missing = Array.from({ length: piecesOf(size) }, (_none, piece) => piece).filter(
      (piece) => !have.has(piece),
    );
    const carry = async (): Promise<void> => {
      for (let piece = missing.shift(); piece !== undefined && !isOver(); piece = missing.shift()) {
        const path = `/v1/snapshots/${hash}/${piece}?scope=${encodeURIComponent(scope)}`;
        const bytes = await withSession((token) => door.get(path, token));
        if (!isOver()) arriving.keep(hash, piece, bytes);
      }
    };
    await Promise.all(Array.from({ length: abreast }, carry));
    if (isOver()) return;
    if (!(await arriving.finish({ hash, size }, piecesOf(size)))) throw new AppError('sync.snapshot-spoilt');
  }

  /** From the scope's beginning, every hash computed; what the desk has already has to be the same. */
  async function layOn(scope: Scope, snapshot: Snapshot): Promise<void> {
    let head: ScopeHead = { n: 0, hash: genesisHash };
    for await (const line of linesOf(snapshot)) {
      if (isOver()) return;
      const own = desk.scopeHead(scope);
      const known = line.items.filter(({ n }) => n <= own.n);
      for (const item of known) head = { n: item.n, hash: nextScopeHash(head.hash, item) };
      if (head.n === own.n && head.hash !== own.hash) throw new AppError('sync.page-does-not-fit');
      const items = line.items.slice(known.length);
      if (items.length === 0) continue;
      head = desk.took(scope, { base: head, items, entries: line.entries });
      parts.came(items.length);
      // Whoever sits at the desk gets a turn between two lines.
      await new Promise((soon) => setImmediate(soon));
    }
    // What fits together may still be another story than the log's; the next page then takes it back to where they part.
    if (head.n !== snapshot.n || head.hash !== snapshot.head) throw new AppError('sync.snapshot-spoilt');
  }

  async function* linesOf({ hash, size }: Snapshot): AsyncGenerator<SnapshotLine, void> {
    const pieces = async function* () {
      for (let at = 0; at < size; at += pieceBytes) yield await blobs.read(hash, at, pieceBytes);
    };
    const sealed = Readable.from(pieces());
    const open = createZstdDecompress();
    sealed.on('error', (error) => open.destroy(error));
    try {
      for await (const text of inLines(sealed.pipe(open))) {
        yield SnapshotLineSchema.parse(JSON.parse(text));
      }
    } finally {
      sealed.destroy();
      open.destroy();
    }
  }

  /** What nobody offers any more is of no use here. */
  function sweep(offered: ReadonlySet<string>): void {
    for (const hash of blobs.all()) if (!offered.has(hash)) nodeFiles.remove(blobs.pathOf(hash));
    const coming = join(home, 'arriving');
    if (!nodeFiles.exists(coming)) return;
    for (const name of nodeFiles.list(coming)) if (!offered.has(name)) nodeFiles.remove(join(coming, name));
  }

  return {
    wanted: () => !isRefused,
    take: async (page) => {
      const offers = Object.entries(page.scopes).flatMap(([scope, { snapshot }]) =>
        snapshot === undefined ? [] : [[scope, snapshot] as const],
      );
      sweep(new Set(offers.map(([, { hash }]) => hash)));
      for (const [scope, name] of offers) {
        if (isOver()) return;
        try {
          await fetch(scope, name);
          if (!isOver()) await layOn(scope, name);
        } catch (error) {
          // Out of reach, or no longer offered: it is asked for again as it is then.
          const code = error instanceof AppError ? error.code : null;
          if (isOver() || (code !== null && notSpoilt.test(code))) throw error;
          // What fitted stays; the rest comes by pages, which say more exactly what is wrong.
          isRefused = true;
          parts.onFault(new AppError('sync.snapshot-spoilt', {}, error));
        }
      }
      if (!isOver()) sweep(new Set());
    },
  };
}

/** Longer than any line that a server of ours writes. */
const mostLineBytes = 64 * 1024 * 1024;

async function* inLines(source: AsyncIterable<Buffer>): AsyncGenerator<string, void> {
  let begun: Buffer[] = [];
  let length = 0;
  for await (const bytes of source) {
    let from = 0;
    for (let end = bytes.indexOf(10); end >= 0; end = bytes.indexOf(10, from)) {
      yield Buffer.concat([...begun, bytes.subarray(from, end)]).toString();
      [begun, length, from] = [[], 0, end + 1];
    }
    begun.push(bytes.subarray(from));
    length += bytes.length - from;
    if (length > mostLineBytes) throw new AppError('sync.snapshot-spoilt');
  }
  if (length > 0) throw new AppError('sync.snapshot-spoilt');
}

const notSpoilt = /^(?:sync[.]server-|server[.]|store[.]disk-full)/u;
