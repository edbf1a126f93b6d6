import { genesisHash, type ChainedEntry } from '#shared/kernel/public.ts';
import type { LogPort, StoredState } from '#shared/node/sequencer/public.ts';

/** The log port over plain memory; what it holds is JSON, as in a database. */
export function memoryLog(): LogPort {
  const entries: string[] = [];
  const states = new Map<string, string>();
  const read = (text: string | undefined): ChainedEntry | null => {
    // Written by `append`.
    return text === undefined ? null : (JSON.parse(text) as ChainedEntry);
  };
  const all = () => entries.map((text) => read(text)).filter((entry) => entry !== null);
  return {
    transaction: (work) => work(),
    head: () => {
      const last = read(entries.at(-1));
      return last === null ? { seq: 0, hash: genesisHash } : { seq: last.entry.seq, hash: last.hash };
    },
    decisionOn: (commandId) => all().find(({ entry }) => entry.command.id === commandId) ?? null,
    append: (entry, hash) => {
      entries.push(JSON.stringify({ entry, hash }));
    },
    state: ({ kind, id }) => {
      const text = states.get(`${kind}:${id}`);
      // Written by `keepState`.
      return text === undefined ? null : (JSON.parse(text) as StoredState);
    },
    keepState: ({ kind, id }, stored) => {
      states.set(`${kind}:${id}`, JSON.stringify(stored));
    },
    entriesAfter: (seq, limit) => all().slice(seq, seq + limit),
  };
}
