import { z } from 'zod';
import { isKnownAct, isKnownKind } from '#shared/acts.ts';
import {
  AppError,
  chainHash,
  genesisHash,
  HashSchema,
  type Act,
  type AggregateKind,
  type AggregateRef,
  type Hash,
  type LogEntry,
} from '#shared/kernel/public.ts';
import { foldActs, type Aggregates, type LogPort } from '#shared/node/sequencer/public.ts';
import type { ReadDb, WriteDb } from '#shared/node/sqlite/public.ts';
import {
  kindsWithFiles,
  nextScopeHash,
  type Guards,
  type Page,
  type Scope,
  type ScopeHead,
  type SnapshotLine,
} from '#shared/sync/public.ts';
import { guessesFrom } from './guesses.ts';
import { looseFilesOf } from './loose-files.ts';
import { prepared } from './prepared.ts';
import type { Projection } from './projection.ts';

export type ReplicaParts = Readonly<{
  db: WriteDb;
  log: LogPort;
  aggregates: Aggregates;
  projections: readonly Projection[];
  guards: Guards;
  /** Whether this version can fold an act; without it, what the program knows counts. */
  knows?: ((act: Act) => boolean) | undefined;
}>;

const HeadSchema = z.object({ n: z.int(), hash: HashSchema });
const refKey = ({ kind, id }: AggregateRef): string => `${kind}:${id}`;
const refOf = (row: unknown): AggregateRef => row as { kind: AggregateKind; id: string };

/** How far this desk has a scope. */
export function scopeHead(db: WriteDb, scope: Scope): ScopeHead {
  const row = prepared(db, 'SELECT n, hash FROM scope_item WHERE scope = ? ORDER BY n DESC LIMIT 1').get(
    scope,
  );
  return row === undefined ? { n: 0, hash: genesisHash } : HeadSchema.parse(row);
}

export function scopeHashAt(db: WriteDb, scope: Scope, n: number): Hash | null {
  if (n === 0) return genesisHash;
  const row = prepared(db, 'SELECT n, hash FROM scope_item WHERE scope = ? AND n = ?').get(scope, n);
  return row === undefined ? null : HeadSchema.parse(row).hash;
}

export function scopesHeld(db: WriteDb): readonly Scope[] {
  return (prepared(db, 'SELECT DISTINCT scope FROM scope_item').all() as { scope: string }[]).map(
    ({ scope }) => scope,
  );
}

/** What was laid on, for whoever has to look again. */
type Laid = Readonly<{
  refs: readonly AggregateRef[];
  entries: readonly LogEntry[];
}>;

export type Applied = Laid &
  Readonly<{
    /** The server no longer has all it had: it came back from a copy. */
    isSetBack: boolean;
  }>;

/** What comes after a place of a scope, with the entries it names. */
export type Stretch = SnapshotLine & Readonly<{ base: ScopeHead }>;

/** Stretches of several scopes. */
type Stretches = Readonly<{
  scopes: Readonly<Record<Scope, Readonly<Pick<Stretch, 'base' | 'items'>>>>;
  entries: Page['entries'];
}>;

/**
 * Lays a checked page on the confirmed state: what the server no longer has or shows goes, what is new comes, and
 * every aggregate that was touched out of its order is folded again. Call inside a transaction, guesses taken back.
 */
export function applyPage(parts: ReplicaParts, page: Page): Applied {
  const again = new Map<string, AggregateRef>();
  const isSetBack = removeLost(parts, page, again);
  return { ...layOn(parts, page, again), isSetBack };
}

/** A stretch of one scope by itself: nothing is taken away for it. Call inside a transaction, guesses taken back. */
export function applyStretch(
  parts: ReplicaParts,
  scope: Scope,
  { base, items, entries }: Stretch,
): Laid & Readonly<{ head: ScopeHead }> {
  const laid = layOn(parts, { scopes: { [scope]: { base, items } }, entries }, new Map());
  return { ...laid, head: scopeHead(parts.db, scope) };
}

function layOn(parts: ReplicaParts, page: Stretches, again: Map<string, AggregateRef>): Laid {
  const fresh = keepItems(parts, page, again);
  refold(parts, [...again.values()]);
  const done = foldFresh(parts, fresh, again);
  const refs = [...again.values(), ...done].filter(({ kind }) => isKnownKind(kind));
  return { refs, entries: fresh.map(({ entry }) => entry) };
}

/** Takes back every guess: the desk shows what is confirmed, and nothing else. */
export function takeBackGuesses(parts: ReplicaParts): void {
  const { db, guards } = parts;
  if (guards['undo-guesses']) {
    const guessed = prepared(db, 'SELECT kind, id, version, state FROM overlay').all() as {
      kind: AggregateKind;
      id: string;
      version: number | null;
      state: string | null;
    }[];
    prepared(db, 'DELETE FROM timeline WHERE seq >= ?').run(guessesFrom);
    const restore = prepared(db, 'INSERT INTO aggregate (kind, id, version, state) VALUES (?, ?, ?, ?)');
    for (const { kind, id, version, state } of guessed) {
      prepared(db, 'DELETE FROM aggregate WHERE kind = ? AND id = ?').run(kind, id);
      // Read models follow the acts; states alone are put back as they were.
      if (isShown(kind)) continue;
      if (version !== null) restore.run(kind, id, version, state);
    }
    refold(
      parts,
      guessed.filter(({ kind }) => isShown(kind)),
    );
  }
  prepared(db, 'DELETE FROM overlay').run();
  prepared(db, 'DELETE FROM guess').run();
}

