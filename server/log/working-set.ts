import {
  assertNever,
  genesisHash,
  type AggregateRef,
  type ChainedEntry,
  type Hash,
  type LogHead,
} from '#shared/kernel/public.ts';
import type { AgencyLog, KeptItem } from '#shared/node/agency-log/public.ts';
import { noteOf, type Note, type Owe } from '#shared/node/exchange/public.ts';
import type { StoredState } from '#shared/node/sequencer/public.ts';
import type { ScopeHead } from '#shared/sync/public.ts';

/** One thing that is read of the log, by its kind and what it is asked for. */
export type Asked =
  | Readonly<{ of: 'agency' }>
  | Readonly<{ of: 'decision'; id: string }>
  | Readonly<{ of: 'state'; kind: string; id: string }>
  | Readonly<{ of: 'dseq'; device: string }>
  | Readonly<{ of: 'entry'; seq: number }>
  | Readonly<{ of: 'touched'; kind: string; id: string }>
  | Readonly<{ of: 'scope'; scope: string }>
  | Readonly<{ of: 'sees'; scope: string; kind: string; id: string }>
  | Readonly<{ of: 'items'; scope: string; after: number; limit: number }>
  | Readonly<{ of: 'item'; scope: string; n: number }>
  | Readonly<{ of: 'reached'; scope: string; seq: number }>;

/** What each kind of question is answered with. */
export type Answers = Readonly<{
  agency: AgencyRow;
  decision: ChainedEntry | null;
  state: StoredState | null;
  dseq: number;
  entry: ChainedEntry | null;
  touched: readonly number[];
  scope: ScopeHead;
  sees: boolean;
  items: readonly KeptItem[];
  item: Hash | null;
  reached: ScopeHead;
}>;

export type AgencyRow = Readonly<{ head: LogHead; writer: number; stable: number }>;

/** What one group of commands changed, to be written in one transaction. */
export type Changes = Readonly<{
  entries: readonly (ChainedEntry & Readonly<{ text: string }>)[];
  states: ReadonlyMap<string, AggregateRef & StoredState & Readonly<{ text: string }>>;
  touched: readonly (AggregateRef & Readonly<{ seq: number }>)[];
  items: readonly (KeptItem & Readonly<{ scope: string }>)[];
  dseqs: ReadonlyMap<string, number>;
  /** What it owes to other agencies. */
  notes: readonly Note[];
  writer: number | null;
  stable: number | null;
}>;

export function keyOf(asked: Asked): string {
  switch (asked.of) {
    case 'agency':
      return asked.of;
    case 'decision':
      return `decision ${asked.id}`;
    case 'state':
    case 'touched':
      return `${asked.of} ${asked.kind} ${asked.id}`;
    case 'dseq':
      return `dseq ${asked.device}`;
    case 'entry':
      return `entry ${asked.seq}`;
    case 'scope':
      return `scope ${asked.scope}`;
    case 'sees':
      return `sees ${asked.scope} ${asked.kind} ${asked.id}`;
    case 'items':
      return `items ${asked.scope} ${asked.after} ${asked.limit}`;
    case 'item':
      return `item ${asked.scope} ${asked.n}`;
    case 'reached':
      return `reached ${asked.scope} ${asked.seq}`;
    default:
      return assertNever(asked);
  }
}

/** What a reading says while nothing is known of it: the usual answer, so that a first run finds out all it will need. */
export const usual: Answers = {
  agency: { head: { seq: 0, hash: genesisHash }, writer: 0, stable: 0 },
  decision: null,
  state: null,
  dseq: 0,
  entry: null,
  touched: [],
  scope: { n: 0, hash: genesisHash },
  sees: false,
  items: [],
  item: null,
  reached: { n: 0, hash: genesisHash },
};

/** Whether what was found out is what had been answered for want of it. */
export function isUsual(of: Asked['of'], value: unknown): boolean {
  if (Array.isArray(value)) return value.length === 0;
  if (of === 'scope' || of === 'reached') return (value as ScopeHead).n === 0;
  return value === usual[of];
}

/**
 * One run of some work over what is known of an agency's log. What is not known is noted, answered as usual and has to
 * be found out before the work is done again; what is written stays here until it is taken over.
 */
export type Run = Readonly<{
  log: AgencyLog;
  owe: Owe;
  missing: () => readonly Asked[];
  changes: () => Changes;
}>;

