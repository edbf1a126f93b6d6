import type { AggregateRef, DeviceId, Hash, Instant, LogHead } from '../../kernel/public.ts';
import type { StoredState } from '../sequencer/public.ts';
import type { Scope, ScopeHead } from '../../sync/public.ts';
import type { AgencyLog } from './agency-log.ts';

/** What is asked for again with every command: a state takes about two kilobytes. */
const mostStates = 20_000;

/**
 * The same log, with what every command asks for kept at hand. It is believed only inside a transaction that finds
 * `mark` as the last one left it, so nobody else has written since; a transaction that fails takes everything with it.
 */
export function remembered(log: AgencyLog, mark: () => string): AgencyLog {
  const states = new Map<string, StoredState | null>();
  const heads = new Map<Scope, ScopeHead>();
  const dseqs = new Map<DeviceId, number>();
  let newest: Readonly<{ head: LogHead; at: Instant | null }> | null = null;
  let left: string | null = null;
  let depth = 0;

  function forget(): void {
    states.clear();
    heads.clear();
    dseqs.clear();
    newest = null;
    left = null;
  }

  function within<Result>(work: () => Result): Result {
    if (depth === 0 && left !== mark()) forget();
    depth += 1;
    try {
      const result = work();
      // Looked at before the commit: afterwards somebody else may have come in between.
      if (depth === 1) left = mark();
      return result;
    } finally {
      depth -= 1;
    }
  }

  /** From memory inside a transaction; outside one, everything is looked up. */
  function kept<Key, Value>(memory: Map<Key, Value>, key: Key, look: () => Value): Value {
    if (depth === 0) return look();
    const known = memory.get(key);
    if (known !== undefined) return known;
    const found = look();
    memory.set(key, found);
    return found;
  }

  function newestNow(): Readonly<{ head: LogHead; at: Instant | null }> {
    if (depth === 0) return { head: log.head(), at: log.lastRecordedAt() };
    newest ??= { head: log.head(), at: log.lastRecordedAt() };
    return newest;
  }

  const nameOf = ({ kind, id }: AggregateRef) => `${kind}:${id}`;
  return {
    ...log,
    transaction: (work) => {
      try {
        return log.transaction(() => within(work));
      } catch (error) {
        forget();
        throw error;
      }
    },
    head: () => (depth === 0 ? log.head() : newestNow().head),
    lastRecordedAt: () => newestNow().at,
    append: (entry, hash) => {
      log.append(entry, hash);
      newest = { head: { seq: entry.seq, hash }, at: entry.recordedAt };
    },
    hashAt: (seq): Hash | null =>
      newest?.head.seq === seq && depth > 0 ? newest.head.hash : log.hashAt(seq),
    state: (ref) => {
      if (states.size >= mostStates) states.clear();
      return kept(states, nameOf(ref), () => log.state(ref));
    },
    keepState: (ref, stored) => {
      // Read again when it is asked for, so that everybody has what went through the database.
      states.delete(nameOf(ref));
      log.keepState(ref, stored);
    },
    lastDseq: (device) => kept(dseqs, device, () => log.lastDseq(device)),
    keepDseq: (device, dseq) => {
      log.keepDseq(device, dseq);
      dseqs.set(device, dseq);
    },
    scopeHead: (scope) => kept(heads, scope, () => log.scopeHead(scope)),
    appendItem: (scope, item) => {
      log.appendItem(scope, item);
      heads.set(scope, { n: item.n, hash: item.hash });
    },
  };
}
