import { createHash, sign, type KeyObject } from 'node:crypto';
import { openInMemory, type WriteDb } from '#shared/node/sqlite/public.ts';
import { documentsProjection } from '#electron/features/documents/projection.ts';
import { proofsProjection } from '#electron/features/signing/proofs/projection.ts';
import { workflowProjection } from '#electron/features/workflow/projection.ts';
import { openDraftRoom, type DraftRoom } from '#electron/store/draft-room.ts';
import { openJoinedDesk, type JoinedDesk } from '#electron/store/joined-desk.ts';
import { prepared } from '#electron/store/prepared.ts';
import type { Projection } from '#electron/store/projection.ts';
import { readState } from '#electron/store/read-state.ts';
import { keepInStep, type Keeper } from '#electron/sync/keep-in-step.ts';
import { createLink, type Link } from '#electron/sync/link.ts';
import {
  AppError,
  dayOf,
  instantFrom,
  isByServer,
  type Act,
  type Aggregate,
  type Command,
  type DeviceId,
  type InvitationId,
} from '#shared/kernel/public.ts';
import { isCallName, whyNotCall, type Person } from '#shared/directory/public.ts';
import { openArriving, openBlobs, type Blobs } from '#shared/node/blobs/public.ts';
import { protocolVersion, signedText, type PushRequest, type SentCommand } from '#shared/sync/public.ts';
import { commandsByName } from '#shared/commands.ts';
import { drawMove, moves, type Pool } from '../support/office-moves.ts';
import { plainCalendar } from '../support/ask.ts';
import { withRealFiles } from '../support/real-files.ts';
import type { Windows } from './draft-windows.ts';
import { memoryDisk, type MemoryDisk } from './memory-disk.ts';
import { Crash, newCommandId, newDevice, type Device, type Setting } from './setting.ts';
import { pieceBytes } from './simulated-server.ts';
import type { SimulatedNetwork } from './simulated-network.ts';

/** What was accepted on a desk, as whoever sat there saw it. */
export type Witness = Readonly<{ command: Command; text: string }>;

/** A machine's disk as it was, with how much had been promised by then. */
export type DeskCopy = Readonly<{ bytes: Buffer; disk: MemoryDisk; given: number; words: number }> & Device;

export type SimulatedDesk = {
  readonly person: Person;
  /** Counts the program's lives on this machine: what an earlier one began does not go on. */
  life: number;
  db: WriteDb;
  disk: MemoryDisk;
  desk: JoinedDesk;
  link: Link;
  room: DraftRoom;
  blobs: Blobs;
  keeper: Keeper;
  windows: Windows;
  device: DeviceId;
  key: KeyObject;
  publicKey: string;
  isOnline: boolean;
  clockOffMs: number;
  /** Chance of going down while something is applied. */
  crashRate: number;
  given: Witness[];
  /** What its person was told is refused, as far back as its disk goes. */
  refused: Set<string>;
  /** How many of the story's words were written here. */
  words: number;
  copy: DeskCopy | null;
};

export type DeskParts = Readonly<{
  setting: Setting;
  network: SimulatedNetwork;
  isStormy: () => boolean;
}>;

/** Most of what is drawn is not for whoever sits there, or not for now. */
const mostTries = 16;
const dataKey = new Uint8Array(createHash('sha256').update('a desk of the simulation').digest());

export function openSimulatedDesk(parts: DeskParts, person: Person, bytes: Buffer): SimulatedDesk {
  // All of it is set by `start`.
  const unset = {} as Pick<SimulatedDesk, 'desk' | 'link' | 'room' | 'blobs' | 'keeper' | 'windows' | 'disk'>;
  const one: SimulatedDesk = {
    person,
    life: 0,
    db: openInMemory(bytes),
    ...unset,
    ...newDevice(),
    isOnline: true,
    clockOffMs: 0,
    crashRate: 0,
    given: [],
    refused: new Set(),
    words: 0,
    copy: null,
  };
  one.disk = memoryDisk({
    change: (needsRoom) => {
      if (one.crashRate === 0) return;
      if (parts.setting.chance() < one.crashRate / 4) throw new Crash();
      if (needsRoom && parts.setting.chance() < one.crashRate / 8) {
        parts.setting.count('disk full at a desk');
        throw Object.assign(new Error('ENOSPC'), { code: 'ENOSPC' });
      }
    },
  });
  start(parts, one);
  return one;
}

