import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import {
  DocumentIdSchema,
  HashSchema,
  type DeviceId,
  type DocumentId,
  type Hash,
} from '#shared/kernel/public.ts';
import { proofOfHolding } from '#shared/node/agency-log/public.ts';
import {
  allGuards,
  mostFileBytes,
  OfferRequestSchema,
  pieceBytes as usualPieceBytes,
  piecesOf,
  type Guards,
  type OfferRequest,
} from '#shared/sync/public.ts';
import type { Keeping } from '../blobs/keeping.ts';
import type { Serving } from '../log/serving.ts';
import { checked, mustBelieve, Refused, speaker } from './asking.ts';
import { mustHaveRoom, readPieces, type ServerLanes } from './file-bodies.ts';
import type { Metrics } from './metrics.ts';
import type { Sessions } from './sessions.ts';
import type { ShownFiles } from './shown-files.ts';

const PlaceSchema = z.object({ hash: HashSchema, piece: z.coerce.number().int().nonnegative() });
const SizeSchema = z.object({ size: z.coerce.number().int().positive().max(mostFileBytes) });
const WhoseSchema = z.object({ document: DocumentIdSchema });

type AnswerParts = Readonly<{
  server: Pick<Serving, 'whyNotBelieve' | 'mayHaveFile'>;
  files: Keeping;
  shown: ShownFiles;
  metrics: Pick<Metrics, 'count'>;
  pieceBytes?: number;
  guards?: Guards;
}>;

export type FileParts = AnswerParts & Readonly<{ sessions: Sessions; lanes: ServerLanes }>;

/** More files at once from one desk are no office's work. */
const mostArriving = 50;

/** What a server answers a desk that asks about files, whatever carries the question. */
export type FileAnswers = Readonly<{
  offer: (device: DeviceId, offer: OfferRequest) => Promise<Readonly<{ whole: boolean; have: number[] }>>;
  takePiece: (
    device: DeviceId,
    place: Readonly<{ hash: Hash; piece: number; size: number }>,
    bytes: unknown,
  ) => Promise<Readonly<{ whole: boolean }>>;
  givePiece: (
    device: DeviceId,
    place: Readonly<{ hash: Hash; piece: number; document: DocumentId }>,
  ) => Promise<Buffer>;
}>;

export function fileAnswers(parts: AnswerParts): FileAnswers {
  const { server, shown, metrics, pieceBytes = usualPieceBytes, guards = allGuards } = parts;
  const { files } = parts;
  const { arrivingFrom } = files;

  /** Whether the file is here and the desk has shown that it holds it too. */
  async function isHeld(device: DeviceId, offer: OfferRequest): Promise<boolean> {
    const isHere = (await files.sizeOffered(offer.hash)) === offer.size;
    if (!isHere || !guards['file-proof']) return isHere;
    return (await proofOfHolding(files, device, offer)) === offer.proof;
  }

  return {
    offer: async (device, offer) => {
      await mustBelieve(server, device);
      if (await isHeld(device, offer)) {
        shown.note(device, offer.hash);
        return { whole: true, have: [] };
      }
      return { whole: false, have: [...arrivingFrom(device).have(offer.hash)] };
    },
    takePiece: async (device, { hash, piece, size }, bytes) => {
      await mustBelieve(server, device);
      if (!Buffer.isBuffer(bytes) || bytes.length !== lengthOf(size, piece, pieceBytes)) {
        throw new Refused(400, 'server.malformed');
      }
      const arriving = arrivingFrom(device);
      if (arriving.have(hash).length === 0 && arriving.count() >= mostArriving) {
        throw new Refused(429, 'server.too-many-files');
      }
      arriving.keep(hash, piece, bytes);
      metrics.count('file_bytes_in', bytes.length);
      const pieces = piecesOf(size, pieceBytes);
      if (arriving.have(hash).length < pieces) return { whole: false };
      if (!(await arriving.finish({ hash, size }, pieces))) throw new Refused(409, 'server.file-spoilt');
      shown.note(device, hash);
      return { whole: true };
    },
    givePiece: async (device, { hash, piece, document }) => {
      await mustBelieve(server, device);
      // One answer for what is not there and for what is not theirs.
      const isTheirs = (await server.mayHaveFile(device, document, hash)) && (await files.has(hash));
      if (!isTheirs) throw new Refused(404, 'server.no-such-file');
      const bytes = Buffer.from(await files.read(hash, piece * pieceBytes, pieceBytes));
      metrics.count('file_bytes_out', bytes.length);
      return bytes;
    },
  };
}

/** The doors for files: pieces in and out, each asked for by its number (`sync.md` 3.8). */
export function openFileDoors(app: FastifyInstance, parts: FileParts): void {
  const answers = fileAnswers(parts);
  const { lanes } = parts;
  readPieces(app, usualPieceBytes, lanes);

  function asker(request: FastifyRequest): DeviceId {
    const device = speaker(parts, request.headers.authorization);
    if (device === null) throw new Refused(401, 'server.no-session');
    return device;
  }

  app.post('/v1/files/offer', (request) =>
    answers.offer(asker(request), checked(OfferRequestSchema, request.body)),
  );
  const whenRoom = { onRequest: () => Promise.resolve().then(() => mustHaveRoom(lanes.in)) };
  app.put('/v1/files/:hash/:piece', whenRoom, async (request) => {
    const place = { ...checked(PlaceSchema, request.params), ...checked(SizeSchema, request.query) };
    return answers.takePiece(asker(request), place, request.body);
  });
  app.get('/v1/files/:hash/:piece', async (request, reply) => {
    const place = { ...checked(PlaceSchema, request.params), ...checked(WhoseSchema, request.query) };
    mustHaveRoom(lanes.out);
    const bytes = await answers.givePiece(asker(request), place);
    await lanes.out.take(bytes.length);
    return reply.type('application/octet-stream').send(bytes);
  });
}

/** How long a piece is: all but the last are whole; 0 where there is none. */
function lengthOf(size: number, piece: number, pieceBytes: number): number {
  return Math.max(0, Math.min(pieceBytes, size - piece * pieceBytes));
}
