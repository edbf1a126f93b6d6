import type { AddressInfo } from 'node:net';
import fastify, { type FastifyError, type FastifyInstance, type FastifyRequest } from 'fastify';
import { AppError } from '#shared/kernel/public.ts';
import { Fenced } from '#shared/node/agency-log/public.ts';
import { pieceBytes } from '#shared/sync/public.ts';
import { Refused } from '../http/asking.ts';
import { keepCheckingDatabase } from '../data/check-database.ts';
import type { LogLine } from '../http/build-app.ts';
import { hubAnswers, type AnswerParts, type HubClock } from './hub-answers.ts';
import type { HubFolder } from './hub-folder.ts';
import { keepBackingUpHub, type HubBackupPlan } from './keep-backing-up-hub.ts';

export type HubOrder = Readonly<{
  folder: HubFolder;
  host: string;
  port: number;
  /** Where versions of it go, how often and how many stay. */
  backups: HubBackupPlan | null;
}> &
  Pick<AnswerParts, 'graceDays' | 'say'>;

export type RunningHub = Readonly<{
  url: string;
  /** Another hub has taken the database over: this one has nothing left to do. */
  overtaken: Promise<void>;
  close: () => Promise<void>;
}>;

const mostBodyBytes = 8 * 1024 * 1024;
const tidyMs = 3_600_000;

const thisClock: HubClock = {
  nowMs: Date.now,
  after: (ms, work) => {
    const timer = setTimeout(work, ms);
    return () => {
      clearTimeout(timer);
    };
  },
};

/** The hub: it takes sealed parcels, keeps them and gives them out. It sees addresses and sizes, and nothing else. */
export async function startHub(order: HubOrder): Promise<RunningHub> {
  const { folder, host, port, graceDays, say } = order;
  const { store, identity } = folder;
  const answers = hubAnswers({ folder, clock: thisClock, graceDays, say });
  const app = fastify({
    https: { cert: identity.certificate + identity.authority, key: identity.key, minVersion: 'TLSv1.2' },
    bodyLimit: mostBodyBytes,
    requestTimeout: 20_000,
    keepAliveTimeout: 60_000,
    logger: false,
  });
  const overtaken = Promise.withResolvers<void>();
  answerFaults(app, { say, overtaken: overtaken.resolve });
  app.addContentTypeParser(
    'application/octet-stream',
    { parseAs: 'buffer', bodyLimit: pieceBytes },
    (_request, body, done) => {
      done(null, body);
    },
  );
  const speaking = ({ headers }: FastifyRequest) => answers.speaking(headers.authorization);

  app.get('/health', () => ({ ok: true }));
  // Whoever watches over the hub sees damage here; until it is brought back from a copy it serves what can be read.
  app.get('/ready', async () => ({ ok: !looking.isDamaged(), ...(await store.counts()) }));
  app.post('/x1/join', ({ body }) => answers.join(body));
  app.post('/x1/challenge', answers.challenge);
  app.post('/x1/session', ({ body }) => answers.session(body));
  app.post('/x1/describe', async (request) => answers.describe(await speaking(request), request.body));
  app.post('/x1/directory', async (request) => {
    await speaking(request);
    return answers.directory();
  });
  app.post('/x1/parts/offer', async (request) => answers.offer(await speaking(request), request.body));
  app.put('/x1/parts/:hash/:piece', async (request) => {
    const { params: place, query, body: bytes } = request;
    return answers.takePiece(await speaking(request), { place, query, bytes });
  });
  app.get('/x1/parts/:hash/:piece', async (request, reply) => {
    const bytes = await answers.givePiece(await speaking(request), request.params);
    return reply.type('application/octet-stream').send(bytes);
  });
  app.post('/x1/hand', async (request) => answers.hand(await speaking(request), request.body));
  app.post('/x1/collect', async (request) => answers.collect(await speaking(request), request.body));

  const looking = keepCheckingDatabase({ file: folder.ownFile, say, onDamaged: () => Promise.resolve() });
  // A hub that cannot let go of what is old still gives out what lies in its mailboxes.
  const tidy = async (): Promise<void> => {
    try {
      await answers.tidy();
    } catch (error) {
      if (error instanceof Fenced) overtaken.resolve();
      say({ what: 'not tidied', code: error instanceof AppError ? error.code : String(error) });
    }
  };
  await tidy();
  const tidying = setInterval(() => void tidy(), tidyMs);
  const backups = keepBackingUpHub(folder, order.backups, say);
  await app.listen({ host, port });
  const url = `https://${host}:${(app.server.address() as AddressInfo).port}`;
  say({ what: 'hub started', url, ...(await store.counts().catch(() => ({}))) });
  return {
    url,
    overtaken: overtaken.promise,
    close: async () => {
      answers.wakeAll();
      clearInterval(tidying);
      await app.close();
      await looking.stop();
      await backups.stop();
      await folder.close();
      say({ what: 'stopped' });
    },
  };
}

function answerFaults(
  app: FastifyInstance,
  { say, overtaken }: Readonly<{ say: (line: LogLine) => void; overtaken: () => void }>,
): void {
  const fault = (code: string) => ({ code, message: code });
  app.setNotFoundHandler((_request, reply) => reply.status(404).send(fault('server.no-such-door')));
  app.setErrorHandler((error: FastifyError | Refused | AppError, _request, reply) => {
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
    if (status < 500) {
      return reply.status(status).send(fault(status === 413 ? 'server.too-large' : 'server.malformed'));
    }
    say({ what: 'request failed', code: error.name, because: error.message.slice(0, 200) });
    return reply.status(500).send(fault('server.unexpected'));
  });
}
