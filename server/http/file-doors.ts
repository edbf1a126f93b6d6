import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { DocumentIdSchema, HashSchema, type DeviceId } from '#shared/kernel/public.ts';
import { proofOfHolding } from '#shared/node/agency-log/public.ts';
import {
  mostFileBytes,
  OfferRequestSchema,
  pieceBytes,
  piecesOf,
  type OfferRequest,
} from '#shared/sync/public.ts';
import type { Keeping } from '../blobs/keeping.ts';
import type { Serving } from '../log/serving.ts';
import { checked, Refused, speaker } from './asking.ts';
import { mustHaveRoom, readPieces, type ServerLanes } from './file-bodies.ts';
import type { Metrics } from './metrics.ts';
import type { Sessions } from './sessions.ts';

const PlaceSchema = z.object({ hash: HashSchema, piece: z.coerce.number().int().nonnegative() });
const SizeSchema = z.object({ size: z.coerce.number().int().positive().max(mostFileBytes) });
const WhoseSchema = z.object({ document: DocumentIdSchema });

export type FileParts = Readonly<{
  server: Pick<Serving, 'isBelieved' | 'mayHaveFile'>;
  files: Keeping;
  lanes: ServerLanes;
  sessions: Sessions;
  metrics: Metrics;
}>;

/** More files at once from one desk are no office's work. */
const mostArriving = 50;

/** The doors for files: pieces in and out, each asked for by its number (`sync.md` 3.8). */
export function openFileDoors(app: FastifyInstance, parts: FileParts): void {
  const { server, metrics } = parts;
  const { files, lanes } = parts;
  const { arrivingFrom } = files;
  readPieces(app, pieceBytes, lanes);

  async function believed(request: FastifyRequest): Promise<DeviceId> {
    const device = speaker(parts, request.headers.authorization);
    if (device === null) throw new Refused(401, 'server.no-session');
    if (!(await server.isBelieved(device))) throw new Refused(401, 'server.revoked');
    return device;
  }

  app.post('/v1/files/offer', async (request) => {
    const device = await believed(request);
    const offer = checked(OfferRequestSchema, request.body);
    if (await isHeld(files, device, offer)) return { whole: true, have: [] };
    const arriving = arrivingFrom(device);
    return { whole: false, have: arriving.have(offer.hash) };
  });

  const whenRoom = { onRequest: () => Promise.resolve().then(() => mustHaveRoom(lanes.in)) };
  app.put('/v1/files/:hash/:piece', whenRoom, async (request) => {
    const device = await believed(request);
    const { hash, piece } = checked(PlaceSchema, request.params);
    const { size } = checked(SizeSchema, request.query);
    const bytes = request.body;
    if (!Buffer.isBuffer(bytes) || bytes.length !== lengthOf(size, piece)) {
      throw new Refused(400, 'server.malformed');
    }
    const arriving = arrivingFrom(device);
    if (arriving.have(hash).length === 0 && arriving.count() >= mostArriving) {
      throw new Refused(429, 'server.too-many-files');
    }
    arriving.keep(hash, piece, bytes);
    metrics.count('file_bytes_in', bytes.length);
    if (arriving.have(hash).length < piecesOf(size)) return { whole: false };
    if (await arriving.finish({ hash, size }, piecesOf(size))) return { whole: true };
    throw new Refused(409, 'server.file-spoilt');
  });

  app.get('/v1/files/:hash/:piece', async (request, reply) => {
    const device = await believed(request);
    mustHaveRoom(lanes.out);
    const { hash, piece } = checked(PlaceSchema, request.params);
    const { document } = checked(WhoseSchema, request.query);
    // One answer for what is not there and for what is not theirs.
    const isTheirs = (await server.mayHaveFile(device, document, hash)) && (await files.has(hash));
    if (!isTheirs) throw new Refused(404, 'server.no-such-file');
    const bytes = Buffer.from(await files.read(hash, piece * pieceBytes, pieceBytes));
    await lanes.out.take(bytes.length);
    metrics.count('file_bytes_out', bytes.length);
    return reply.type('application/octet-stream').send(bytes);
  });
}

/** How long a piece is: all but the last are whole; 0 where there is none. */
function lengthOf(size: number, piece: number): number {
  return Math.max(0, Math.min(pieceBytes, size - piece * pieceBytes));
}

/** Whether the file is here and the desk has shown that it holds it too. */
async function isHeld(files: Keeping, device: DeviceId, offer: OfferRequest): Promise<boolean> {
  const isHere = (await files.sizeOffered(offer.hash)) === offer.size;
  return isHere && (await proofOfHolding(files, device, offer)) === offer.proof;
}
