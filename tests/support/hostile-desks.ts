import { createPublicKey, generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import type { LightMyRequestResponse } from 'fastify';
import { holidays } from '#electron/store/holidays.ts';
import { systemClock } from '#electron/platform/clock.ts';
import { buildApp, type LogLine } from '#server/http/build-app.ts';
import { createHolds } from '#server/blobs/holds.ts';
import { keepFiles } from '#server/blobs/keeping.ts';
import { createMetrics } from '#server/http/metrics.ts';
import { createShownFiles } from '#server/http/shown-files.ts';
import { deviceIssuer } from '#server/features/devices/certificates.ts';
import { openIdentityDesk } from '#server/features/identity/identity-desk.ts';
import { identitySecrets } from '#server/features/identity/secrets.ts';
import { createSessions } from '#server/http/sessions.ts';
import { boxesInFiles } from '#server/log/boxes.ts';
import { serveFile } from '#server/log/serving.ts';
import { openAgencyFolder, type AgencyFolder } from '#server/main.ts';
import { createBucket } from '#shared/node/traffic/public.ts';
import type { Role } from '#shared/directory/public.ts';
import {
  CommandIdSchema,
  DeviceIdSchema,
  InvitationIdSchema,
  instantFrom,
  type AgencyId,
  type Command,
  type DeviceId,
  type Hash,
  type PersonId,
} from '#shared/kernel/public.ts';
import {
  PushReplySchema,
  certificateText,
  codeHashOf,
  protocolVersion,
  sessionText,
  signedText,
  type PushReply,
  type PushRequest,
} from '#shared/sync/public.ts';
import type { AgencyAtServer } from './agency-server.ts';

/** A desk that may say whatever it likes: its key, and how many commands it gave. */
export type AnyDesk = { device: DeviceId; key: KeyObject; person: PersonId; dseq: number };

export type Doors = Readonly<{
  folder: AgencyFolder;
  said: readonly LogLine[];
  routes: () => readonly string[];
  ask: (
    method: 'GET' | 'POST' | 'PUT',
    url: string,
    more?: Readonly<{ body?: string | Buffer | object; headers?: Record<string, string> }>,
  ) => Promise<LightMyRequestResponse>;
  enrolled: (person: PersonId) => Promise<AnyDesk>;
  /** Sends commands as this desk would, each signed in its turn unless they say otherwise. */
  push: (
    desk: AnyDesk,
    commands: readonly Command[],
    over?: Readonly<Record<string, unknown>>,
  ) => Promise<PushReply>;
  /** The same, only put together. */
  pushOf: (desk: AnyDesk, commands: readonly Command[]) => PushRequest;
  token: (desk: AnyDesk, agencyId?: AgencyId) => Promise<string>;
  decide: (by: PersonId, name: string, body: unknown) => Promise<void>;
  close: () => Promise<void>;
}>;

export const command = (actor: PersonId, name: string, body: unknown): Command => ({
  id: CommandIdSchema.parse(systemClock.newId()),
  name,
  actor,
  onBehalfOf: null,
  claimedAt: systemClock.now(),
  body,
});

/** The doors of a server over a real folder, asked without a network between. */
export function openDoors(
  { data, agencyId }: Pick<AgencyAtServer, 'data' | 'agencyId'>,
  administrator: PersonId | null = null,
  nowMs: () => number = Date.now,
): Doors {
  const folder = openAgencyFolder(data);
  const shown = createShownFiles();
  const files = keepFiles(folder.blobs, { ...folder, holds: createHolds() });
  const said: LogLine[] = [];
  const snapshots = folder.openSnapshots((code) => {
    said.push({ what: 'snapshot failed', code });
  });
  const parts = {
    agencyId,
    calendar: holidays,
    files: files.held,
    isShown: (hash: Hash, of: DeviceId) => shown.has(of, hash),
    now: () => instantFrom(nowMs()),
    snapshots,
  };
  const server = serveFile(folder, parts);
  snapshots.begin(server);
  const secrets = identitySecrets(folder.kept);
  const people = () => Promise.resolve(folder.people());
  const desk = openIdentityDesk({ agencyId, server, secrets, people, nowMs });
  const { certificate, authority, key } = folder.identity;
  const app = buildApp({
    agencyId,
    server,
    files,
    lanes: { in: createBucket(null), out: createBucket(null) },
    shown,
    snapshots,
    boxes: boxesInFiles(folder.boxes, server),
    identity: { desk, secrets },
    alarms: folder.exchange.alarms,
    lines: () => [],
    issue: deviceIssuer({ kept: folder.kept, agencyId }, nowMs),
    sessions: createSessions(nowMs),
    metrics: createMetrics(),
    nowMs,
    tls: { cert: certificate + authority, key },
    gauges: () => Promise.resolve({ head_seq: folder.log.head().seq }),
    overtaken: () => undefined,
    wake: () => undefined,
    told: () => undefined,
    listening: () => [],
    decided: () => undefined,
    say: (line) => said.push(line),
  });

  const ask: Doors['ask'] = (method, url, { body, headers } = {}) =>
    app.inject({
      method,
      url,
      headers: { ...(typeof body === 'string' ? { 'content-type': 'application/json' } : {}), ...headers },
      ...(body === undefined ? {} : { payload: body }),
    });

  const decide: Doors['decide'] = async (by, name, body) => {
    const { entry } = await server.decide(command(by, name, body));
    if (entry.refusal !== null) throw new Error(`${name}: ${entry.refusal.code}`);
  };

  const pushOf: Doors['pushOf'] = (desk, commands) => ({
    version: protocolVersion,
    agencyId,
    device: desk.device,
    commands: commands.map((one, place) => {
      const dseq = desk.dseq + 1 + place;
      const text = signedText(agencyId, desk.device, { dseq, command: one });
      return { dseq, command: one, signature: sign(null, Buffer.from(text), desk.key).toString('base64') };
    }),
  });

  const push: Doors['push'] = async (desk, commands, over = {}) => {
    const body = { ...pushOf(desk, commands), ...over };
    const reply = PushReplySchema.parse((await ask('POST', '/v1/push', { body })).json());
    desk.dseq = Math.max(desk.dseq, reply.lastDseq);
    return reply;
  };

  const signedChallenge = async ({ device, key }: AnyDesk) => {
    const { challenge } = (await ask('POST', '/v1/challenge', { body: {} })).json<{ challenge: string }>();
    const text = certificateText(agencyId, device, challenge);
    return { device, challenge, signature: sign(null, Buffer.from(text), key).toString('base64') };
  };

  return {
    folder,
    said,
    routes: () =>
      [...app.printRoutes({ commonPrefix: false }).matchAll(/(?<path>\/\S*) \((?<methods>[A-Z, ]+)\)/gu)]
        .flatMap(({ groups: { path = '', methods = '' } = {} }) =>
          methods.split(', ').map((method) => `${method} ${path}`),
        )
        .filter((door) => !door.startsWith('HEAD '))
        .toSorted(),
    ask,
    decide,
    push,
    pushOf,
    enrolled: async (person) => {
      const invitationId = InvitationIdSchema.parse(systemClock.newId());
      const code = 'MÃ MỜI THỬ';
      if (administrator === null) throw new Error('Nobody invites here');
      await decide(administrator, 'sync.inviteDevice', {
        invitationId,
        personId: person,
        codeHash: codeHashOf(code),
      });
      const { privateKey } = generateKeyPairSync('ed25519');
      const raw = createPublicKey(privateKey).export({ format: 'der', type: 'spki' }).subarray(-32);
      const desk: AnyDesk = {
        device: DeviceIdSchema.parse(systemClock.newId()),
        key: privateKey,
        person,
        dseq: 0,
      };
      const body = {
        deviceId: desk.device,
        invitationId,
        code,
        name: 'máy thử',
        publicKey: raw.toString('base64'),
      };
      const { results } = await push(desk, [command(person, 'sync.enrolDevice', body)]);
      if (results[0]?.refusal !== null) throw new Error('Not enrolled');
      const certified = await ask('POST', '/v1/certificate', { body: await signedChallenge(desk) });
      if (certified.statusCode !== 200) throw new Error('Not certified');
      return desk;
    },
    token: async (desk, of = agencyId) => {
      const { challenge } = (await ask('POST', '/v1/challenge', { body: {} })).json<{ challenge: string }>();
      const text = sessionText(of, desk.device, challenge);
      const signature = sign(null, Buffer.from(text), desk.key).toString('base64');
      const body = { device: desk.device, challenge, signature };
      return (await ask('POST', '/v1/session', { body })).json<{ token?: string }>().token ?? 'refused';
    },
    close: async () => {
      await app.close();
      await snapshots.stop();
      folder.close();
    },
  };
}

/** Whoever of the agency works in this way. */
export function ofRole({ agency: { staff } }: AgencyAtServer, role: Role): PersonId | null {
  return Object.values(staff).find(({ roles }) => roles.length === 1 && roles[0] === role)?.id ?? null;
}
