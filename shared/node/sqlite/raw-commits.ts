import { closeSync, fdatasyncSync, openSync, rmSync, writeSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import BetterSqlite, { type Database } from 'better-sqlite3';
import { openEncrypted, settle } from './open.ts';

export type CommitRate = Readonly<{ perSecond: number; p50Ms: number; p99Ms: number }>;

export type RawCommits = Readonly<{
  /** One entry of the log and one of the outbox in a transaction, as the desk keeps them. */
  encrypted: CommitRate;
  /** The same without encryption. */
  plain: CommitRate;
  /** The physical limit: the same bytes appended to a file and forced onto the disk. */
  disk: CommitRate;
}>;

export type RawCommitsParts = Readonly<{
  /** An existing folder on the disk to be measured; what is made there is taken away again. */
  folder: string;
  commits: number;
  /** Lengths of the rows' texts in characters. */
  entryLength?: number;
  commandLength?: number;
}>;

const rounds = 5;

/** How fast the smallest durable act can be on this disk; the three take turns, so that a busy moment hits all alike. */
export function measureRawCommits({
  folder,
  commits,
  entryLength = 1500,
  commandLength = 700,
}: RawCommitsParts): RawCommits {
  const names = ['encrypted', 'plain', 'disk'].map((name) => join(folder, `commits-${name}`));
  const [encryptedPath = '', plainPath = '', diskPath = ''] = names;
  const entry = 'ă'.repeat(entryLength);
  const command = 'ơ'.repeat(commandLength);
  for (const name of names) forget(name);
  const encrypted = openEncrypted({ path: encryptedPath, key: new Uint8Array(randomBytes(32)) });
  const plain = openPlain(plainPath);
  const disk = openSync(diskPath, 'w');
  const bytes = Buffer.from(entry + command);
  try {
    const lanes = [
      commitTo(encrypted, entry, command),
      commitTo(plain, entry, command),
      () => append(disk, bytes),
    ];
    const times = lanes.map((): number[] => []);
    for (let round = 0; round < rounds; round += 1) {
      lanes.forEach((commit, lane) => times[lane]?.push(...timesOf(commit, Math.ceil(commits / rounds))));
    }
    const [encryptedTimes = [], plainTimes = [], diskTimes = []] = times;
    return { encrypted: rateOf(encryptedTimes), plain: rateOf(plainTimes), disk: rateOf(diskTimes) };
  } finally {
    encrypted.close();
    plain.close();
    closeSync(disk);
    for (const name of names) forget(name);
  }
}

function openPlain(path: string): Database {
  const db = new BetterSqlite(path);
  db.pragma('journal_mode = WAL');
  settle(db);
  return db;
}

function commitTo(db: Database, entry: string, command: string): () => void {
  db.exec(`
    CREATE TABLE log (seq INTEGER PRIMARY KEY, command_id TEXT NOT NULL UNIQUE, entry TEXT NOT NULL) STRICT;
    CREATE TABLE outbox (dseq INTEGER PRIMARY KEY, command_id TEXT NOT NULL UNIQUE, body TEXT NOT NULL) STRICT;
  `);
  const keepEntry = db.prepare('INSERT INTO log (command_id, entry) VALUES (?, ?)');
  const keepCommand = db.prepare('INSERT INTO outbox (command_id, body) VALUES (?, ?)');
  let made = 0;
  const commit = db.transaction(() => {
    made += 1;
    const id = `01939d2a-0000-7000-8000-${String(made).padStart(12, '0')}`;
    keepEntry.run(id, entry);
    keepCommand.run(id, command);
  });
  return () => commit.immediate();
}

function append(file: number, bytes: Uint8Array): void {
  writeSync(file, bytes);
  fdatasyncSync(file);
}

function timesOf(commit: () => void, count: number): number[] {
  return Array.from({ length: count }, () => {
    const start = performance.now();
    commit();
    return performance.now() - start;
  });
}

function rateOf(times: readonly number[]): CommitRate {
  const sorted = times.toSorted((one, other) => one - other);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  const totalMs = sorted.reduce((sum, time) => sum + time, 0);
  return { perSecond: (sorted.length * 1000) / totalMs, p50Ms: at(0.5), p99Ms: at(0.99) };
}

function forget(path: string): void {
  for (const name of [path, `${path}-wal`, `${path}-shm`]) rmSync(name, { force: true });
}
