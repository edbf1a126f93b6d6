import { createHash, X509Certificate } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';
import type { Person } from '#shared/directory/public.ts';
import type { AlarmCode } from '#shared/exchange/public.ts';
import {
  AppError,
  HashSchema,
  dayOf,
  instantFrom,
  type DeviceId,
  type Hash,
  type WorkingCalendar,
} from '#shared/kernel/public.ts';
import { Fenced, type AgencyServer } from '#shared/node/agency-log/public.ts';
import type { Vote } from '#shared/meetings/public.ts';
import type { Decided } from '#shared/node/sequencer/public.ts';
import { createBucket, type Bucket } from '#shared/node/traffic/public.ts';
import { createHolds } from './blobs/holds.ts';
import { keepFiles } from './blobs/keeping.ts';
import { tellingWake } from '#shared/meetings/public.ts';
import { draftWake, worthASnapshot } from '#shared/sync/public.ts';
import type { AgencyFolder } from './data/agency-folder.ts';
import { deviceIssuer } from './features/devices/certificates.ts';
import { keepBackingUp, type BackupPlan } from './data/keep-backing-up.ts';
import { keepCheckingDatabase } from './data/check-database.ts';
import { keepCheckingFiles } from './data/check-files.ts';
import { keepCollecting } from './data/keep-collecting.ts';
import { mustBeAsSaid } from './data/where-things-are.ts';
import { alarm } from './features/exchange/gateway-parts.ts';
import type { MailboxPlan } from './features/exchange/own-mailbox.ts';
import { startExchange } from './features/exchange/start-exchange.ts';
import { openIdentityDesk } from './features/identity/identity-desk.ts';
import { identitySecrets } from './features/identity/secrets.ts';
import { speaker } from './http/asking.ts';
import { keepEndingOverdue } from './features/leases/end-overdue.ts';
import { boxesAskedBy, keepBoxes } from './features/votes/keep-boxes.ts';
import { keepStamping } from './features/stamps/keep-stamping.ts';
import { buildApp, type LogLine } from './http/build-app.ts';
import type { PostgresStore } from './log/postgres-store.ts';
import { openByEngine, owing } from './log/by-engine.ts';
import { serverOver } from './log/serving.ts';
import { createMetrics } from './http/metrics.ts';
import { createSessions } from './http/sessions.ts';
import { createShownFiles } from './http/shown-files.ts';

export { connect, writeHubInvitation } from './features/exchange/connection.ts';
export { readLines } from './features/exchange/lines/line-settings.ts';
export { setLine, testLine } from './features/exchange/lines/set-line.ts';
export { readAlarms } from './features/exchange/read-alarms.ts';
export { backUpHub, hubVersionsIn, isHubVersion, restoreHub } from './hub/hub-backups.ts';
export { openHubFolder, type HubFolder } from './hub/hub-folder.ts';
export { migrateHub } from './hub/migrate-hub.ts';
export { startHub } from './hub/start-hub.ts';
export { collect, type Collected } from './blobs/collect.ts';
export { createHolds } from './blobs/holds.ts';
export { readS3Address, type S3Address } from './blobs/s3-address.ts';
export { moveFiles } from './data/move-files.ts';
export { migrate } from './log/migrate.ts';
export { openPostgres } from './log/postgres-store.ts';
export { backUpAgency, restoreAgency, versionsIn } from './data/backups.ts';
export {
  makeAgencyFolder,
  openAgencyFolder,
  readIdentity,
  readServerFile,
  type AgencyFolder,
} from './data/agency-folder.ts';

export type ServerOrder = Readonly<{
  folder: AgencyFolder;
  host: string;
  port: number;
  /** The agency's own certificate instead of the one made with the folder, PEM. */
  tls: Readonly<{ cert: string; key: string }> | null;
  calendar: WorkingCalendar;
  /** Where versions of the log go, how often and how many stay; without it nothing is ever called safe. */
  backups: BackupPlan | null;
  /** The log in PostgreSQL instead of the folder's own file. */
  store: PostgresStore | null;
  /** The server's clock, which alone says whether a certificate holds. */
  nowMs?: () => number;
  /** How long a file stays that nothing speaks of. */
  graceDays: number;
  /** What of the machine's line all files together may take, in KB/s (1024 bytes); null is all of it. */
  limits: Readonly<{ in: number | null; out: number | null }>;
  /** Where the agency's own mailbox listens, for those that come to it without a hub between; null for none. */
  mailbox?: MailboxPlan | null;
  say: (line: LogLine) => void;
}>;

