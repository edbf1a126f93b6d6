import type { Database } from 'better-sqlite3';

/** What a server keeps for itself and never gives to a desk's log: keys, and secrets that were entrusted to it. */
export type Kept = Readonly<{
  get: (name: string) => string | null;
  set: (name: string, value: string) => void;
  remove: (name: string) => void;
}>;

/** Beside the log in the server's own file, encrypted under its key and copied with it. */
export const keptTable = `
  CREATE TABLE IF NOT EXISTS kept (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
`;

export function openKept(db: Database): Kept {
  const get = db.prepare('SELECT value FROM kept WHERE name = ?');
  const set = db.prepare(
    'INSERT INTO kept (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value',
  );
  const remove = db.prepare('DELETE FROM kept WHERE name = ?');
  return {
    get: (name) => (get.get(name) as { value: string } | undefined)?.value ?? null,
    set: (name, value) => void set.run(name, value),
    remove: (name) => void remove.run(name),
  };
}