/** The store of a desk alone, without a way to the server. */
export function openStore({ setting }: DeskParts, one: SimulatedDesk): JoinedDesk {
  const crashing: Projection = {
    name: 'crash',
    apply: () => {
      if (one.crashRate > 0 && setting.chance() < one.crashRate) throw new Crash();
    },
    clear: () => undefined,
    forget: () => undefined,
  };
  return openJoinedDesk({
    agencyId: setting.agencyId,
    db: one.db,
    projections: [documentsProjection, workflowProjection, proofsProjection, crashing],
    calendar: plainCalendar,
    now: () => instantFrom(setting.time.nowMs() + one.clockOffMs),
    person: one.person.id,
    device: { id: one.device, key: one.key },
    guards: setting.guards,
  });
}

/** The program starts on what the disk holds. */
export function start(parts: DeskParts, one: SimulatedDesk): void {
  const { setting, network } = parts;
  const { guards, time } = setting;
  const life = (one.life += 1);
  const isNow = () => one.life === life;
  one.desk = openStore(parts, one);
  one.desk.onDecided(({ command, refusal }) => {
    if (refusal !== null && command.actor === one.person.id) one.refused.add(command.id);
  });
  one.link = createLink(one.desk, setting.chance);
  one.room = openDraftRoom(one.db);
  one.windows = new Map();
  const giveWay = (): Promise<void> => {
    if (!parts.isStormy() || setting.chance() > 0.04) return Promise.resolve();
    return new Promise((resolve) => {
      time.after(setting.chance() * 2000, () => {
        if (isNow()) resolve();
      });
    });
  };
  const files = one.disk.files;
  one.blobs = patiently(() =>
    openBlobs({ folder: '/desk/blobs', dataKey, files, giveWay, provesNames: guards['file-name'] }),
  );
  const arriving = openArriving('/desk/blobs/arriving/here', { dataKey, blobs: one.blobs, files, giveWay });
  one.keeper = keepInStep({
    agencyId: setting.agencyId,
    device: { id: one.device, key: one.key },
    server: { url: 'https://server', authority: '' },
    outside: network.outside({
      device: () => one.device,
      isOnline: () => one.isOnline,
      life: () => one.life,
    }),
    link: one.link,
    files: { db: one.db, blobs: one.blobs, arriving, came: () => undefined, pieceBytes },
    snapshots: null,
    drafts: { db: one.db, person: one.person.id, room: one.room, guards },
    onStopped: (because) => {
      setting.count(`stopped: ${because}`);
      if (because === 'revoked' && !setting.takenBack.has(one.device)) {
        setting.fault('a desk was wiped that nobody had taken back');
      }
    },
    onFault: (error) => {
      if (isNow()) failed(parts, one, error);
    },
  });
}

/** A desk that goes down starts anew; what it expects goes on by itself, and anything else is a fault. */
export function failed(parts: DeskParts, one: SimulatedDesk, error: unknown): void {
  const { chance, count } = parts.setting;
  if (error instanceof AppError) {
    count(`told: ${error.code}`);
    return;
  }
  if (!(error instanceof Crash)) {
    parts.setting.fault(`a desk did not expect ${String(error)}`);
    return;
  }
  count('desk went down');
  restart(parts, one, chance() < 0.5);
}

export function restart(parts: DeskParts, one: SimulatedDesk, hadPower: boolean): void {
  one.disk.restarted(hadPower);
  start(parts, one);
}

/** Started again until it comes up. */
function patiently<Result>(work: () => Result): Result {
  for (let tries = 0; ; tries += 1) {
    try {
      return work();
    } catch (error) {
      if (tries === 50) throw error;
    }
  }
}

