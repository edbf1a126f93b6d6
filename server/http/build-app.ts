import fastify, { type FastifyError, type FastifyInstance, type FastifyReply } from 'fastify';
import { AppError, type AgencyId, type DeviceId, type DocumentId } from '#shared/kernel/public.ts';
import type { LineView, ListedAlarm } from '#shared/exchange/public.ts';
import { Fenced } from '#shared/node/agency-log/public.ts';
import { packedJson, unpackJson } from '#shared/node/http/public.ts';
import {
  PullRequestSchema,
  PushRequestSchema,
  SessionRequestSchema,
  notInTheChain,
  type Device,
  type DeviceCertificate,
  type Fault,
  type PushReply,
  type PushRequest,
} from '#shared/sync/public.ts';
import { openAccessDoors } from './access-doors.ts';
import { describeDoors } from './describe.ts';
import { checked, Refused, speaker } from './asking.ts';
import { openCertificateDoor } from './certificate-door.ts';
import { openDraftDoors } from './draft-doors.ts';
import { openTellingDoor, type TellingParts } from './telling-doors.ts';
import type { ServerLanes } from './file-bodies.ts';
import { openFileDoors } from './file-doors.ts';
import { groupCommit } from './group-commit.ts';
import { openExchangeDoors } from './exchange-doors.ts';
import type { Keeping } from '../blobs/keeping.ts';
import { openIdentityDoors, type IdentityDoors } from './identity-doors.ts';
import type { Snapshots } from '../data/snapshots.ts';
import type { Boxes } from '../log/boxes.ts';
import type { Serving } from '../log/serving.ts';
import { openVoteDoors } from './vote-doors.ts';
import { openSnapshotDoors } from './snapshot-doors.ts';
import type { Metrics } from './metrics.ts';
import { sendPacked } from './packed.ts';
import { openReadingDoors } from './reading-doors.ts';
import { createSeats } from './seats.ts';
import { answerSession, type Sessions } from './sessions.ts';
import type { ShownFiles } from './shown-files.ts';

/** A line of the server's log: what happened, never what a paper says. */
export type LogLine = Readonly<Record<string, string | number | boolean | null>>;

export type AppParts = Readonly<{
  agencyId: AgencyId;
  server: Serving;
  files: Keeping;
  shown: ShownFiles;
  lanes: ServerLanes;
  snapshots: Snapshots;
  /** The boxes of secret votes. */
  boxes: Boxes;
  sessions: Sessions;
  /** Signs what the server says of a device. */
  issue: (device: Device) => DeviceCertificate;
  identity: IdentityDoors;
  /** What the gateway told a person, the oldest first. */
  alarms: () => readonly ListedAlarm[];
  lines: () => readonly LineView[];
  metrics: Metrics;
  /** The server's clock. */
  nowMs: () => number;
  tls: Readonly<{ cert: string; key: string }>;
  /** What the metrics say besides their counts. */
  gauges: () => Promise<Readonly<Record<string, number>>>;
  /** Somebody wrote at a draft: the desks that are at it too may look. */
  wake: (devices: readonly DeviceId[], document: DocumentId) => void;
  /** Gives something told in a meeting to the desks that listen and hear it. */
  told: TellingParts['told'];
  listening: TellingParts['listening'];
  /** Something was decided: whoever listens may look. */
  decided: () => void;
  say: (line: LogLine) => void;
  /** Another run of the server writes from now on. */
  overtaken: () => void;
}>;

/** A push of a hundred commands is well under this; files have a door of their own. */
const mostBodyBytes = 8 * 1024 * 1024;
const stillMs = 20_000;
/** A piece of a file over the slowest line that a desk can be limited to (16 KB/s), with room. */
const slowestRequestMs = 120_000;
const slowestHeadMs = 5000;