export type RunningServer = Readonly<{
  url: string;
  authority: Hash;
  /** Another server has taken the log over: this one has nothing left to do. */
  overtaken: Promise<void>;
  close: () => Promise<void>;
}>;

/** The server over the folder's own file, for what is done beside its doors. */
export function agencyServer({ folder, calendar }: Pick<ServerOrder, 'folder' | 'calendar'>): AgencyServer {
  return serverOver(folder.log, { agencyId: folder.file.agencyId, calendar, also: owing(folder) });
}

/** Starts answering the desks of one agency, and pokes those that listen whenever something was decided. */
export async function startServer(order: ServerOrder): Promise<RunningServer> {
  const { folder, store, say, nowMs = Date.now } = order;
  await mustBeAsSaid(folder, store);
  const holds = createHolds();
  const files = keepFiles(folder.blobs, { ...folder, holds });
  const sessions = createSessions(nowMs);
  const listeners = new WebSocketServer({ noServer: true, maxPayload: 1024 });
  const at = new Map<WebSocket, DeviceId>();
  let isClosing = false;
  const { certificate, authority, key } = folder.identity;
  // A desk that joins sees whom the certificate goes back to, and compares it with its invitation.
  const tls = order.tls ?? { cert: certificate + authority, key };
  const shown = createShownFiles();
  const snapshots = folder.openSnapshots((code) => {
    say({ what: 'snapshot failed', code });
  });
  const parts = {
    agencyId: folder.file.agencyId,
    calendar: order.calendar,
    snapshots,
    now: () => instantFrom(nowMs()),
    files: files.held,
    isShown: (hash: Hash, of: DeviceId) => shown.has(of, hash),
    seen: (decided: Decided) => {
      for (const vote of boxesAskedBy(decided)) keeping?.nudge(vote);
    },
  };
  let keeping: ReturnType<typeof keepBoxes> | null = null;
  const { server, exchange, boxes, states, follow } = await openByEngine(folder, store, parts);
  snapshots.begin(server);
  const overtaken = Promise.withResolvers<void>();
  const announce = (): void => {
    for (const socket of listeners.clients) socket.send('new');
  };
  const leases = keepEndingOverdue({
    server,
    decided: announce,
    failed: (error) => {
      if (error instanceof Fenced) overtaken.resolve();
      else say({ what: 'leases not ended', code: error instanceof AppError ? error.code : String(error) });
    },
  });
  keeping = keepBoxes({
    agencyId: folder.file.agencyId,
    server,
    boxes,
    // Folded by the vote's own aggregate.
    votes: async () => (await states('vote')) as readonly Vote[],
    decided: announce,
    failed: (error) => {
      if (error instanceof Fenced) overtaken.resolve();
      else say({ what: 'box not settled', code: error instanceof AppError ? error.code : String(error) });
    },
  });
  const stamping = keepStamping({
    agencyId: folder.file.agencyId,
    server,
    nowMs,
    decided: announce,
    failed: (error) => {
      if (error instanceof Fenced) overtaken.resolve();
      else say({ what: 'log not stamped', code: error instanceof AppError ? error.code : String(error) });
    },
  });
  // A file in this folder alone is in one place, however many machines have the log.
  const standby = store === null || folder.elsewhere === null ? 'none' : await store.trustStandby();
  if (standby === 'hidden') say({ what: 'standby not looked at', missing: 'pg_monitor' });
  const tell = (code: AlarmCode, about: string) =>
    alarm({ exchange, now: parts.now, say }, code, null, about);
  const backups = keepBackingUp({ ...order, follow, alarm: tell }, server);
  const collecting = keepCollecting(order, { server, holds });
  const checking = keepCheckingFiles({ folder, copies: order.backups?.places ?? [] }, say);
  const secrets = identitySecrets(folder.kept);
  // Folded by the person's own aggregate.
  const people = async () => (await states('person')) as readonly Person[];
  const desk = openIdentityDesk({ agencyId: folder.file.agencyId, server, secrets, people, nowMs });
  const looking = keepCheckingDatabase({
    file: folder.ownFile,
    say,
    onDamaged: () => tell('server.database-damaged', dayOf(instantFrom(Date.now()))),
  });
  const gateway = await startExchange(
    { folder, exchange, server, states, files, decided: announce, overtaken: overtaken.resolve, say },
    order.mailbox ?? null,
  );
  const app = buildApp({
    identity: { desk, secrets },
    alarms: folder.exchange.alarms,
    lines: gateway.lines,
    agencyId: folder.file.agencyId,
    server,
    files,
    shown,
    lanes: { in: laneOf(order.limits.in), out: laneOf(order.limits.out) },
    snapshots,
    boxes,
    sessions,
    issue: deviceIssuer({ kept: folder.kept, agencyId: folder.file.agencyId }, nowMs),
    metrics: createMetrics(),
    nowMs,
    tls,
    gauges: async () => ({
      head_seq: (await server.head()).seq,
      listeners: listeners.clients.size,
      ...backups.gauges(),
      database_damaged: looking.isDamaged() ? 1 : 0,
    }),
    overtaken: overtaken.resolve,
    wake: (devices, document) => {
      for (const [socket, device] of at) if (devices.includes(device)) socket.send(draftWake + document);
    },
    told: (told, hears) => {
      const text = tellingWake + JSON.stringify(told);
      for (const [socket, device] of at) if (hears(device)) socket.send(text);
    },
    listening: () => [...at.values()],
    decided: () => {
      announce();
      gateway.nudge();
    },
    say,
  });
  const listen = async (request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> => {
    const device = speaker({ sessions }, request.headers.authorization);
    // A token outlives the belief in its device.
    const isBelieved = device !== null && (await server.whyNotBelieve(device).catch(() => 'away')) === null;
    // Whoever comes to listen while the server goes would hold it up for ever.
    if (isClosing || request.url !== '/v1/wake' || !isBelieved) {
      socket.end('HTTP/1.1 401 Unauthorized\r\nConnection: close\r\n\r\n');
      return;
    }
    listeners.handleUpgrade(request, socket, head, (client) => {
      at.set(client, device);
      // What was decided while the line was being opened was told to those who listened already.
      client.send('new');
      client.on('close', () => at.delete(client));
    });
  };
  app.server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on('error', () => socket.destroy());
    void listen(request, socket, head);
  });
  await app.listen({ host: order.host, port: order.port });
  const { port } = app.server.address() as AddressInfo;
  const url = `https://${order.host}:${port}`;
  // What everybody of an agency lacks who joins; the other scopes follow when they are asked for.
  for (const scope of ['directory', 'agency']) {
    if ((await server.scopeHead(scope)).n >= worthASnapshot) void snapshots.freshen(scope);
  }
  say({ what: 'started', url, head: (await server.head()).seq });
  return {
    url,
    authority: authorityOf(tls.cert),
    overtaken: overtaken.promise,
    close: async () => {
      isClosing = true;
      for (const socket of listeners.clients) socket.close(1001);
      await gateway.stop();
      await app.close();
      await leases.stop();
      await keeping?.stop();
      await stamping.stop();
      await collecting.stop();
      await checking.stop();
      await looking.stop();
      await snapshots.stop();
      await backups.stop();
      await store?.close();
      folder.close();
      say({ what: 'stopped' });
    },
  };
}

function laneOf(kilobytes: number | null): Bucket {
  return createBucket(kilobytes === null ? null : kilobytes * 1024);
}

/** SHA-256 of the certificate that desks are told to believe: the authority's, or the last of a chain of one's own. */
function authorityOf(pem: string): Hash {
  const last = pem.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/gu)?.at(-1) ?? '';
  return HashSchema.parse(createHash('sha256').update(new X509Certificate(last).raw).digest('hex'));
}