function isShown(kind: AggregateKind): boolean {
  return kind === 'document' || kind === 'task';
}

/** Lets go of what comes after the agreed place of each scope, and of whole scopes that are no longer this person's. */
function removeLost({ db, guards }: ReplicaParts, page: Page, again: Map<string, AggregateRef>): boolean {
  const seqs = new Set<number>();
  let isSetBack = false;
  for (const [scope, { base }] of Object.entries(page.scopes)) {
    if (base.n === scopeHead(db, scope).n) continue;
    isSetBack = true;
    removeItems(db, scope, base.n, seqs);
  }
  const taken = new Set<number>();
  if (guards.evict) {
    for (const scope of scopesHeld(db)) {
      if (page.scopes[scope] === undefined) removeItems(db, scope, 0, taken);
    }
  }
  for (const seq of seqs) unsee(db, seq, again);
  // What the server lost may be asked for again, and stays; what is no longer this person's goes.
  const before = new Map<string, AggregateRef>();
  for (const seq of taken) unsee(db, seq, before);
  for (const [key, ref] of before) again.set(key, ref);
  looseFilesOf(
    db,
    [...before.values()].filter(({ kind }) => kindsWithFiles.has(kind)).map(({ id }) => id),
  );
  return isSetBack;
}

function removeItems(db: WriteDb, scope: Scope, after: number, seqs: Set<number>): void {
  const items = prepared(db, 'SELECT seq FROM scope_item WHERE scope = ? AND n > ?').all(scope, after) as {
    seq: number;
  }[];
  for (const { seq } of items) seqs.add(seq);
  prepared(db, 'DELETE FROM scope_item WHERE scope = ? AND n > ?').run(scope, after);
}

/** Keeps of an entry only what some scope here still shows. */
function unsee(db: WriteDb, seq: number, again: Map<string, AggregateRef>): void {
  const left = prepared(db, 'SELECT sees FROM scope_item WHERE seq = ?').all(seq) as { sees: string }[];
  const seen = new Set(left.flatMap(({ sees }) => (JSON.parse(sees) as AggregateRef[]).map(refKey)));
  for (const ref of prepared(db, 'SELECT kind, id FROM touched WHERE seq = ?').all(seq).map(refOf)) {
    if (seen.has(refKey(ref))) continue;
    again.set(refKey(ref), ref);
    prepared(db, 'DELETE FROM touched WHERE kind = ? AND id = ? AND seq = ?').run(ref.kind, ref.id, seq);
  }
  if (left.length > 0) return;
  prepared(db, 'DELETE FROM timeline WHERE seq = ?').run(seq);
  prepared(db, 'DELETE FROM log WHERE seq = ?').run(seq);
}

type Fresh = Readonly<{ entry: LogEntry; hash: Hash; sees: readonly AggregateRef[] }>;

/** Checks each scope's chain and each entry's hash, and keeps them; what does not fit refuses the whole page. */
function keepItems(
  { db }: ReplicaParts,
  page: Stretches,
  again: Map<string, AggregateRef>,
): readonly Fresh[] {
  const entries = new Map(
    page.entries.map(({ before, entry }) => [entry.seq, { entry, hash: chainHash(before, entry) }]),
  );
  const fresh = new Map<number, { entry: LogEntry; hash: Hash; sees: AggregateRef[] }>();
  const insert = prepared(db, 'INSERT INTO scope_item (scope, n, seq, sees, hash) VALUES (?, ?, ?, ?, ?)');
  for (const [scope, { base, items }] of Object.entries(page.scopes)) {
    let { n, hash } = base;
    if (scopeHashAt(db, scope, n) !== hash) throw new AppError('sync.page-does-not-fit');
    for (const item of items) {
      const chained = entries.get(item.seq);
      if (item.n !== n + 1 || chained?.hash !== item.entry) throw new AppError('sync.page-does-not-fit');
      n = item.n;
      hash = nextScopeHash(hash, item);
      insert.run(scope, n, item.seq, JSON.stringify(item.sees), hash);
      const known = fresh.get(item.seq) ?? { ...chained, sees: [] };
      known.sees.push(...item.sees);
      fresh.set(item.seq, known);
    }
  }
  return [...fresh.values()]
    .toSorted((a, b) => a.entry.seq - b.entry.seq)
    .map((one) => ({ ...one, sees: keepEntry(db, one, again) }));
}

