import type { FastifyInstance } from 'fastify';
import type { Bucket } from '#shared/node/traffic/public.ts';
import { Refused } from './asking.ts';

/** What of the machine's line the files of all desks together may take. */
export type ServerLanes = Readonly<{ in: Bucket; out: Bucket }>;

/** Whoever would have to wait longer comes again later, instead of holding a connection. */
const longestWaitMs = 10_000;

/** Reads a piece of a file as fast as the limit lets it in; one that is too long is turned away while it comes. */
export function readPieces(app: FastifyInstance, mostBytes: number, lanes: ServerLanes): void {
  app.addContentTypeParser(
    'application/octet-stream',
    { bodyLimit: mostBytes },
    async (_request: unknown, body: AsyncIterable<Buffer>) => {
      const pieces: Buffer[] = [];
      let size = 0;
      for await (const piece of body) {
        size += piece.length;
        if (size > mostBytes) throw new Refused(413, 'server.too-large');
        await lanes.in.take(piece.length);
        pieces.push(piece);
      }
      return Buffer.concat(pieces);
    },
  );
}

export function mustHaveRoom(lane: Bucket): void {
  if (lane.backlogMs() > longestWaitMs) throw new Refused(503, 'server.busy');
}
