import { createHash, X509Certificate } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import { aggregates, commandsByName } from '#shared/commands.ts';
import { isCallName, personAggregate, whyNotCall } from '#shared/directory/public.ts';
import {
  AppError,
  HashSchema,
  instantFrom,
  refuse,
  type Command,
  type Hash,
  type States,
  type WorkingCalendar,
} from '#shared/kernel/public.ts';
import { openServer, type AgencyServer } from '#shared/node/agency-log/public.ts';
import { allGuards } from '#shared/sync/public.ts';
import type { AgencyFolder } from './data/agency-folder.ts';
import { backUpAgency } from './data/backups.ts';
import { buildApp, speaker, type LogLine } from './http/build-app.ts';
import { createMetrics } from './http/metrics.ts';
import { createSessions } from './http/sessions.ts';

export { restoreAgency, versionsIn } from './data/backups.ts';
export { makeAgencyFolder, openAgencyFolder, type AgencyFolder } from './data/agency-folder.ts';

export type BackupPlan = Readonly<{ data: string; to: string; everyMs: number; keep: number }>;

export type ServerOrder = Readonly<{
  folder: AgencyFolder;
  host: string;
  port: number;
  /** The agency's own certificate instead of the one made with the folder, PEM. */
  tls: Readonly<{ cert: string; key: string }> | null;
  calendar: WorkingCalendar;
  /** Where versions of the log go, how often and how many stay; without it nothing is ever called safe. */
  backups: BackupPlan | null;
  say: (line: LogLine) => void;
}>;

export type RunningServer = Readonly<{ url: string; authority: Hash; close: () => Promise<void> }>;

/** Decides as the office's rules say, with the rights and the clock of the server. */
export function agencyServer({ folder, calendar }: Pick<ServerOrder, 'folder' | 'calendar'>) {
  const { agencyId } = folder.file;
  return openServer({
    agencyId,
    guards: allGuards,
    missingFiles: () => [],
    sequencer: {
      agencyId,
      log: folder.log,
      commands: commandsByName,
      aggregates,
      calendar: () => calendar,
      now: () => instantFrom(Date.now()),
      whyNot: (command: Command, states: States) =>
        isCallName(command.name)
          ? whyNotCall(command.name, states.of(personAggregate, command.actor))
          : refuse('kernel.unknown-command'),
    },
  });
}

/** Starts answering the desks of one agency, and pokes those that listen whenever something was decided. */
export async function startServer(order: ServerOrder): Promise<RunningServer> {
  const { folder, say } = order;
  const sessions = createSessions(Date.now);
  const listeners = new WebSocketServer({ noServer: true, maxPayload: 1024 });
  const { certificate, authority, key } = folder.identity;
  // A desk that joins sees whom the certificate goes back to, and compares it with its invitation.
  const tls = order.tls ?? { cert: certificate + authority, key };
  const server = agencyServer(order);
  const backups = keepBackingUp(order, server);
  const app = buildApp({
    agencyId: folder.file.agencyId,
    server,
    sessions,
    metrics: createMetrics(),
    tls,
    gauges: () => ({ head_seq: folder.log.head().seq, listeners: listeners.clients.size }),
    decided: () => {
      for (const socket of listeners.clients) socket.send('new');
    },
    say,
  });
  app.server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    if (request.url !== '/v1/wake' || speaker({ sessions }, request.headers.authorization) === null) {
      socket.end('HTTP/1.1 401 Unauthorized\r\nConnection: close\r\n\r\n');
      return;
    }
    listeners.handleUpgrade(request, socket, head, (client) => listeners.emit('connection', client, request));
  });
  await app.listen({ host: order.host, port: order.port });
  const { port } = app.server.address() as AddressInfo;
  const url = `https://${order.host}:${port}`;
  say({ what: 'started', url, head: folder.log.head().seq });
  return {
    url,
    authority: authorityOf(tls.cert),
    close: async () => {
      for (const socket of listeners.clients) socket.close(1001);
      await app.close();
      await backups.stop();
      folder.close();
      say({ what: 'stopped' });
    },
  };
}

/** Copies the log to the second place again and again; what every kept copy holds is safe from then on. */
function keepBackingUp(
  { folder, backups, say }: ServerOrder,
  server: AgencyServer,
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
      server.markStable(stable);
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
