import type { AddressInfo } from 'node:net';
import fastify, { type FastifyError, type FastifyInstance, type FastifyRequest } from 'fastify';
import { z } from 'zod';
import {
  AgencySessionSchema,
  CollectRequestSchema,
  HandRequestSchema,
  JoinRequestSchema,
  MemberSchema,
  agencySessionText,
} from '#shared/exchange/public.ts';
import { AppError, HashSchema, instantFrom, type AgencyId } from '#shared/kernel/public.ts';
import { Fenced } from '#shared/node/agency-log/public.ts';
import { isMemberSound } from '#shared/node/exchange/public.ts';
import { checkDetached } from '#shared/node/pdf-signing/public.ts';
import { codeHashOf, pieceBytes, piecesOf } from '#shared/sync/public.ts';
import { checked, Refused, speaker } from '../http/asking.ts';
import type { LogLine } from '../http/build-app.ts';
import { createSessions, sessionSeconds } from '../http/sessions.ts';
import type { HubFolder } from './hub-folder.ts';
import { keepBackingUpHub, type HubBackupPlan } from './keep-backing-up-hub.ts';

export type HubOrder = Readonly<{
  folder: HubFolder;
  host: string;
  port: number;
  /** How long a parcel stays after its recipient has gone past it. */
  graceDays: number;
  /** Where versions of it go, how often and how many stay. */
  backups: HubBackupPlan | null;
  say: (line: LogLine) => void;
}>;

export type RunningHub = Readonly<{
  url: string;
  /** Another hub has taken the database over: this one has nothing left to do. */
  overtaken: Promise<void>;
  close: () => Promise<void>;
}>;

/** A part is sealed: a little longer than the file in it. */
const mostPartBytes = 520 * 1024 * 1024;
const mostBodyBytes = 8 * 1024 * 1024;
const mostArriving = 200;
const tidyMs = 3_600_000;

const PartSchema = z.object({ hash: HashSchema, size: z.int().min(1).max(mostPartBytes) });
const PlaceSchema = z.object({ hash: HashSchema, piece: z.coerce.number().int().nonnegative() });
const SizeSchema = z.object({ size: z.coerce.number().int().positive().max(mostPartBytes) });