export function startRun(known: ReadonlyMap<string, unknown>): Run {
  const missing = new Map<string, Asked>();
  const written = new Map<string, unknown>();
  const entries: (ChainedEntry & { text: string })[] = [];
  const states = new Map<string, AggregateRef & StoredState & { text: string }>();
  const touched: (AggregateRef & { seq: number })[] = [];
  const touchedBy = new Map<string, number[]>();
  const items: (KeptItem & { scope: string })[] = [];
  const dseqs = new Map<string, number>();
  const notes: Note[] = [];
  let writer: number | null = null;
  let stable: number | null = null;

  function read<Of extends Asked['of']>(asked: Extract<Asked, { of: Of }>): Answers[Of] {
    const key = keyOf(asked);
    // Kept under this very key, with the answer to this kind of question.
    if (written.has(key)) return written.get(key) as Answers[Of];
    if (known.has(key)) return known.get(key) as Answers[Of];
    missing.set(key, asked);
    return usual[asked.of];
  }

  const row = () => read<'agency'>({ of: 'agency' });
  const keepRow = (change: Partial<AgencyRow>) => {
    written.set(keyOf({ of: 'agency' }), { ...row(), ...change });
  };
  const entryAt = (seq: number) => read<'entry'>({ of: 'entry', seq });
  const scopeHead = (scope: string) => read<'scope'>({ of: 'scope', scope });

  const log: AgencyLog = {
    transaction: (work) => work(),
    head: () => row().head,
    lastRecordedAt: () => {
      const { seq } = row().head;
      return seq === 0 ? null : (entryAt(seq)?.entry.recordedAt ?? null);
    },
    decisionOn: (id) => read<'decision'>({ of: 'decision', id }),
    append: (entry, hash) => {
      // As a database would give it back.
      const text = JSON.stringify(entry);
      const chained: ChainedEntry = { entry: JSON.parse(text) as ChainedEntry['entry'], hash };
      entries.push({ ...chained, text });
      written.set(keyOf({ of: 'decision', id: entry.command.id }), chained);
      written.set(keyOf({ of: 'entry', seq: entry.seq }), chained);
      keepRow({ head: { seq: entry.seq, hash } });
    },
    state: ({ kind, id }) => read<'state'>({ of: 'state', kind, id }),
    keepState: ({ kind, id }, stored) => {
      const before = read<'state'>({ of: 'state', kind, id });
      const isLater = before === null || stored.version > before.version;
      if (!isLater) throw new Error(`State of ${kind} ${id} was not kept`);
      // As a database would give it back.
      const text = JSON.stringify(stored.state);
      const kept: StoredState = { version: stored.version, state: JSON.parse(text) };
      written.set(keyOf({ of: 'state', kind, id }), kept);
      states.set(`${kind} ${id}`, { kind, id, ...kept, text });
    },
    entriesAfter: (seq, limit) => {
      const found: ChainedEntry[] = [];
      for (let at = seq + 1; at <= Math.min(row().head.seq, seq + limit); at += 1) {
        const one = entryAt(at);
        if (one !== null) found.push(one);
      }
      return found;
    },
    writer: () => row().writer,
    takeOver: () => {
      writer = row().writer + 1;
      keepRow({ writer });
      return writer;
    },
    lastDseq: (device) => read<'dseq'>({ of: 'dseq', device }),
    keepDseq: (device, dseq) => {
      dseqs.set(device, dseq);
      written.set(keyOf({ of: 'dseq', device }), dseq);
    },
    entry: entryAt,
    hashAt: (seq): Hash | null => (seq === 0 ? genesisHash : (entryAt(seq)?.hash ?? null)),
    seqsOf: ({ kind, id }) => {
      const own = touchedBy.get(`${kind} ${id}`) ?? [];
      const before = read<'touched'>({ of: 'touched', kind, id });
      return [...new Set([...before, ...own])].toSorted((a, b) => a - b);
    },
    keepTouched: ({ kind, id }, seq) => {
      touched.push({ kind, id, seq });
      const own = touchedBy.get(`${kind} ${id}`);
      if (own === undefined) touchedBy.set(`${kind} ${id}`, [seq]);
      else own.push(seq);
    },
    scopeHead,
    appendItem: (scope, item) => {
      items.push({ scope, ...item });
      written.set(keyOf({ of: 'scope', scope }), { n: item.n, hash: item.hash });
      written.set(keyOf({ of: 'item', scope, n: item.n }), item.hash);
      for (const { kind, id } of item.sees) written.set(keyOf({ of: 'sees', scope, kind, id }), true);
    },
    sees: (scope, { kind, id }) => read<'sees'>({ of: 'sees', scope, kind, id }),
    itemsAfter: (scope, after, limit) => read<'items'>({ of: 'items', scope, after, limit }),
    itemHash: (scope, n) => (n === 0 ? genesisHash : read<'item'>({ of: 'item', scope, n })),
    stableSeq: () => row().stable,
    keepStable: (seq) => {
      if (seq <= row().stable) return;
      stable = seq;
      keepRow({ stable });
    },
    scopeAt: (scope, seq) => read<'reached'>({ of: 'reached', scope, seq }),
  };
  return {
    log,
    owe: (owing) => void notes.push(noteOf('owe', [owing])),
    missing: () => [...missing.values()],
    changes: () => ({ entries, states, touched, items, dseqs, notes, writer, stable }),
  };
}
