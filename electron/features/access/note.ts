import {
  emptyHead,
  nextLineHash,
  sameReadingMs,
  type Access,
  type AccessHead,
  type AccessLine,
  type ChainedLine,
} from '#shared/access/public.ts';
import type { PersonId } from '#shared/kernel/public.ts';
import { sqliteAccess, type AccessStore } from '#shared/node/access-log/public.ts';
import type { WriteDb } from '#shared/node/sqlite/public.ts';
import type { OpenDesk } from '../session/public.ts';

type AtDesk = Pick<OpenDesk, 'desk' | 'shared'>;

type Kept = Readonly<{ store: AccessStore; readings: Map<string, number> }>;

const kept = new WeakMap<WriteDb, Kept>();
/** Readings remembered at one desk; beyond it the oldest count as over. */
const mostReadings = 5000;

/** Under which name this desk's lines are chained. */
export function deskName({ desk, shared }: AtDesk): string {
  return shared === null ? desk.agencyId : shared.device.id;
}

export function storeOf({ desk: { db } }: Pick<AtDesk, 'desk'>): AccessStore {
  return keptOf(db).store;
}

/** Puts down who did what, behind the last line of this desk; the same reading within minutes is one line. */
export function noteAccess(open: AtDesk, person: PersonId, access: Access): void {
  if (isSameReading(open, person, access)) return;
  const store = storeOf(open);
  open.desk.log.transaction(() => {
    store.add([chain(open, store.headOf(deskName(open)), { ...access, person })]);
  });
}

/** When the last line here was put down; null where there is none. */
export function lastLineAt(open: AtDesk): AccessLine['at'] | null {
  const store = storeOf(open);
  const { n } = store.headOf(deskName(open));
  return store.after(deskName(open), n - 1, 1)[0]?.line.at ?? null;
}

/** A line behind a head, as of now. */
export function chain(
  open: AtDesk,
  head: AccessHead,
  {
    what,
    on,
    file,
    person,
    at = open.desk.now(),
  }: Access & Pick<AccessLine, 'person'> & { at?: AccessLine['at'] },
): ChainedLine {
  const { n, hash } = head;
  const line: AccessLine = { desk: deskName(open), n: n + 1, at, person, what, on, file };
  return { line, hash: nextLineHash(hash, line) };
}

/** The head after some lines. */
export function headAfter(lines: readonly ChainedLine[], before: AccessHead = emptyHead): AccessHead {
  const last = lines.at(-1);
  return last === undefined ? before : { n: last.line.n, hash: last.hash };
}

function isSameReading({ desk }: AtDesk, person: PersonId, { what, on }: Access): boolean {
  if (what !== 'opened') return false;
  const { readings } = keptOf(desk.db);
  const key = `${person} ${on.kind} ${on.id}`;
  const nowMs = Date.parse(desk.now());
  const at = readings.get(key);
  if (at !== undefined && nowMs - at < sameReadingMs && nowMs >= at) return true;
  readings.delete(key);
  readings.set(key, nowMs);
  const [oldest] = readings.keys();
  if (readings.size > mostReadings && oldest !== undefined) readings.delete(oldest);
  return false;
}

function keptOf(db: WriteDb): Kept {
  const known = kept.get(db) ?? { store: sqliteAccess(db), readings: new Map<string, number>() };
  kept.set(db, known);
  return known;
}
