import { existsSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import BetterSqlite, { type Database } from 'better-sqlite3';
import { AppError } from '../../kernel/public.ts';
import { nodeFiles } from '../files/public.ts';
import { asStoreError, whenStoreFails } from './store-error.ts';

export type OpenParts = Readonly<{
  path: string;
  /** 32 raw bytes; never a passphrase, so that opening costs no derivation. */
  key: Uint8Array;
  /** How long a statement waits for another process's transaction. */
  busyTimeoutMs?: number;
}>;

const pageBytes = 4096;
const journalLimitBytes = 64 * 1024 * 1024;
/** A page already decrypted costs nothing; a fresh one 9 µs (2 cores, November 2026). */
const cacheKiB = 96 * 1024;
/**
 * So many pages of the journal are carried into the file at once, 2 MiB: half of SQLite's usual. Whoever's commit has to
 * do it waits half as long, and all together carry no more.
 */
const journalPages = 512;
const synchronousFull = 2;

/**
 * Opens an encrypted database (AES-256 with a check on every page, SQLCipher 4 format), making it when it is not
 * there. Every commit is on the disk before it returns.
 */
export function openEncrypted({ path, key, busyTimeoutMs = 5000 }: OpenParts): Database {
  if (key.length !== 32) throw new Error('A database key is 32 bytes');
  if (!existsSync(path)) create(path, key);
  else if (statSync(path).size < pageBytes && !existsSync(`${path}-wal`)) throw new AppError('store.damaged');
  return openWith(path, key, busyTimeoutMs);
}

/** A database that lives as long as its process, for tests: the same settings as the real one, without a disk; a copy when it is given one's bytes. */
export function openInMemory(bytes?: Buffer): Database {
  const db = new BetterSqlite(bytes ?? ':memory:');
  settle(db);
  return db;
}

/** Made aside and renamed, so that an empty file under the real name always means damage, never a first start. */
function create(path: string, key: Uint8Array): void {
  const aside = `${path}.new`;
  whenStoreFails(() => {
    for (const name of [aside, `${aside}-wal`, `${aside}-shm`]) rmSync(name, { force: true });
    openWith(aside, key, 0).close();
    renameSync(aside, path);
    nodeFiles.syncFolder(dirname(path));
  });
}

function openWith(path: string, key: Uint8Array, busyTimeoutMs: number): Database {
  const db = whenStoreFails(() => new BetterSqlite(path, { timeout: busyTimeoutMs }));
  try {
    db.pragma("cipher = 'sqlcipher'");
    db.pragma('legacy = 4');
    db.pragma(`key = "x'${Buffer.from(key).toString('hex')}'"`);
    readFirstPage(db);
    db.pragma('journal_mode = WAL');
    db.pragma(`journal_size_limit = ${journalLimitBytes}`);
    db.pragma(`wal_autocheckpoint = ${journalPages}`);
    settle(db);
    assertDurable(db);
    return db;
  } catch (error) {
    db.close();
    throw asStoreError(error) ?? error;
  }
}

function readFirstPage(db: Database): void {
  try {
    db.prepare('SELECT count(*) FROM sqlite_schema').get();
  } catch (error) {
    const isUnreadable = error instanceof BetterSqlite.SqliteError && error.code === 'SQLITE_NOTADB';
    if (isUnreadable) throw new AppError('store.wrong-key', {}, error);
    throw error;
  }
}

/** What every connection is set to before anything is asked of it. */
export function settle(db: Database): void {
  // The build falls back to NORMAL on every re-open in WAL mode; official records are never worth that risk.
  db.pragma('synchronous = FULL');
  db.pragma('foreign_keys = ON');
  db.pragma('temp_store = MEMORY'); // No plaintext in temporary files.
  db.pragma(`cache_size = -${cacheKiB}`);
  db.pragma('trusted_schema = OFF');
  db.pragma('cell_size_check = ON');
}

function assertDurable(db: Database): void {
  const synchronous = db.pragma('synchronous', { simple: true });
  const journal = db.pragma('journal_mode', { simple: true });
  if (synchronous === synchronousFull && journal === 'wal') return;
  throw new Error(
    `Commits would not be durable: synchronous ${String(synchronous)}, journal ${String(journal)}`,
  );
}
