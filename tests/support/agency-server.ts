import { spawn, type ChildProcess } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { holidays } from '#electron/store/holidays.ts';
import { dossiersProjection } from '#electron/features/dossiers/projection.ts';
import { meetingsProjection } from '#electron/features/meetings/projection.ts';
import { documentsProjection } from '#electron/features/documents/projection.ts';
import { workflowProjection } from '#electron/features/workflow/projection.ts';
import { systemClock } from '#electron/platform/clock.ts';
import {
  openJoinedDesk,
  type DeviceKey,
  type JoinedDesk,
  type JoinedParts,
} from '#electron/store/joined-desk.ts';
import { countFiles } from '#electron/store/files-between.ts';
import { migrate } from '#electron/store/migrate.ts';
import { migrations } from '#electron/store/migrations/index.ts';
import { join as joinAgency } from '#electron/sync/join.ts';
import { keepInStep, type Keeper, type Speak } from '#electron/sync/keep-in-step.ts';
import { createLink, type Link } from '#electron/sync/link.ts';
import type { ServerAddress } from '#electron/sync/server-door.ts';
import { invite } from '#server/features/devices/invite.ts';
import { agencyServer, makeAgencyFolder, openAgencyFolder } from '#server/main.ts';
import {
  CommandIdSchema,
  HashSchema,
  type AgencyId,
  type Command,
  type PersonId,
  type Refusal,
  type Reply,
} from '#shared/kernel/public.ts';
import type { Told } from '#shared/meetings/public.ts';
import { openArriving, openBlobs, type Blobs } from '#shared/node/blobs/public.ts';
import { openEncrypted, type WriteDb } from '#shared/node/sqlite/public.ts';
import { allGuards } from '#shared/sync/public.ts';
import { anAgency, beginIdsAt, ids, unsignedCheck } from './builders.ts';
import { openSmallAgency, type Engine, type SmallAgency, type Staff } from './small-agency.ts';

const program = resolve(import.meta.dirname, '../../cli/antin.mjs');

/** The folder of a founded agency's server, the invitations it gave, and its program as a process of its own. */
export type AgencyAtServer = Readonly<{
  data: string;
  agencyId: AgencyId;
  agency: SmallAgency<Engine>;
  port: number;
  /** The first, second… invitation this person was given. */
  invitation: (who: keyof Staff, place?: number) => string;
  start: (...more: readonly string[]) => Promise<{ child: ChildProcess; url: string; authority: string }>;
  remove: () => void;
}>;

/** Founds a small agency in a folder of its own; its server will listen on `port` of this machine alone. */
export function agencyAtServer(
  port: number,
  invited: readonly (keyof Staff)[],
  before: (agency: SmallAgency<Engine>) => void = () => undefined,
): AgencyAtServer {
  const home = mkdtempSync(join(tmpdir(), 'Ấn Tín máy chủ '));
  const data = join(home, 'cơ quan');
  beginIdsAt(7_000_000 + port);
  const { id, name } = anAgency();
  beginIdsAt(7_000_000 + port);
  makeAgencyFolder(data, { id, name });
  const folder = openAgencyFolder(data);
  const server = agencyServer({ folder, calendar: holidays });
  const agency = openSmallAgency((): Engine => ({
    log: folder.log,
    decide: (command: Command) => void server.decide(command),
  }));
  before(agency);
  const { certificate, authority } = folder.identity;
  const fingerprint = HashSchema.parse(fingerprintOf(authority));
  const invitations = invited.map(
    (who) =>
      [
        who,
        invite({
          folder,
          server,
          personId: agency.staff[who].id,
          by: agency.staff.administrator.id,
          url: `https://127.0.0.1:${port}`,
          authority: fingerprint,
        }),
      ] as const,
  );
  if (certificate === authority) throw new Error('A server vouches for itself');
  folder.close();
  return {
    data,
    agencyId: id,
    agency,
    port,
    invitation: (who, place = 0) => invitations.filter(([of]) => of === who)[place]?.[1] ?? '',
    start: (...more) => startServerOn(data, port, more),
    remove: () => {
      rmSync(home, { recursive: true, force: true });
    },
  };
}

function fingerprintOf(pem: string): string {
  const raw = Buffer.from(pem.replaceAll(/-----[^-]+-----|\s/gu, ''), 'base64');
  return createHash('sha256').update(raw).digest('hex');
}

