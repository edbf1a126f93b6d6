import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { HashSchema } from '#shared/kernel/public.ts';
import type { Snapshots } from '../data/snapshots.ts';
import type { Serving } from '../log/serving.ts';
import { checked, mustBelieve, Refused, speaker } from './asking.ts';
import type { Metrics } from './metrics.ts';
import type { Sessions } from './sessions.ts';

const PlaceSchema = z.object({ hash: HashSchema, piece: z.coerce.number().int().nonnegative() });
const ScopeSchema = z.object({ scope: z.string().max(60) });

export type SnapshotParts = Readonly<{
  server: Pick<Serving, 'whyNotBelieve' | 'mayHaveScope'>;
  snapshots: Pick<Snapshots, 'holds' | 'read'>;
  sessions: Sessions;
  metrics: Metrics;
}>;

/** The door for snapshots, in pieces as files are; whether the scope is theirs is looked at for every piece. */
export function openSnapshotDoors(app: FastifyInstance, parts: SnapshotParts): void {
  const { server, snapshots, metrics } = parts;
  app.get('/v1/snapshots/:hash/:piece', async (request, reply) => {
    const device = speaker(parts, request.headers.authorization);
    if (device === null) throw new Refused(401, 'server.no-session');
    await mustBelieve(server, device);
    const { hash, piece } = checked(PlaceSchema, request.params);
    const { scope } = checked(ScopeSchema, request.query);
    // One answer for what is not there and for what is not theirs.
    const isTheirs = (await server.mayHaveScope(device, scope)) && snapshots.holds(scope, hash);
    if (!isTheirs) throw new Refused(404, 'server.no-such-file');
    const bytes = Buffer.from(await snapshots.read(hash, piece));
    metrics.count('snapshot_bytes_out', bytes.length);
    return reply.type('application/octet-stream').send(bytes);
  });
}
