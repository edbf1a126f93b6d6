import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Bucket } from '#shared/node/traffic/public.ts';
import { Refused } from './asking.ts';

/** What of the machine's line the files of all desks together may take. */
export type ServerLanes = Readonly<{ in: Bucket; out: Bucket }>;

/** Whoever would have to wait longer comes again later, instead of holding a connection. */
const longestWaitMs = 10_000;

/**
 * Takes a piece of a file from the line when it is its turn under the limit: until then nothing of it is read, and its
 * desk waits. One that is too long is turned away while it comes.
 */
export function readPieces(app: FastifyInstance, mostBytes: number, lanes: ServerLanes): void {
  app.addContentTypeParser(
    'application/octet-stream',
    { bodyLimit: mostBytes },
    async (request: FastifyRequest, body: AsyncIterable<Buffer>) => {
      const told = Number(request.headers['content-length'] ?? mostBytes);
      await lanes.in.take(Math.min(told, mostBytes));
      const pieces: Buffer[] = [];
      let size = 0;
      for await (const piece of body) {
        size += piece.length;
        if (size > mostBytes) throw new Refused(413, 'server.too-large');
        pieces.push(piece);
      }
      return Buffer.concat(pieces);
    },
  );
}

export function mustHaveRoom(lane: Bucket): void {
  if (lane.backlogMs() > longestWaitMs) throw new Refused(503, 'server.busy');
}
