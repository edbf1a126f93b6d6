import { genesisHash, type ChainedEntry } from '#shared/kernel/public.ts';
import type { LogPort, StoredState } from '#shared/node/sequencer/public.ts';

/** The log port over plain memory; what it holds went through JSON, as in a database. */
export function memoryLog(): LogPort {
  const entries: ChainedEntry[] = [];
  const byCommand = new Map<string, ChainedEntry>();
  const states = new Map<string, StoredState>();
  return {
    transaction: (work) => work(),
    head: () => {
      const last = entries.at(-1);
      return last === undefined ? { seq: 0, hash: genesisHash } : { seq: last.entry.seq, hash: last.hash };
    },
    lastRecordedAt: () => entries.at(-1)?.entry.recordedAt ?? null,
    decisionOn: (commandId) => byCommand.get(commandId) ?? null,
    append: (entry, hash) => {
      const chained = { entry: asJson(entry), hash };
      entries.push(chained);
      byCommand.set(entry.command.id, chained);
    },
    state: ({ kind, id }) => states.get(`${kind}:${id}`) ?? null,
    keepState: ({ kind, id }, stored) => {
      states.set(`${kind}:${id}`, asJson(stored));
    },
    entriesAfter: (seq, limit) => entries.slice(seq, seq + limit),
  };
}

function asJson<Value>(value: Value): Value {
  // What JSON cannot say would come back changed, and a comparison would show it.
  return JSON.parse(JSON.stringify(value)) as Value;
}
