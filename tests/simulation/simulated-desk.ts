import { generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { openInMemory, type WriteDb } from '#shared/node/sqlite/public.ts';
import { documentsProjection } from '#electron/features/documents/projection.ts';
import { proofsProjection } from '#electron/features/signing/proofs/projection.ts';
import { workflowProjection } from '#electron/features/workflow/projection.ts';
import { openJoinedDesk, type JoinedDesk } from '#electron/store/joined-desk.ts';
import { createLink, type Link } from '#electron/sync/link.ts';
import type { Projection } from '#electron/store/projection.ts';
import {
  CommandIdSchema,
  DeviceIdSchema,
  InvitationIdSchema,
  dayOf,
  instantFrom,
  isByServer,
  type Act,
  type Aggregate,
  type AgencyId,
  type Command,
  type DeviceId,
  type InvitationId,
} from '#shared/kernel/public.ts';
import type { Person } from '#shared/directory/public.ts';
import {
  protocolVersion,
  signedText,
  type Guards,
  type PushRequest,
  type SentCommand,
} from '#shared/sync/public.ts';
import { commandsByName } from '#shared/commands.ts';
import { drawMove, moves, type Pool } from '../support/office-moves.ts';
import { plainCalendar } from '../support/ask.ts';
import { idNumber } from '../support/builders.ts';
import type { Engine, SmallAgency } from '../support/small-agency.ts';

/** The machine goes down in the middle of what it does. */
export class Crash extends Error {
  override readonly name = 'Crash';
}

export type Setting = Readonly<{
  agencyId: AgencyId;
  agency: SmallAgency<Engine>;
  chance: () => number;
  guards: Guards;
  /** The one true time of the simulation, in Unix milliseconds. */
  nowMs: () => number;
}>;

/** What was accepted on a desk, as whoever sat there saw it. */
export type Witness = Readonly<{ command: Command; text: string }>;

export type SimulatedDesk = {
  readonly person: Person;
  db: WriteDb;
  desk: JoinedDesk;
  link: Link;
  device: DeviceId;
  key: KeyObject;
  publicKey: string;
  isOnline: boolean;
  clockOffMs: number;
  /** Chance of going down while something is applied. */
  crashRate: number;
  asked: number;
  given: Witness[];
  copy: { bytes: Buffer; given: number; device: DeviceId; key: KeyObject; publicKey: string } | null;
};

let commands = 0;

/** Ids of commands begin anew with every seed. */
export function beginCommandsAt(n: number): void {
  commands = n;
}

export function newCommandId() {
  return CommandIdSchema.parse(idNumber(3_000_000_000 + (commands += 1)));
}

export function openSimulatedDesk(setting: Setting, person: Person, bytes: Buffer): SimulatedDesk {
  const db = openInMemory(bytes);
  const unset = { desk: null, link: null } as unknown as Pick<SimulatedDesk, 'desk' | 'link'>;
  const one: SimulatedDesk = {
    person,
    db,
    ...unset,
    ...newDevice(),
    isOnline: true,
    clockOffMs: 0,
    crashRate: 0,
    asked: 0,
    given: [],
    copy: null,
  };
  start(setting, one);
  return one;
}

/** A key of its own, as a desk makes it when it joins. */
export function newDevice(): Pick<SimulatedDesk, 'device' | 'key' | 'publicKey'> {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const raw = publicKey.export({ format: 'der', type: 'spki' }).subarray(-32);
  return {
    device: DeviceIdSchema.parse(idNumber(2_000_000_000 + (commands += 1))),
    key: privateKey,
    publicKey: raw.toString('base64'),
  };
}

/** The program starts on what the disk holds. */
export function start(setting: Setting, one: SimulatedDesk): void {
  const crashing: Projection = {
    name: 'crash',
    apply: () => {
      if (one.crashRate > 0 && setting.chance() < one.crashRate) throw new Crash();
    },
    clear: () => undefined,
    forget: () => undefined,
  };
  one.desk = openJoinedDesk({
    agencyId: setting.agencyId,
    db: one.db,
    projections: [documentsProjection, workflowProjection, proofsProjection, crashing],
    calendar: plainCalendar,
    now: () => instantFrom(setting.nowMs() + one.clockOffMs),
    person: one.person.id,
    device: { id: one.device, key: one.key },
    guards: setting.guards,
  });
  one.link = createLink(one.desk, setting.chance);
  one.asked += 1; // Answers to what was asked before the start find nobody.
}

/** Whoever sits here does something, as far as this desk lets them. */
export function act(setting: Setting, one: SimulatedDesk): void {
  const { agency } = setting;
  const move = drawMove(setting.chance);
  const nowMs = setting.nowMs() + one.clockOffMs;
  const pool: Pool = {
    agency: {
      ...agency,
      dayAfter: () => dayOf(instantFrom(nowMs)),
      state: <State, KindAct extends Act>(aggregate: Aggregate<State, KindAct>, id: string): State | null => {
        const row = one.db
          .prepare<[string, string], { state: string }>(
            'SELECT state FROM aggregate WHERE kind = ? AND id = ?',
          )
          .get(aggregate.kind, id);
        return row === undefined ? null : (JSON.parse(row.state) as State);
      },
    },
    documents: column(one.db, 'SELECT id FROM document ORDER BY id'),
    tasks: one.db.prepare('SELECT id, document FROM task ORDER BY id').all() as Pool['tasks'],
  };
  const { name, body } = moves[move.what]({ pool, move });
  const command = one.desk.numbered({
    id: newCommandId(),
    name,
    actor: one.person.id,
    onBehalfOf: null,
    claimedAt: instantFrom(nowMs),
    body: JSON.parse(JSON.stringify(body)),
  });
  const isTaken = isByServer(commandsByName.get(name), command.body)
    ? one.desk.enqueue(command) === null
    : one.desk.execute(command).ok;
  if (!isTaken) return;
  one.given.push({ command, text: JSON.stringify(command) });
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
    claimedAt: instantFrom(setting.nowMs()),
    body: { deviceId: one.device, invitationId, code, name: 'Máy', publicKey: one.publicKey },
  };
  const text = signedText(setting.agencyId, one.device, { dseq: 1, command });
  const sent: SentCommand = {
    dseq: 1,
    command,
    signature: sign(null, Buffer.from(text), one.key).toString('base64'),
  };
  return { version: protocolVersion, agencyId: setting.agencyId, device: one.device, commands: [sent] };
}

export function newInvitation(): InvitationId {
  return InvitationIdSchema.parse(idNumber(2_500_000_000 + (commands += 1)));
}

function column(db: WriteDb, sql: string): string[] {
  return db.prepare(sql).pluck().all() as string[];
}
