import type { Act } from './act.ts';
import type { CommandId, DeviceId, Hash } from './ids.ts';
import type { Command } from './command.ts';
import type { Instant } from './instants.ts';
import type { Refusal } from './refusal.ts';

/** Which desk sent a command, as its how-manieth, and the desk's signature over both (Ed25519, base64). */
export type Sent = Readonly<{
  device: DeviceId;
  dseq: number;
  signature: string;
  /** What it was given on top of, while that was undecided. */
  restsOn?: CommandId;
}>;

/** One decision in an agency's log; refusals have their place too (`sync.md` 4.1, rule of v2). */
export type LogEntry = Readonly<{
  seq: number;
  agencyId: string;
  command: Command;
  /** Absent where the agency has one desk, which decides for itself. */
  sent?: Sent;
  recordedAt: Instant;
  acts: readonly Act[];
  refusal: Refusal | null;
}>;

export type ChainedEntry = Readonly<{ entry: LogEntry; hash: Hash }>;

export type LogHead = Readonly<{ seq: number; hash: Hash }>;