/** The doors of an agency's server: HTTPS only, every body checked before anything is done with it. */
export function buildApp(parts: AppParts): FastifyInstance {
  const { server, sessions, metrics } = parts;
  const app = fastify({
    https: {
      cert: parts.tls.cert,
      key: parts.tls.key,
      minVersion: 'TLSv1.2',
      headersTimeout: slowestHeadMs,
      connectionsCheckingInterval: 1000,
    },
    bodyLimit: mostBodyBytes,
    requestTimeout: slowestRequestMs,
    connectionTimeout: stillMs,
    keepAliveTimeout: 60_000,
    return503OnClosing: true,
    logger: false,
  });
  const readJson = app.getDefaultJsonParser('error', 'error');
  app.addContentTypeParser(packedJson, { parseAs: 'buffer' }, (request, body, done) => {
    const text = unpackedText(body);
    if (text === null) done(new Refused(400, 'server.malformed'));
    else void readJson(request, text, done);
  });
  const push = groupCommit({ checkAhead: server.checkAhead, pushAll });

  /** Whoever listens is told once of everything that was decided together. */
  async function pushAll(requests: readonly PushRequest[]): Promise<readonly PushReply[]> {
    const replies = await server.pushAll(requests);
    const isTaken = ({ seq }: PushReply['results'][number]) => seq !== notInTheChain;
    if (replies.some(({ results }) => results.some(isTaken))) parts.decided();
    return replies;
  }

  app.setErrorHandler((error: FastifyError, _request, reply) => answerFault(parts, error, reply));
  app.setNotFoundHandler((_request, reply) => reply.status(404).send(fault('server.no-such-door')));

  app.get('/health', () => ({ ok: true }));
  app.get('/ready', async () => ({ ok: true, ...(await parts.gauges()) }));
  app.get('/metrics', async (_request, reply) => {
    const text = metrics.text(await parts.gauges());
    return reply.type('text/plain; version=0.0.4').send(text);
  });
  app.get('/v1/openapi.json', () => describeDoors());
  app.post('/v1/challenge', () => ({ challenge: sessions.challenge() }));
  app.post('/v1/session', (request) => answerSession(parts, checked(SessionRequestSchema, request.body)));
  openCertificateDoor(app, parts);
  openIdentityDoors(app, parts);
  openExchangeDoors(app, parts);
  openAccessDoors(app, parts);
  openReadingDoors(app, parts);
  openVoteDoors(app, parts);
  app.post('/v1/push', async (request) => {
    const asked = checked(PushRequestSchema, request.body);
    const startedAt = performance.now();
    const answer = await push(asked);
    metrics.took('push', performance.now() - startedAt);
    const refused = answer.results.filter(({ refusal }) => refusal !== null).length;
    metrics.count('commands_decided', answer.results.length);
    metrics.count('commands_refused', refused);
    for (const { seq, refusal } of answer.results) {
      if (seq !== notInTheChain || refusal === null) continue;
      parts.say({ what: 'stranger turned away', device: asked.device, code: refusal.code });
    }
    if (answer.stopped !== null) {
      metrics.count('pushes_stopped');
      parts.say({ what: 'push stopped', device: asked.device, why: answer.stopped.why });
    }
    return answer;
  });
  app.post('/v1/pull', async (request, reply) => {
    const asked = checked(PullRequestSchema, request.body);
    const known = speaker(parts, request.headers.authorization);
    if (known !== asked.device) throw new Refused(401, 'server.no-session');
    const startedAt = performance.now();
    const answer = await server.pull(asked);
    metrics.took('pull', performance.now() - startedAt);
    return sendPacked(request, reply, answer);
  });
  openFileDoors(app, parts);
  openSnapshotDoors(app, parts);
  openTellingDoor(app, parts);
  openDraftDoors(app, { ...parts, seats: createSeats(Date.now) });
  return app;
}

/** The JSON that was packed; null where it is none, or more than a body may be. */
function unpackedText(body: Buffer | string): string | null {
  try {
    return unpackJson(Buffer.from(body), mostBodyBytes).toString();
  } catch {
    return null;
  }
}

function fault(code: string): Fault {
  return { code, message: code };
}

/** Every failure is a code; what went wrong inside is the server's own business. */
function answerFault(
  { say, metrics, overtaken }: AppParts,
  error: FastifyError | Refused | AppError,
  reply: FastifyReply,
): FastifyReply {
  metrics.count('requests_refused');
  if (error instanceof Refused) return reply.status(error.status).send(fault(error.code));
  if (error instanceof Fenced) {
    overtaken();
    return reply.status(503).send(fault('server.overtaken'));
  }
  if (error instanceof AppError) {
    say({ what: 'request failed', code: error.code });
    return reply.status(503).send(fault(error.code));
  }
  const status = error.statusCode ?? 500;
  const code = status === 413 ? 'server.too-large' : 'server.malformed';
  if (status < 500) return reply.status(status).send(fault(code));
  say({ what: 'request failed', code: error.name, because: error.message.slice(0, 200) });
  return reply.status(500).send(fault('server.unexpected'));
}