/** What of the office is to be seen at this desk. */
export function poolAt({ agency }: Setting, one: SimulatedDesk, nowMs: number): Pool {
  return {
    agency: {
      ...agency,
      dayAfter: () => dayOf(instantFrom(nowMs)),
      state: <State, KindAct extends Act>(aggregate: Aggregate<State, KindAct>, id: string): State | null =>
        readState(one.db, aggregate, id),
    },
    documents: column(one.db, 'SELECT id FROM document ORDER BY id'),
    tasks: prepared(one.db, 'SELECT id, document FROM task ORDER BY id').all() as Pool['tasks'],
  };
}

/** Whoever sits here does something: the first of a few things drawn that are for them, and for now. */
export async function act(setting: Setting, one: SimulatedDesk): Promise<void> {
  const { life } = one;
  const pool = poolAt(setting, one, setting.time.nowMs() + one.clockOffMs);
  for (let tries = 0; tries < mostTries; tries += 1) {
    const move = drawMove(setting.chance);
    const { name, body } = moves[move.what]({ pool, move });
    if (isCallName(name) && whyNotCall(name, one.person) !== null && setting.chance() < 0.9) continue;
    const isGiven = await tryOut(setting, one, { name, body });
    if (isGiven || one.life !== life) return;
  }
}

/** Gives a command with files of its own behind every name of a file; false where the rules say no. */
export async function tryOut(
  setting: Setting,
  one: SimulatedDesk,
  { name, body }: Readonly<{ name: string; body: object }>,
): Promise<boolean> {
  const { life, blobs } = one;
  const real = await withRealFiles(JSON.parse(JSON.stringify(body)), (bytes) =>
    blobs.put(bytes.subarray(0, 10 + (bytes[0] ?? 0))),
  );
  return one.life === life && give(setting, one, { name, body: real });
}

/** Gives a command at a desk; false where the rules say no at once. */
export function give(
  setting: Setting,
  one: SimulatedDesk,
  { name, body }: Readonly<{ name: string; body: unknown }>,
): boolean {
  const command = one.desk.numbered({
    id: newCommandId(),
    name,
    actor: one.person.id,
    onBehalfOf: null,
    claimedAt: instantFrom(setting.time.nowMs() + one.clockOffMs),
    body: JSON.parse(JSON.stringify(body)),
  });
  const isTaken = isByServer(commandsByName.get(name), command.body)
    ? one.desk.enqueue(command) === null
    : one.desk.execute(command).ok;
  if (!isTaken) return false;
  one.given.push({ command, text: JSON.stringify(command) });
  setting.count('given');
  one.keeper.nudge();
  return true;
}

/** A command of this desk in a place of its own choice, signed by its key. */
export function signedPush(
  setting: Setting,
  one: SimulatedDesk,
  { dseq, command }: Omit<SentCommand, 'signature'>,
): PushRequest {
  const text = signedText(setting.agencyId, one.device, { dseq, command });
  const signature = sign(null, Buffer.from(text), one.key).toString('base64');
  const commands = [{ dseq, command, signature }];
  return { version: protocolVersion, agencyId: setting.agencyId, device: one.device, commands };
}

/** The first command of a desk, in the one push that joins it. */
export function enrolment(
  setting: Setting,
  one: SimulatedDesk,
  { invitationId, code }: Readonly<{ invitationId: InvitationId; code: string }>,
): PushRequest {
  const command: Command = {
    id: newCommandId(),
    name: 'sync.enrolDevice',
    actor: one.person.id,
    onBehalfOf: null,
    claimedAt: instantFrom(setting.time.nowMs()),
    body: { deviceId: one.device, invitationId, code, name: 'Máy', publicKey: one.publicKey },
  };
  return signedPush(setting, one, { dseq: 1, command });
}

function column(db: WriteDb, sql: string): string[] {
  return (prepared(db, sql).all() as { id: string }[]).map(({ id }) => id);
}