/** The program as a process of its own over a folder. */
export async function startServerOn(data: string, port: number, more: readonly string[]) {
  const args = [
    program,
    'serve',
    '--role',
    'agency',
    '--data',
    data,
    '--port',
    String(port),
    '--json',
    ...more,
  ];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  const said: string[] = [];
  child.stderr.on('data', (chunk: Buffer) => said.push(chunk.toString()));
  for await (const line of createInterface({ input: child.stdout })) {
    const { url, authority } = JSON.parse(line) as { url: string; authority: string };
    return { child, url, authority };
  }
  throw new Error(`The server did not start: ${said.join('')}`);
}

/** One official's machine without a window: the shipped desk, link and network over a real file. */
export type HeadlessDesk = Readonly<{
  db: WriteDb;
  desk: JoinedDesk;
  link: Link;
  blobs: Blobs;
  /** Does something here; throws what the rules say against it. */
  give: (name: string, body: unknown, byServer?: boolean) => Command;
  /** Asks the server one thing in this device's name. */
  speak: Speak;
  filesToCome: () => number;
  /** Everything told in meetings that the server gave this desk. */
  told: readonly Told[];
  faults: readonly unknown[];
  stop: () => Promise<void>;
}>;

export type DeskIdentity = Readonly<{
  device: DeviceKey;
  server: ServerAddress;
  personId: PersonId;
  path: string;
  key: Uint8Array;
}>;

export async function enrolDesk(at: AgencyAtServer, who: keyof Staff, place = 0): Promise<DeskIdentity> {
  const { device, server } = await joinAgency(at.invitation(who, place), `máy ${who}`, systemClock);
  const path = join(at.data, '..', `${who}-${place}.db`);
  return { device, server, personId: at.agency.staff[who].id, path, key: randomBytes(32) };
}

/** `knows` says which acts an older program could fold. */
export function startDesk(
  { agencyId }: Pick<AgencyAtServer, 'agencyId'>,
  one: DeskIdentity,
  knows?: JoinedParts['knows'],
): HeadlessDesk {
  const db = openEncrypted({ path: one.path, key: one.key });
  migrate(db, migrations);
  const desk = openJoinedDesk({
    agencyId,
    db,
    projections: [documentsProjection, workflowProjection, dossiersProjection, meetingsProjection],
    calendar: holidays,
    now: systemClock.now,
    person: one.personId,
    device: one.device,
    guards: allGuards,
    knows,
  });
  const link = createLink(desk, Math.random);
  const folder = `${one.path}.blobs`;
  const blobs = openBlobs({ folder, dataKey: one.key });
  const arriving = openArriving(join(folder, 'arriving'), { dataKey: one.key, blobs });
  const faults: unknown[] = [];
  const told: Told[] = [];
  const { device, server } = one;
  const keeper: Keeper = keepInStep({
    agencyId,
    device,
    server,
    link,
    files: { db, blobs, arriving, came: () => undefined },
    snapshots: { folder, dataKey: one.key, desk },
    drafts: null,
    told: (one) => void told.push(one),
    onStopped: () => undefined,
    onFault: (error) => faults.push(error),
  });
  return {
    db,
    desk,
    link,
    blobs,
    faults,
    told,
    speak: keeper.speak,
    filesToCome: () => countFiles(db).toFetch,
    give: (name, body, byServer = false) => {
      const command: Command = {
        id: CommandIdSchema.parse(systemClock.newId()),
        name,
        actor: one.personId,
        onBehalfOf: null,
        claimedAt: systemClock.now(),
        body,
      };
      const refusal = byServer ? desk.enqueue(command) : refusalIn(desk.execute(command));
      if (refusal !== null) throw new Error(`${name}: ${refusal.code}`);
      keeper.nudge();
      return command;
    },
    stop: async () => {
      await keeper.stop();
      db.close();
    },
  };
}

function refusalIn(reply: Reply): Refusal | null {
  return reply.ok ? null : reply.refusal;
}

/** A letter that came to a desk, with a file of its own that lies there. */
export async function aLetter({ blobs }: Pick<HeadlessDesk, 'blobs'>, bytes = 2000) {
  const file = { ...(await blobs.put(randomBytes(bytes))), name: 'công văn.pdf', pages: 1 };
  const suggestion = { fields: {}, confidence: {}, method: 'none' };
  return { documentId: ids.document(), file, hasScript: false, suggestion, check: unsignedCheck };
}

/** Waits until something holds, looking often; fails with what it was waiting for. */
export async function until(what: string, holds: () => boolean, mostMs = 15_000): Promise<void> {
  const endMs = Date.now() + mostMs;
  while (!holds()) {
    if (Date.now() > endMs) throw new Error(`Not in time: ${what}`);
    await new Promise((soon) => setTimeout(soon, 20));
  }
}
