import { createHash } from 'node:crypto';
import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import { AppError } from '../../kernel/public.ts';
import { noteKinds, takeNote } from './exchange-port.ts';
import type { GatewayStore } from './gateway-store.ts';

/**
 * Where the log is in a database, what the gateway writes are notes there, one after the other, and the tables in the folder's
 * file are what they come to. How far that is, and which note was the last.
 */
export const notedTables = `
  CREATE TABLE IF NOT EXISTS ix_noted (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    n INTEGER NOT NULL,
    print TEXT NOT NULL
  ) STRICT;
`;

/** Besides what the gateway writes: a row that was in the file when its log moved to the database. */
const rowKind = 'row';
const KindSchema = z.enum([...noteKinds, rowKind]);
export type Note = Readonly<{ kind: z.infer<typeof KindSchema>; given: string }>;
export type NoteAt = Readonly<{ n: number; kind: string; given: string }>;

const tables = [
  'ix_outbox',
  'ix_parcel',
  'ix_received',
  'ix_evidence',
  'ix_hub_place',
  'ix_alarm',
  'ix_aside',
  'ix_restored',
  'ix_heard',
  'ix_theirs',
  'ix_line_message',
] as const;
const RowSchema = z.tuple([
  z.enum(tables),
  z.record(z.string().regex(/^[a-z_]+$/u), z.union([z.string(), z.number(), z.null()])),
]);

export function noteOf(kind: (typeof noteKinds)[number], given: readonly unknown[]): Note {
  return { kind, given: JSON.stringify(given) };
}

function printOf({ kind, given }: Pick<NoteAt, 'kind' | 'given'>): string {
  return createHash('sha256').update(`${kind} ${given}`).digest('hex');
}

export type Noted = ReturnType<typeof sqliteNoted>;

export function sqliteNoted(db: Database, store: GatewayStore) {
  const place = db.prepare('SELECT n, print FROM ix_noted');
  const keep = db.prepare('INSERT OR REPLACE INTO ix_noted (one, n, print) VALUES (1, ?, ?)');
  const PlaceSchema = z.object({ n: z.int(), print: z.string() });
  const noted = () => PlaceSchema.optional().parse(place.get()) ?? { n: 0, print: '' };

  function takeOne({ kind, given }: NoteAt): void {
    const read = KindSchema.parse(kind);
    const values = z.array(z.unknown()).parse(JSON.parse(given));
    if (read !== rowKind) {
      takeNote(store, read, values);
      return;
    }
    const [table, row] = RowSchema.parse(values);
    const columns = Object.keys(row);
    const marks = columns.map((column) => `@${column}`);
    db.prepare(`INSERT OR REPLACE INTO ${table} (${columns.join(', ')}) VALUES (${marks.join(', ')})`).run(
      row,
    );
  }

  const take = (notes: readonly NoteAt[]): void => {
    db.transaction(() => {
      let { n } = noted();
      for (const note of notes) {
        n += 1;
        if (note.n !== n) throw apart(note.n);
        takeOne(note);
        keep.run(n, printOf(note));
      }
    }).immediate();
  };

  return {
    /** Up to which note the tables have come. */
    noted: (): number => noted().n,
    /** Takes in the notes that follow. */
    take,
    /** From which note on it has to be read to go on: the last one once more, which has to be the same still. */
    readsFrom: (): number => Math.max(0, noted().n - 1),
    /** Takes in what was read from there; refused when the database has lost the last one, or has another. */
    takeAfterLast: (notes: readonly NoteAt[]): void => {
      const { n, print } = noted();
      const [last] = notes;
      if (n > 0 && (last?.n !== n || printOf(last) !== print)) throw apart(n);
      take(notes.slice(n > 0 ? 1 : 0));
    },
    /** Every row as a note, for a database that begins with this file. */
    rows: function* rows(): Generator<Note, void> {
      for (const table of tables) {
        for (const row of db.prepare(`SELECT * FROM ${table}`).iterate()) {
          yield { kind: rowKind, given: JSON.stringify([table, row]) };
        }
      }
    },
    /** The tables are what these many notes come to already. */
    keepNoted: (n: number, last: Note | null): void => {
      keep.run(n, last === null ? '' : printOf(last));
    },
  };
}

/** The file has what the database lost, or another story. */
function apart(n: number): AppError {
  return new AppError('server.copy-apart', { seq: n });
}
