import { join, resolve, relative } from 'node:path';
import { AppError, type ErrorCode } from '#shared/kernel/public.ts';
import { asStoreError, type ReadDb, type WriteDb } from '#shared/node/sqlite/public.ts';
import { backup, lastBackup } from '../../store/backup.ts';
import type { Checking } from '../../store/keep-checking.ts';
import type { OpenDesk } from './open-desk.ts';

const dayMs = 24 * 60 * 60_000;
const lookEveryMs = 10 * 60_000;
/** So many days of a desk stay, the newest among them. */
const keep = 14;

const settings = { place: 'backup.place', fault: 'backup.fault' } as const;

/** Where copies of this desk go; null where nobody said so. */
export function backupPlace(db: ReadDb): string | null {
  return settingOf(db, settings.place);
}

/** Why the last copy could not be made; null when it was. */
export function backupFault(db: ReadDb): string | null {
  return settingOf(db, settings.fault);
}

/** Says where copies go from now on; the first is made at once, so that a place that does not serve is refused. */
export async function arrangeBackups(open: OpenDesk, place: string | null): Promise<void> {
  const { db } = open.desk;
  if (place === null) {
    keepSetting(db, settings.place, null);
    keepSetting(db, settings.fault, null);
    return;
  }
  const isWhole = resolve(place) === place || /^[A-Za-z]:[\\/]|^\\\\/u.test(place);
  if (!isWhole) throw new AppError('store.backup-place');
  if (!relative(resolve(open.folder), resolve(place)).startsWith('..')) {
    throw new AppError('store.backup-inside-data');
  }
  await backUpDesk(open, place);
  keepSetting(db, settings.place, place);
}

/** What the weekly look through the database and every file works on. */
export function checkingOf({ desk, folder, dataKey, blobs, shared }: OpenDesk): Omit<Checking, 'onDamaged'> {
  const { db, now } = desk;
  const path = join(folder, 'office.db');
  return { db, path, dataKey, blobs, isShared: shared !== null, now, copies: () => backupPlace(db) };
}

async function backUpDesk(open: OpenDesk, to: string): Promise<void> {
  const { desk, folder, blobs, dataKey, shared } = open;
  const { agencyId, db } = desk;
  const person = shared?.person ?? null;
  await backup({ agencyId, person, folder, db, blobs, dataKey, to, now: desk.now(), keep });
  keepSetting(db, settings.fault, null);
}

/** Copies an open desk once a day to the place that was named; gives what ends it. */
export function keepBackedUp(open: OpenDesk): () => void {
  const { desk } = open;
  let isOver = false;
  let isBusy = false;
  const look = async (): Promise<void> => {
    const place = backupPlace(desk.db);
    const last = lastBackup(desk.db);
    const isDue = last === null || Date.parse(desk.now()) - Date.parse(last.at) >= dayMs;
    if (place === null || !isDue) return;
    try {
      await backUpDesk(open, place);
    } catch (error) {
      if (isOver) return;
      // A disk that is not there today may be tomorrow: it is said, and tried again.
      keepSetting(desk.db, settings.fault, codeOf(error));
    }
  };
  const timer = setInterval(() => {
    if (isBusy || isOver) return;
    isBusy = true;
    void look()
      // Not even what went wrong could be noted: it is tried again.
      .catch(() => undefined)
      .finally(() => {
        isBusy = false;
      });
  }, lookEveryMs);
  timer.unref();
  return () => {
    isOver = true;
    clearInterval(timer);
  };
}

function codeOf(error: unknown): ErrorCode {
  return asStoreError(error)?.code ?? 'store.backup-unverified';
}

function settingOf(db: ReadDb, name: string): string | null {
  const value = db.prepare('SELECT value FROM setting WHERE name = ?').pluck().get(name);
  return typeof value === 'string' ? value : null;
}

function keepSetting(db: WriteDb, name: string, value: string | null): void {
  if (value === null) db.prepare('DELETE FROM setting WHERE name = ?').run(name);
  else db.prepare('INSERT OR REPLACE INTO setting (name, value) VALUES (?, ?)').run(name, value);
}
