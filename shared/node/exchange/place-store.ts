import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import type { Hash } from '../../kernel/public.ts';

/** How far each hub's mailbox has been collected; hubs are told apart by the authority they answer under. */
export const placeTables = `
  CREATE TABLE IF NOT EXISTS ix_hub_place (
    hub TEXT PRIMARY KEY,
    after INTEGER NOT NULL,
    known TEXT
  ) STRICT, WITHOUT ROWID;
`;

const PlaceSchema = z.object({ after: z.int(), known: z.string().nullable() });

export function sqlitePlaces(db: Database) {
  const place = db.prepare('SELECT after, known FROM ix_hub_place WHERE hub = ?');
  const moveTo = db.prepare(
    `INSERT INTO ix_hub_place (hub, after, known) VALUES (@hub, @after, @known)
     ON CONFLICT (hub) DO UPDATE SET after = excluded.after, known = excluded.known`,
  );
  return {
    place: (hub: Hash) => PlaceSchema.parse(place.get(hub) ?? { after: 0, known: null }),
    moveTo: (hub: Hash, after: number, known: string | null) => void moveTo.run({ hub, after, known }),
  };
}
