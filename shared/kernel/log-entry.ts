import type { Act } from './act.ts';
import type { Hash } from './ids.ts';
import type { Command } from './command.ts';
import type { Instant } from './instants.ts';
import type { Refusal } from './refusal.ts';

/** One decision in an agency's log; refusals have their place too (`sync.md` 4.1, rule of v2). */
export type LogEntry = Readonly<{
  seq: number;
  agencyId: string;
  command: Command;
  recordedAt: Instant;
  acts: readonly Act[];
  refusal: Refusal | null;
}>;

export type ChainedEntry = Readonly<{ entry: LogEntry; hash: Hash }>;

export type LogHead = Readonly<{ seq: number; hash: Hash }>;
