import { setImmediate } from 'node:timers/promises';
import type { ChainedEntry, DocumentId, Hash, Instant } from '#shared/kernel/public.ts';
import type { Arriving, BlobStore } from '#shared/node/blobs/public.ts';
import { namedFiles, type NamedFiles } from '#shared/sync/public.ts';
import type { Holds } from './holds.ts';
import type { Marks } from './marks.ts';

/** What collecting has to know of the log. */
export type CollectLog = Readonly<{
  entriesAfter: (seq: number, limit: number) => Promise<readonly ChainedEntry[]>;
  /** Does something while no other server can take the log over. */
  whileWriter: <Result>(work: () => Promise<Result>) => Promise<Result>;
  /** The words that destroyed papers were set from go as their pages do. */
  forgetWords: (documents: readonly DocumentId[]) => Promise<void>;
}>;

export type CollectOrder = Readonly<{
  store: BlobStore;
  log: CollectLog;
  holds: Holds;
  marks: Marks;
  /** What every desk is sending. */
  arriving: () => readonly Arriving[];
  graceDays: number;
  now: Instant;
  /** Nothing is taken away, and nothing marked. */
  isDry: boolean;
}>;

export type Collected = Readonly<{
  /** Files that are here; those that something speaks of; those whose time runs. */
  files: number;
  named: number;
  waiting: number;
  /** What was taken away, or would be. */
  removed: readonly Hash[];
  bytes: number;
  /** Uploads that nobody went on with. */
  abandoned: number;
}>;

const pageEntries = 500;
const dayMs = 24 * 60 * 60_000;

/**
 * Takes away files that nothing speaks of any more: no act of any paper since the agency began, and nothing that is on
 * its way here, for as long as the grace lasts. A file whose command comes later is asked for again by the protocol
 * (`sync.md` 3.8), so that cutting this off anywhere loses nothing. What only destroyed papers spoke of goes at once.
 */
export async function collect(order: CollectOrder): Promise<Collected> {
  const { store, log, marks, isDry } = order;
  const nowMs = Date.parse(order.now);
  const unnamed = new Set<Hash>();
  let files = 0;
  for await (const hash of store.all()) {
    unnamed.add(hash);
    files += 1;
  }
  const named = namedFiles();
  const known = { named, seen: await readOn(log, named, 0) };
  for (const hash of unnamed) if (named.isNamed(hash)) unnamed.delete(hash);
  const destroyed = named.destroyed();
  const coming = arrivingNow(order, nowMs);
  for (const hash of coming.hashes) unnamed.delete(hash);
  for (const hash of marks.all()) if (!unnamed.has(hash)) marks.forget(hash);

  const removed: Hash[] = [];
  let bytes = 0;
  for (const hash of unnamed) {
    const since = marks.since(hash);
    if (since === null && !isDry) marks.mark(hash, order.now);
    if (!destroyed.has(hash) && !isOver(since, order)) continue;
    const size = await store.size(hash);
    if (!isDry && !(await takeAway(order, hash, known))) continue;
    removed.push(hash);
    bytes += size ?? 0;
  }
  if (!isDry) {
    marks.save();
    await log.forgetWords(named.destroyedPapers());
  }
  return {
    files,
    named: files - unnamed.size,
    waiting: unnamed.size - removed.length,
    removed,
    bytes,
    abandoned: coming.abandoned,
  };
}

function isOver(since: Instant | null, { now, graceDays }: CollectOrder): boolean {
  return since !== null && Date.parse(now) - Date.parse(since) >= graceDays * dayMs;
}

/** Goes on reading what acts speak of, whatever shape it is named in; gives how far was read. */
async function readOn(log: CollectLog, named: NamedFiles, after: number): Promise<number> {
  for (let seq = after; ;) {
    const page = await log.entriesAfter(seq, pageEntries);
    for (const { entry } of page) {
      seq = entry.seq;
      // A refused command changed nothing; whoever gives it again brings its files again.
      named.add(entry.acts);
    }
    if (page.length < pageEntries) return seq;
    await setImmediate(); // Whoever asks meanwhile is answered between two pages.
  }
}

/** One file, looked at once more while nobody can begin to speak of it. */
function takeAway(
  { store, log, holds, marks }: CollectOrder,
  hash: Hash,
  known: { readonly named: NamedFiles; seen: number },
): Promise<boolean> {
  return log.whileWriter(() =>
    holds.whileFree(hash, async () => {
      // Asked for meanwhile: its time began anew.
      if (marks.since(hash) === null) return false;
      // What is found beyond is told to the next ones as well.
      known.seen = await readOn(log, known.named, known.seen);
      if (known.named.isNamed(hash)) return false;
      await store.remove(hash);
      marks.forget(hash);
      return true;
    }),
  );
}

/** Files of which something has come; those that stood still longer than the grace are forgotten. */
function arrivingNow({ arriving, graceDays, isDry }: CollectOrder, nowMs: number) {
  const hashes = new Set<Hash>();
  let abandoned = 0;
  for (const shelf of arriving()) {
    for (const { hash, lastMs } of shelf.begun()) {
      if (nowMs - lastMs < graceDays * dayMs) {
        hashes.add(hash);
        continue;
      }
      abandoned += 1;
      if (!isDry) shelf.forget(hash);
    }
  }
  return { hashes, abandoned };
}
