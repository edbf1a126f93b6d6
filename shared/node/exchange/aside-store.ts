import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import type { Listed } from '../../exchange/public.ts';
import { HashSchema } from '../../kernel/public.ts';

/** Parcels that could not be taken in when they came: they wait here, and the mailbox goes on. */
export const asideTables = `
  CREATE TABLE IF NOT EXISTS ix_aside (
    sender TEXT NOT NULL,
    id TEXT NOT NULL,
    parcel TEXT NOT NULL,
    tries INTEGER NOT NULL CHECK (tries > 0),
    next_at INTEGER NOT NULL,
    PRIMARY KEY (sender, id)
  ) STRICT, WITHOUT ROWID;
`;

const AsideSchema = z.object({ sender: z.string(), id: z.string(), parcel: z.string(), tries: z.int() });
export type Aside = z.infer<typeof AsideSchema>;

const ListedSchema = z.array(z.object({ id: z.string(), digest: HashSchema }));
const SoonestSchema = z.object({ at: z.int().nullable() });

export function sqliteAside(db: Database) {
  const setAside = db.prepare(
    `INSERT INTO ix_aside (sender, id, parcel, tries, next_at) VALUES (@sender, @id, @parcel, @tries, @nextMs)
     ON CONFLICT (sender, id) DO UPDATE SET parcel = excluded.parcel, tries = excluded.tries, next_at = excluded.next_at`,
  );
  const takenUp = db.prepare('DELETE FROM ix_aside WHERE sender = ? AND id = ?');
  const isAside = db.prepare('SELECT 1 FROM ix_aside WHERE sender = ? AND id = ?');
  const due = db.prepare(
    'SELECT sender, id, parcel, tries FROM ix_aside WHERE next_at <= ? ORDER BY next_at LIMIT 50',
  );
  // Its letter was read, and waits for its files.
  const read = db.prepare(
    `SELECT r.id, r.digest FROM ix_received r JOIN ix_aside a ON a.sender = r.sender AND a.id = r.id
     WHERE r.sender = ? ORDER BY r.id`,
  );
  const soonest = db.prepare('SELECT MIN(next_at) AS at FROM ix_aside');
  return {
    setAside: (row: Aside & Readonly<{ nextMs: number }>) => void setAside.run(row),
    isAside: (sender: string, id: string): boolean => isAside.get(sender, id) !== undefined,
    asideFrom: (sender: string): readonly Listed[] => ListedSchema.parse(read.all(sender)),
    takenUp: (sender: string, id: string) => void takenUp.run(sender, id),
    asideDue: (nowMs: number): readonly Aside[] => due.all(nowMs).map((row) => AsideSchema.parse(row)),
    /** When the next of them is due; never, where there is none. */
    asideMs: (): number => SoonestSchema.parse(soonest.get()).at ?? Number.POSITIVE_INFINITY,
  };
}
