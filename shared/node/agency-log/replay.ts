import { chainHash, type ChainedEntry } from '../../kernel/public.ts';
import { allGuards } from '../../sync/public.ts';
import { foldActs, type Aggregates } from '../sequencer/public.ts';
import type { AgencyLog } from './agency-log.ts';
import { fanOut } from './fan-out.ts';

/**
 * Takes decided entries over into another log, in their order and with their hashes: how a desk's log becomes a
 * server's, and one engine's becomes another's. Throws at the first entry that does not continue the chain. Call inside
 * a transaction of `log`.
 */
export function replay(log: AgencyLog, aggregates: Aggregates, entries: readonly ChainedEntry[]): void {
  for (const chained of entries) {
    const { entry, hash } = chained;
    const head = log.head();
    if (entry.seq !== head.seq + 1 || chainHash(head.hash, entry) !== hash) {
      throw new Error(`Entry ${entry.seq} does not continue the chain at ${head.seq}`);
    }
    log.append(entry, hash);
    const changed = foldActs(log, aggregates, entry.acts);
    fanOut(log, { chained, isNew: true, changed }, allGuards);
    if (entry.sent !== undefined) log.keepDseq(entry.sent.device, entry.sent.dseq);
  }
}