/** The hub: it takes sealed parcels, keeps them and gives them out. It sees addresses and sizes, and nothing else. */
export async function startHub(order: HubOrder): Promise<RunningHub> {
  const { folder, host, port, graceDays, say } = order;
  const { store, parts, identity, fingerprint } = folder;
  const sessions = createSessions<AgencyId>(Date.now);
  const waiting = new Map<AgencyId, Set<() => void>>();
  const app = fastify({
    https: { cert: identity.certificate + identity.authority, key: identity.key, minVersion: 'TLSv1.2' },
    bodyLimit: mostBodyBytes,
    requestTimeout: 20_000,
    keepAliveTimeout: 60_000,
    logger: false,
  });
  const now = () => instantFrom(Date.now());
  const overtaken = Promise.withResolvers<void>();
  answerFaults(app, { say, overtaken: overtaken.resolve });
  app.addContentTypeParser(
    'application/octet-stream',
    { parseAs: 'buffer', bodyLimit: pieceBytes },
    (_request, body, done) => {
      done(null, body);
    },
  );

  async function speaking(request: FastifyRequest): Promise<AgencyId> {
    const agency = speaker({ sessions }, request.headers.authorization);
    if (agency === null) throw new Refused(401, 'hub.no-session');
    if ((await store.member(agency))?.state !== 'joined') throw new Refused(403, 'hub.not-joined');
    return agency;
  }

  app.get('/health', () => ({ ok: true }));
  app.get('/ready', async () => ({ ok: true, ...(await store.counts()) }));
  app.post('/x1/join', async (request) => {
    const { code, member } = checked(JoinRequestSchema, request.body);
    if (!isMemberSound(member, Date.now())) throw new Refused(400, 'hub.unsound');
    const before = await store.member(member.id);
    if (before !== null && before.member.details.fingerprint === member.details.fingerprint) {
      return { joined: before.state === 'joined' };
    }
    if (before !== null || !(await store.join(codeHashOf(code), member, now()))) {
      throw new Refused(403, 'hub.wrong-code');
    }
    say({ what: 'asked to join', agency: member.id });
    return { joined: false };
  });
  app.post('/x1/challenge', () => ({ challenge: sessions.challenge() }));
  app.post('/x1/session', async (request) => {
    const { agency, challenge, signature } = checked(AgencySessionSchema, request.body);
    const known = await store.member(agency);
    if (!sessions.use(challenge)) throw new Refused(401, 'server.stale-challenge');
    if (known?.state !== 'joined') throw new Refused(403, 'hub.not-joined');
    const check = checkDetached({
      signature: Buffer.from(signature, 'base64'),
      content: Buffer.from(agencySessionText(fingerprint, agency, challenge)),
      authority: Buffer.from(known.member.details.authority, 'base64'),
      atMs: Date.now(),
    });
    if (!check.ok) throw new Refused(401, 'hub.bad-signature');
    return { token: sessions.open(agency), seconds: sessionSeconds };
  });
  app.post('/x1/describe', async (request) => {
    const agency = await speaking(request);
    const member = checked(MemberSchema, request.body);
    const known = await store.member(agency);
    const isSame = member.id === agency && known?.member.details.fingerprint === member.details.fingerprint;
    if (!isSame || !isMemberSound(member, Date.now())) throw new Refused(400, 'hub.unsound');
    await store.describe(member);
    return { ok: true };
  });
  app.post('/x1/directory', async (request) => {
    await speaking(request);
    return {
      members: (await store.members()).filter(({ state }) => state === 'joined').map(({ member }) => member),
    };
  });

  app.post('/x1/parts/offer', async (request) => {
    const agency = await speaking(request);
    const { hash, size } = checked(PartSchema, request.body);
    // Nobody guesses the hash of what is sealed under a key nobody else has: whoever names it, made it.
    if ((await parts.size(hash)) === size) return { whole: true, have: [] };
    return { whole: false, have: folder.arrivingFrom(agency).have(hash) };
  });
  app.put('/x1/parts/:hash/:piece', async (request) => {
    const agency = await speaking(request);
    const { hash, piece } = checked(PlaceSchema, request.params);
    const { size } = checked(SizeSchema, request.query);
    const bytes = request.body;
    const due = Math.max(0, Math.min(pieceBytes, size - piece * pieceBytes));
    if (!Buffer.isBuffer(bytes) || bytes.length !== due || due === 0) {
      throw new Refused(400, 'server.malformed');
    }
    const arriving = folder.arrivingFrom(agency);
    if (arriving.have(hash).length === 0 && arriving.count() >= mostArriving) {
      throw new Refused(429, 'server.too-many-files');
    }
    arriving.keep(hash, piece, bytes);
    if (arriving.have(hash).length < piecesOf(size)) return { whole: false };
    if (await arriving.finish({ hash, size }, piecesOf(size))) return { whole: true };
    throw new Refused(409, 'server.file-spoilt');
  });
  app.get('/x1/parts/:hash/:piece', async (request, reply) => {
    const agency = await speaking(request);
    const { hash, piece } = checked(PlaceSchema, request.params);
    const mayFetch = (await store.mayFetch(agency, hash)) && (await parts.size(hash)) !== null;
    if (!mayFetch) throw new Refused(404, 'server.no-such-file');
    const bytes = Buffer.from(await parts.read(hash, piece * pieceBytes, pieceBytes));
    return reply.type('application/octet-stream').send(bytes);
  });

  app.post('/x1/hand', async (request) => {
    const agency = await speaking(request);
    const { parcel, again } = checked(HandRequestSchema, request.body);
    if (parcel.from !== agency) throw new Refused(403, 'hub.not-the-sender');
    if ((await store.member(parcel.to))?.state !== 'joined') throw new Refused(409, 'hub.unknown-recipient');
    for (const { hash } of parcel.parts) {
      if ((await parts.size(hash)) === null) throw new Refused(409, 'hub.parts-missing');
    }
    await store.hand(parcel, { again, now: now() });
    for (const wake of waiting.get(parcel.to) ?? []) wake();
    return { taken: true };
  });
  app.post('/x1/collect', async (request) => {
    const agency = await speaking(request);
    const { waitSeconds, ...place } = checked(CollectRequestSchema, request.body);
    const look = async () => {
      const found = await store.after(agency, { ...place, now: now() });
      if (found !== null) return { restarted: false, parcels: found };
      const all = await store.after(agency, { after: 0, known: null, now: now() });
      return { restarted: true, parcels: all ?? [] };
    };
    const first = await look();
    if (first.parcels.length > 0 || first.restarted || waitSeconds === 0) return first;
    await until(waiting, agency, waitSeconds * 1000);
    return look();
  });

  const tidy = async (): Promise<void> => {
    const gone = await store.tidy(instantFrom(Date.now() - graceDays * 86_400_000));
    for (const hash of gone) await parts.remove(hash);
    if (gone.length > 0) say({ what: 'tidied', parts: gone.length });
  };
  await tidy();
  const tidying = setInterval(() => {
    void tidy().catch((error: unknown) => {
      if (error instanceof Fenced) overtaken.resolve();
      say({ what: 'not tidied', code: error instanceof AppError ? error.code : String(error) });
    });
  }, tidyMs);
  const backups = keepBackingUpHub(folder, order.backups, say);
  await app.listen({ host, port });
  const url = `https://${host}:${(app.server.address() as AddressInfo).port}`;
  say({ what: 'hub started', url, ...(await store.counts()) });
  return {
    url,
    overtaken: overtaken.promise,
    close: async () => {
      for (const all of waiting.values()) for (const wake of all) wake();
      clearInterval(tidying);
      await app.close();
      await backups.stop();
      await folder.close();
      say({ what: 'stopped' });
    },
  };
}

/** Until something is put in this mailbox, or the time is over. */
async function until(
  waiting: Map<AgencyId, Set<() => void>>,
  agency: AgencyId,
  mostMs: number,
): Promise<void> {
  const all = waiting.get(agency) ?? new Set();
  waiting.set(agency, all);
  let timer: NodeJS.Timeout | undefined;
  await new Promise<void>((resolve) => {
    const wake = () => {
      clearTimeout(timer);
      all.delete(wake);
      resolve();
    };
    timer = setTimeout(wake, mostMs);
    all.add(wake);
  });
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