/** Gives what of the entry is to be folded: what was not seen of it before. */
function keepEntry(
  db: WriteDb,
  { entry, hash, sees }: Fresh,
  again: Map<string, AggregateRef>,
): readonly AggregateRef[] {
  prepared(db, 'INSERT OR IGNORE INTO log (seq, command_id, entry, hash) VALUES (?, ?, ?, ?)').run(
    entry.seq,
    entry.command.id,
    JSON.stringify(entry),
    hash,
  );
  return sees.filter((ref) => {
    const { changes } = prepared(db, 'INSERT OR IGNORE INTO touched (kind, id, seq) VALUES (?, ?, ?)').run(
      ref.kind,
      ref.id,
      entry.seq,
    );
    // Another scope brought it, and it was folded in its place then.
    if (changes === 0) return false;
    const later = prepared(db, 'SELECT 1 FROM touched WHERE kind = ? AND id = ? AND seq > ?').get(
      ref.kind,
      ref.id,
      entry.seq,
    );
    if (later !== undefined) again.set(refKey(ref), ref);
    return true;
  });
}

function foldFresh(
  parts: ReplicaParts,
  fresh: readonly Fresh[],
  again: ReadonlyMap<string, AggregateRef>,
): AggregateRef[] {
  const done: AggregateRef[] = [];
  for (const { entry, hash, sees } of fresh) {
    const now = sees.filter((ref) => !again.has(refKey(ref)));
    if (now.length === 0) continue;
    foldOnto(parts, { entry, hash }, now);
    done.push(...now);
  }
  return done;
}

/**
 * What carries an act that this version does not know stays as it was before it, with everything that came after: the
 * entries are kept, and folded once the program was brought up to date. Nothing is dropped (`sync.md` 4.7).
 */
function putOff({ db, knows = isKnownAct }: ReplicaParts, ref: AggregateRef, acts: readonly Act[]): boolean {
  const isOff = prepared(db, 'SELECT 1 FROM deferred WHERE kind = ? AND id = ?').get(ref.kind, ref.id);
  if (isOff !== undefined) return true;
  if (acts.every((act) => refKey(act.on) !== refKey(ref) || knows(act))) return false;
  prepared(db, 'INSERT INTO deferred (kind, id) VALUES (?, ?)').run(ref.kind, ref.id);
  return true;
}

/** Folds what an earlier version of the program had to put off, as far as this one can. Call inside a transaction, guesses taken back. */
export function foldDeferred(parts: ReplicaParts): void {
  refold(parts, prepared(parts.db, 'SELECT kind, id FROM deferred').all().map(refOf));
}

export function countDeferred(db: ReadDb): number {
  return (prepared(db, 'SELECT count(*) AS count FROM deferred').get() as { count: number }).count;
}

function foldOnto(
  parts: ReplicaParts,
  chained: Readonly<{ entry: LogEntry; hash: Hash }>,
  refs: readonly AggregateRef[],
): void {
  const { db, log, aggregates, projections } = parts;
  const now = refs.filter((ref) => !putOff(parts, ref, chained.entry.acts));
  if (now.length === 0) return;
  const wanted = new Set(now.map(refKey));
  const acts = chained.entry.acts.filter((act) => wanted.has(refKey(act.on)));
  const changed = foldActs(log, aggregates, acts);
  for (const projection of projections) projection.apply(db, { chained, isNew: true, changed });
}

/** Folds everything here anew, guesses taken back; gives the number of entries. */
export function refoldAll(parts: ReplicaParts): number {
  const { db, projections } = parts;
  for (const projection of projections.toReversed()) projection.clear(db);
  db.exec('DELETE FROM aggregate; DELETE FROM deferred');
  refold(parts, prepared(db, 'SELECT DISTINCT kind, id FROM touched').all().map(refOf));
  for (const projection of projections) projection.afterRebuild?.(db);
  return (prepared(db, 'SELECT count(*) AS entries FROM log').get() as { entries: number }).entries;
}

/** Folds aggregates anew from every entry here that touched them, in the order of the log. */
function refold(parts: ReplicaParts, refs: readonly AggregateRef[]): void {
  const { db, projections } = parts;
  const bySeq = new Map<number, AggregateRef[]>();
  for (const ref of refs) {
    const seqs = prepared(db, 'SELECT seq FROM touched WHERE kind = ? AND id = ?').all(ref.kind, ref.id) as {
      seq: number;
    }[];
    prepared(db, 'DELETE FROM aggregate WHERE kind = ? AND id = ?').run(ref.kind, ref.id);
    prepared(db, 'DELETE FROM deferred WHERE kind = ? AND id = ?').run(ref.kind, ref.id);
    for (const projection of projections) projection.forget(db, ref, seqs.length === 0 ? 'none' : 'some');
    for (const { seq } of seqs) bySeq.set(seq, [...(bySeq.get(seq) ?? []), ref]);
  }
  const entryAt = prepared(db, 'SELECT entry, hash FROM log WHERE seq = ?');
  for (const [seq, touched] of [...bySeq].toSorted(([a], [b]) => a - b)) {
    const row = entryAt.get(seq) as { entry: string; hash: Hash };
    foldOnto(parts, { entry: JSON.parse(row.entry) as LogEntry, hash: row.hash }, touched);
  }
}
