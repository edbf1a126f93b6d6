import { createHash, X509Certificate } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';
import {
  AppError,
  HashSchema,
  instantFrom,
  type DeviceId,
  type Hash,
  type WorkingCalendar,
} from '#shared/kernel/public.ts';
import type { AgencyServer } from '#shared/node/agency-log/public.ts';
import { noteOwed } from '#shared/node/exchange/public.ts';
import type { Decided } from '#shared/node/sequencer/public.ts';
import { draftWake } from '#shared/sync/public.ts';
import type { AgencyFolder } from './data/agency-folder.ts';
import { backUpAgency } from './data/backups.ts';
import { speaker } from './http/asking.ts';
import { buildApp, type LogLine } from './http/build-app.ts';
import type { PostgresStore } from './log/postgres-store.ts';
import { serveDatabase, serveFile, serverOver, type Serving } from './log/serving.ts';
import { createMetrics } from './http/metrics.ts';
import { createSessions } from './http/sessions.ts';
import { readConnection } from './features/exchange/connection.ts';
import { startGateway } from './features/exchange/gateway.ts';

export { connect, writeHubInvitation } from './features/exchange/connection.ts';
export { openHubFolder } from './hub/hub-folder.ts';
export { startHub } from './hub/start-hub.ts';
export { migrate } from './log/migrate.ts';
export { openPostgres } from './log/postgres-store.ts';
export { restoreAgency, versionsIn } from './data/backups.ts';
export { makeAgencyFolder, openAgencyFolder, type AgencyFolder } from './data/agency-folder.ts';

export type BackupPlan = Readonly<{ data: string; to: string; everyMs: number; keep: number }>;

export type ServerOrder = Readonly<{
  folder: AgencyFolder;
  /** Where the folder lies: its connection to other agencies is read from there. */
  data: string;
  host: string;
  port: number;
  /** The agency's own certificate instead of the one made with the folder, PEM. */
  tls: Readonly<{ cert: string; key: string }> | null;
  calendar: WorkingCalendar;
  /** Where versions of the log go, how often and how many stay; without it nothing is ever called safe. */
  backups: BackupPlan | null;
  /** The log in PostgreSQL instead of the folder's own file. */
  store: PostgresStore | null;
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
  return serverOver(folder.log, {
    agencyId: folder.file.agencyId,
    calendar,
    hasFile: folder.blobs.has,
    also: (decided) => {
      noteOwed(folder.exchange, decided);
    },
  });
}

/** Starts answering the desks of one agency, and pokes those that listen whenever something was decided. */
export async function startServer(order: ServerOrder): Promise<RunningServer> {
  const { folder, say } = order;
  const sessions = createSessions(Date.now);
  const listeners = new WebSocketServer({ noServer: true, maxPayload: 1024 });
  const at = new Map<WebSocket, DeviceId>();
  const { certificate, authority, key } = folder.identity;
  // A desk that joins sees whom the certificate goes back to, and compares it with its invitation.
  const tls = order.tls ?? { cert: certificate + authority, key };
  const parts = {
    agencyId: folder.file.agencyId,
    calendar: order.calendar,
    hasFile: folder.blobs.has,
    also: (decided: Decided) => {
      noteOwed(folder.exchange, decided);
    },
  };
  const server =
    order.store === null
      ? serveFile(folder.log, folder.texts, parts)
      : await serveDatabase(order.store, parts);
  const overtaken = Promise.withResolvers<void>();
  const backups = keepBackingUp(order, server);
  const announce = () => {
    for (const socket of listeners.clients) socket.send('new');
  };
  // Over a database there is no gateway yet: what it owes commits with the log, in the folder's own file.
  const connected = order.store === null ? readConnection(order.data, folder) : null;
  const gateway =
    connected === null
      ? null
      : startGateway({ data: order.data, folder, connected, server, decided: announce, say });
  const app = buildApp({
    agencyId: folder.file.agencyId,
    server,
    files: folder,
    sessions,
    metrics: createMetrics(),
    tls,
    gauges: async () => ({ head_seq: await server.headSeq(), listeners: listeners.clients.size }),
    overtaken: overtaken.resolve,
    wake: (devices, document) => {
      for (const [socket, device] of at) if (devices.includes(device)) socket.send(draftWake + document);
    },
    decided: () => {
      announce();
      gateway?.nudge();
    },
    say,
  });
  app.server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const device = speaker({ sessions }, request.headers.authorization);
    if (request.url !== '/v1/wake' || device === null) {
      socket.end('HTTP/1.1 401 Unauthorized\r\nConnection: close\r\n\r\n');
      return;
    }
    listeners.handleUpgrade(request, socket, head, (client) => {
      at.set(client, device);
      client.on('close', () => at.delete(client));
    });
  });
  await app.listen({ host: order.host, port: order.port });
  const { port } = app.server.address() as AddressInfo;
  const url = `https://${order.host}:${port}`;
  say({ what: 'started', url, head: await server.headSeq() });
  return {
    url,
    authority: authorityOf(tls.cert),
    overtaken: overtaken.promise,
    close: async () => {
      for (const socket of listeners.clients) socket.close(1001);
      await gateway?.stop();
      await app.close();
      await backups.stop();
      await order.store?.close();
      folder.close();
      say({ what: 'stopped' });
    },
  };
}

/** Copies the log to the second place again and again; what every kept copy holds is safe from then on. */
function keepBackingUp(
  { folder, backups, say }: ServerOrder,
  server: Serving,
): Readonly<{ stop: () => Promise<void> }> {
  if (backups === null) return { stop: () => Promise.resolve() };
  let timer: NodeJS.Timeout | undefined;
  let safeUpTo = -1;
  const once = async (): Promise<void> => {
    // A quiet office too is copied until the oldest copy that stays holds everything.
    if (folder.log.head().seq === safeUpTo) return;
    try {
      const { head, stable } = await backUpAgency({ folder, ...backups, now: instantFrom(Date.now()) });
      safeUpTo = stable;
      await server.markStable(stable);
      say({ what: 'backed up', seq: head.seq, stable });
    } catch (error) {
      say({ what: 'backup failed', code: error instanceof AppError ? error.code : String(error) });
    }
  };
  let working = once();
  const again = (): void => {
    timer = setTimeout(() => {
      working = once().then(again);
    }, backups.everyMs);
  };
  void working.then(again);
  return {
    stop: async () => {
      await working;
      clearTimeout(timer);
      await once();
    },
  };
}

/** SHA-256 of the certificate that desks are told to believe: the authority's, or the last of a chain of one's own. */
function authorityOf(pem: string): Hash {
  const last = pem.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/gu)?.at(-1) ?? '';
  return HashSchema.parse(createHash('sha256').update(new X509Certificate(last).raw).digest('hex'));
}
