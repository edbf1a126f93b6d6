import { AppError, type DeviceId, type ErrorCode } from '#shared/kernel/public.ts';
import { proofOfHolding } from '#shared/node/agency-log/public.ts';
import type { Arriving, Blobs } from '#shared/node/blobs/public.ts';
import type { WriteDb } from '#shared/node/sqlite/public.ts';
import {
  OfferReplySchema,
  PieceReplySchema,
  filesIn,
  holderOfFiles,
  pieceBytes as usualPieceBytes,
  piecesOf,
  type FileName,
} from '#shared/sync/public.ts';
import {
  fileCame,
  fileDidNotCome,
  fileSent,
  namingPapers,
  nextWanted,
  owedFiles,
  tryAgain,
  wantFrom,
  type WantedFile,
} from '../store/files-between.ts';
import { isNamed } from '../store/loose-files.ts';
import { readState } from '../store/read-state.ts';
import type { Door } from './server-door.ts';

export type TrafficParts = Readonly<{
  db: WriteDb;
  device: DeviceId;
  blobs: Blobs;
  arriving: Arriving;
  /** How long a piece is, as both sides agree. */
  pieceBytes?: number;
  /** A time that never runs backwards. */
  nowMs?: () => number;
  door: Door;
  /** Asks with the token of the present session. */
  withSession: <Result>(work: (token: string) => Promise<Result>) => Promise<Result>;
  isOver: () => boolean;
  /** Under which names things wait for the person here. */
  whos: () => readonly string[];
  /** A file is here whole now. */
  came: (file: WantedFile) => void;
  onFault: (error: unknown) => void;
}>;

/** Files on their way between this desk and its server, in pieces, each sent or fetched once. */
export type FileTraffic = Readonly<{
  /** Sends what waiting commands speak of; it has arrived when this returns. */
  sendOwed: () => Promise<void>;
  /** Fetches what the log speaks of, what is waited for first, until nothing is left that can be had. */
  fetchWanted: () => Promise<void>;
}>;

const mostTries = 3;
/** A file that could not be had may be there again: its desk brought it to a server that had lost it. */
const againMs = 5 * 60_000;
/** Pieces on their way at once. */
const abreast = 3;

export function createFileTraffic(parts: TrafficParts): FileTraffic {
  const { db, device, blobs, arriving, door, withSession, isOver, pieceBytes = usualPieceBytes } = parts;
  const { nowMs = () => performance.now() } = parts;
  let fetching: Promise<void> | null = null;
  let triedAtMs = nowMs();
  tryAgain(db);

  async function send(file: FileName): Promise<void> {
    const { hash, size } = file;
    if (!blobs.has(hash)) throw new AppError('store.blob-missing');
    const proof = await proofOfHolding(blobs, device, file);
    const offer = await withSession((token) =>
      door.post('/v1/files/offer', { hash, size, proof }, OfferReplySchema, token),
    );
    if (offer.whole) return;
    const have = new Set(offer.have);
    const missing = Array.from({ length: piecesOf(size, pieceBytes) }, (_none, piece) => piece).filter(
      (piece) => !have.has(piece),
    );
    // The last one has the server put all of them together; it goes alone, and again when only that was cut off.
    const last = missing.pop() ?? 0;
    const carry = async (): Promise<void> => {
      for (let piece = missing.shift(); piece !== undefined; piece = missing.shift()) {
        await sendPiece(file, piece);
      }
    };
    await Promise.all(Array.from({ length: abreast }, carry));
    const { whole } = await sendPiece(file, last);
    if (!whole) throw new AppError('sync.server-fault', { status: 200 });
  }

  async function sendPiece({ hash, size }: FileName, piece: number): Promise<{ whole: boolean }> {
    const bytes = await blobs.read(hash, piece * pieceBytes, pieceBytes);
    const path = `/v1/files/${hash}/${piece}?size=${size}`;
    return withSession((token) => door.put(path, bytes, PieceReplySchema, token));
  }

  async function fetchOne(file: WantedFile): Promise<void> {
    const { hash, size, document } = file;
    const have = new Set(arriving.have(hash));
    for (let piece = 0; piece < piecesOf(size, pieceBytes); piece += 1) {
      if (have.has(piece)) continue;
      const path = `/v1/files/${hash}/${piece}?document=${document}`;
      const bytes = await withSession((token) => door.get(path, token));
      if (isOver()) return;
      arriving.keep(hash, piece, bytes);
    }
    // Another file under this name is a broken one: it is asked for again from its beginning.
    const isWhole = await arriving.finish({ hash, size }, piecesOf(size, pieceBytes));
    if (!isWhole) throw new AppError('store.blob-damaged');
  }

  function isStillNamed({ document, hash }: WantedFile): boolean {
    const holder = holderOfFiles(document, (aggregate, id) => readState(db, aggregate, id));
    return filesIn(holder?.held).some((file) => file.hash === hash);
  }

  async function fetchAll(): Promise<void> {
    for (;;) {
      const file = isOver() ? null : nextWanted(db, { mostTries, whos: parts.whos() });
      if (file === null) return;
      try {
        if (!blobs.has(file.hash)) await fetchOne(file);
        if (isOver()) return;
        fileCame(db, file);
        // Its paper was taken from this person while it came.
        if (isNamed(db, file.hash)) parts.came(file);
        else blobs.remove(file.hash);
      } catch (error) {
        if (isOver()) return;
        // Out of reach: everything stays wanted as it is.
        if (isCode(error, 'sync.server-away') || isCode(error, 'server.busy')) return;
        // An attachment that was taken off again, or a paper that is no longer this person's.
        if (isCode(error, 'server.no-such-file') && !isStillNamed(file)) {
          const other = namingPapers(db, file.hash).find((document) => isStillNamed({ ...file, document }));
          if (other === undefined) {
            fileCame(db, file);
            arriving.forget(file.hash);
          } else wantFrom(db, { ...file, document: other });
        } else {
          fileDidNotCome(db, file);
          parts.onFault(error);
        }
      }
    }
  }

  return {
    sendOwed: async () => {
      for (const file of owedFiles(db)) {
        await send(file);
        if (isOver()) return;
        fileSent(db, file);
      }
    },
    fetchWanted: () => {
      if (nowMs() - triedAtMs >= againMs) {
        triedAtMs = nowMs();
        tryAgain(db);
      }
      fetching ??= fetchAll()
        // What could not even be noted (a full disk) is wanted still, and fetched with the server's next answer.
        .catch((error: unknown) => {
          if (!isOver()) parts.onFault(error);
        })
        .finally(() => {
          fetching = null;
        });
      return fetching;
    },
  };
}

function isCode(error: unknown, code: ErrorCode): boolean {
  return error instanceof AppError && error.code === code;
}
