import { createPrivateKey, createPublicKey, createHash, type KeyObject } from 'node:crypto';
import {
  CommandIdSchema,
  DeviceIdSchema,
  InvitationIdSchema,
  instantFrom,
  type AgencyId,
  type CommandDefinition,
  type DeviceId,
  type Instant,
  type InvitationId,
} from '#shared/kernel/public.ts';
import { certificateDays, type DeviceCertificate, type Guards } from '#shared/sync/public.ts';
import { idNumber } from '../support/builders.ts';
import type { Engine, SmallAgency } from '../support/small-agency.ts';
import type { VirtualTime } from './virtual-time.ts';

/** The machine goes down in the middle of what it does. */
export class Crash extends Error {
  override readonly name = 'Crash';
}

/** What everything in one story shares. */
export type Setting = Readonly<{
  agencyId: AgencyId;
  agency: SmallAgency<Engine>;
  chance: () => number;
  guards: Guards;
  /** What a server makes of the rules of the office. */
  rules: (all: ReadonlyMap<string, CommandDefinition>) => ReadonlyMap<string, CommandDefinition>;
  time: VirtualTime;
  /** Devices that somebody once took back: these may be wiped. */
  takenBack: Set<DeviceId>;
  /** Something of this kind happened. */
  count: (what: string) => void;
  /** Something that must not be, seen while it happened. */
  fault: (what: string) => void;
}>;

let made = 0;

/** Ids begin anew with every seed. */
export function beginCommandsAt(n: number): void {
  made = n;
}

export function newCommandId() {
  return CommandIdSchema.parse(idNumber(3_000_000_000 + (made += 1)));
}

export function newInvitation(): InvitationId {
  return InvitationIdSchema.parse(idNumber(2_500_000_000 + (made += 1)));
}

export type Device = Readonly<{ device: DeviceId; key: KeyObject; publicKey: string }>;

// PKCS#8 of an Ed25519 key is this and the 32 bytes (RFC 8410 7).
const pkcs8Prefix = Buffer.from('302e020100300506032b657004220420', 'hex');
const keys = new Map<number, Pick<Device, 'key' | 'publicKey'>>();

/** A key of its own, as a desk makes it when it joins; the same one in the same place of every story. */
export function newDevice(): Device {
  const n = (made += 1);
  const known = keys.get(n) ?? keyFrom(n);
  keys.set(n, known);
  return { device: DeviceIdSchema.parse(idNumber(2_000_000_000 + n)), ...known };
}

function keyFrom(n: number): Pick<Device, 'key' | 'publicKey'> {
  const secret = createHash('sha256').update(`a desk of the simulation ${n}`).digest();
  const key = createPrivateKey({ key: Buffer.concat([pkcs8Prefix, secret]), format: 'der', type: 'pkcs8' });
  const raw = createPublicKey(key).export({ format: 'der', type: 'spki' }).subarray(-32);
  return { key, publicKey: raw.toString('base64') };
}

/** What the server says of a device, as long as it would; who signed it is for its own tests. */
export function certificateOf({ id }: Readonly<{ id: DeviceId }>, from: Instant): DeviceCertificate {
  const until = instantFrom(Date.parse(from) + certificateDays * 86_400_000);
  return { serial: id.replaceAll('-', ''), from, until, certificate: 'AA==', issuer: 'AA==' };
}
