import type {
  AggregateRef,
  ChainedEntry,
  CommandId,
  Hash,
  Instant,
  LogEntry,
  LogHead,
} from '../../kernel/public.ts';

export type StoredState = Readonly<{ version: number; state: unknown }>;

/**
 * What the sequencer needs of an agency's log: narrow, so that every adapter passes one conformance suite. All calls
 * are made inside `transaction`, and nothing of them is kept unless it commits.
 */
export type LogPort = Readonly<{
  transaction: <Result>(work: () => Result) => Result;
  head: () => LogHead;
  /** When the newest decision was recorded; null before the first. */
  lastRecordedAt: () => Instant | null;
  /** The decision on a command, forever: the answer to every repetition. */
  decisionOn: (commandId: CommandId) => ChainedEntry | null;
  append: (entry: LogEntry, hash: Hash) => void;
  state: (ref: AggregateRef) => StoredState | null;
  keepState: (ref: AggregateRef, stored: StoredState) => void;
  /** Entries after `seq`, in order. */
  entriesAfter: (seq: number, limit: number) => readonly ChainedEntry[];
}>;
