import type { AggregateRef, DeviceId, Hash } from '../../kernel/public.ts';
import type { LogPort } from '../sequencer/public.ts';
import type { Scope, ScopeHead, ScopeItem } from '../../sync/public.ts';
import type { ChainedEntry } from '../../kernel/public.ts';

export type KeptItem = ScopeItem &
  Readonly<{ hash: Hash; /** Head of the log when it was put here. */ at: number }>;

/** What a server keeps beside the log itself: who may read which part of it, and how far each desk has come. */
export type AgencyLog = LogPort &
  Readonly<{
    /** Which run of the server writes; a later run takes it over, and an earlier one may write no more. */
    writer: () => number;
    takeOver: () => number;
    lastDseq: (device: DeviceId) => number;
    keepDseq: (device: DeviceId, dseq: number) => void;
    entry: (seq: number) => ChainedEntry | null;
    hashAt: (seq: number) => Hash | null;
    /** Every entry that touched an aggregate, oldest first. */
    seqsOf: (ref: AggregateRef) => readonly number[];
    keepTouched: (ref: AggregateRef, seq: number) => void;
    scopeHead: (scope: Scope) => ScopeHead;
    appendItem: (scope: Scope, item: KeptItem) => void;
    /** Whether a scope has been shown this aggregate: all that happened to it is there then. */
    sees: (scope: Scope, ref: AggregateRef) => boolean;
    itemsAfter: (scope: Scope, n: number, limit: number) => readonly KeptItem[];
    itemHash: (scope: Scope, n: number) => Hash | null;
    /** Up to where the log is held in a second place, and what of a scope that covers. */
    stableSeq: () => number;
    keepStable: (seq: number) => void;
    scopeAt: (scope: Scope, seq: number) => ScopeHead;
  }>;
