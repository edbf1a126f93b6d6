import { join } from 'node:path';
import { Readable } from 'node:stream';
import { createZstdDecompress } from 'node:zlib';
import { AppError, genesisHash } from '#shared/kernel/public.ts';
import { openPieces } from '#shared/node/blobs/public.ts';
import { nodeFiles } from '#shared/node/files/public.ts';
import {
  SnapshotLineSchema,
  nextScopeHash,
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

/** Scopes that come as files: in pieces that stay when the line breaks, laid on line by line while the next ones come. */
export type SnapshotTraffic = Readonly<{
  /** False once one did not fit: from then on everything comes by pages. */
  wanted: () => boolean;
  /** Lays on what a page offers, as it comes; ends early when the desk is closed, and throws when the server is away. */
  take: (page: Page) => Promise<void>;
}>;

/** Pieces on their way at once: the line is never idle between two, and the first comes early. */
const abreast = 2;

export function createSnapshotTraffic(parts: SnapshotTrafficParts): SnapshotTraffic {
  const { desk, door, withSession, isOver, dataKey } = parts;
  const home = join(parts.folder, 'snapshots');
  const pieces = openPieces(home, { dataKey });
  let isRefused = false;

  /** Its bytes in order, each piece as soon as it is here; the others come meanwhile, until nobody asks for more. */
  async function* bytesOf(scope: Scope, { hash, size }: Snapshot): AsyncGenerator<Uint8Array, void> {
    const have = new Set(pieces.have(hash));
    const coming = Array.from({ length: piecesOf(size) }, () => Promise.withResolvers<void>());
    for (const piece of have) coming[piece]?.resolve();
    const missing = [...coming.keys()].filter((piece) => !have.has(piece));
    let isEnded = false;
    const carry = async (): Promise<void> => {
      for (let piece = missing.shift(); piece !== undefined; piece = missing.shift()) {
        const path = `/v1/snapshots/${hash}/${piece}?scope=${encodeURIComponent(scope)}`;
        const bytes = await withSession((token) => door.get(path, token));
        if (isEnded || isOver()) return;
        pieces.keep(hash, piece, bytes);
        coming[piece]?.resolve();
      }
    };
    const carrying = Promise.all(Array.from({ length: abreast }, carry));
    // Whoever waits for a piece hears of it; nobody may be waiting at that moment.
    carrying.catch(() => undefined);
    try {
      for (const [piece, { promise }] of coming.entries()) {
        await Promise.race([promise, carrying]);
        if (isOver()) return;
        yield pieces.read(hash, piece);
      }
    } finally {
      isEnded = true;
    }
  }

  /** From the scope's beginning, every hash computed; what the desk has already has to be the same. */
  async function layOn(scope: Scope, snapshot: Snapshot): Promise<void> {
    let head: ScopeHead = { n: 0, hash: genesisHash };
    for await (const line of linesOf(scope, snapshot)) {
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

  async function* linesOf(scope: Scope, snapshot: Snapshot): AsyncGenerator<SnapshotLine, void> {
    const sealed = Readable.from(bytesOf(scope, snapshot), { highWaterMark: 1 });
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
    if (!nodeFiles.exists(home)) return;
    for (const name of nodeFiles.list(home)) if (!offered.has(name)) nodeFiles.remove(join(home, name));
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
          await layOn(scope, name);
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
