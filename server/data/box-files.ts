import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { VoteIdSchema, type VoteId } from '#shared/kernel/public.ts';
import { SecretBallotSchema, type SecretBallot } from '#shared/meetings/public.ts';
import { nodeFiles } from '#shared/node/files/public.ts';
import type { VoteKey } from '#shared/node/secret-votes/public.ts';
import { openEncrypted } from '#shared/node/sqlite/public.ts';

/** The boxes of secret votes, a file each while its vote is on. They stay out of every copy of the log. */
export type BoxFiles = Readonly<{
  votes: () => readonly VoteId[];
  keyOf: (vote: VoteId) => VoteKey | null;
  /** Makes a box; the key of one that is there stays. */
  begin: (vote: VoteId, key: VoteKey) => void;
  /** One ballot a serial, the first; false where another lies there under it. */
  lay: (vote: VoteId, ballot: SecretBallot) => boolean;
  /** By serial. */
  ballots: (vote: VoteId) => readonly SecretBallot[];
  remove: (vote: VoteId) => void;
  close: () => void;
}>;

/** By serial alone, in no order of arrival and without an hour. */
const boxTables = `
  CREATE TABLE IF NOT EXISTS vote_key (
    n INTEGER PRIMARY KEY CHECK (n = 1),
    public_key TEXT NOT NULL,
    private_key TEXT NOT NULL
  ) STRICT;
  CREATE TABLE IF NOT EXISTS secret_ballot (serial TEXT PRIMARY KEY, ballot TEXT NOT NULL) STRICT, WITHOUT ROWID;
`;

const KeyRowSchema = z.object({ publicKey: z.string(), privateKey: z.string() });
const BallotRowSchema = z.object({ ballot: z.string() });

export function openBoxFiles(folder: string, dataKey: Uint8Array): BoxFiles {
  const opened = new Map<VoteId, ReturnType<typeof openEncrypted>>();
  const pathOf = (vote: VoteId) => join(folder, `${vote}.db`);

  function boxOf(vote: VoteId) {
    const known = opened.get(vote);
    if (known !== undefined) return known;
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const db = openEncrypted({ path: pathOf(vote), key: dataKey });
    db.exec(boxTables);
    opened.set(vote, db);
    return db;
  }

  const isThere = (vote: VoteId): boolean => opened.has(vote) || existsSync(pathOf(vote));

  return {
    votes: () =>
      (existsSync(folder) ? readdirSync(folder) : [])
        .filter((name) => name.endsWith('.db'))
        .flatMap((name) => VoteIdSchema.safeParse(name.slice(0, -'.db'.length)).data ?? []),
    keyOf: (vote) => {
      if (!isThere(vote)) return null;
      const sql = 'SELECT public_key AS publicKey, private_key AS privateKey FROM vote_key';
      const row = boxOf(vote).prepare(sql).get();
      return row === undefined ? null : KeyRowSchema.parse(row);
    },
    begin: (vote, { publicKey, privateKey }) => {
      const sql = 'INSERT OR IGNORE INTO vote_key (n, public_key, private_key) VALUES (1, ?, ?)';
      boxOf(vote).prepare(sql).run(publicKey, privateKey);
    },
    lay: (vote, ballot) => {
      const db = boxOf(vote);
      const text = JSON.stringify(ballot);
      const lain = db
        .prepare('INSERT OR IGNORE INTO secret_ballot (serial, ballot) VALUES (?, ?)')
        .run(ballot.serial, text);
      if (lain.changes === 1) return true;
      const there = db.prepare('SELECT ballot FROM secret_ballot WHERE serial = ?').get(ballot.serial);
      return BallotRowSchema.parse(there).ballot === text;
    },
    ballots: (vote) =>
      boxOf(vote)
        .prepare('SELECT ballot FROM secret_ballot ORDER BY serial')
        .all()
        .map((row) => SecretBallotSchema.parse(JSON.parse(BallotRowSchema.parse(row).ballot))),
    remove: (vote) => {
      opened.get(vote)?.close();
      opened.delete(vote);
      const path = pathOf(vote);
      // The journal first: it alone knows in what order the ballots came.
      for (const name of [`${path}-wal`, `${path}-shm`, path]) nodeFiles.remove(name);
      if (existsSync(folder)) nodeFiles.syncFolder(folder);
    },
    close: () => {
      for (const db of opened.values()) db.close();
      opened.clear();
    },
  };
}
