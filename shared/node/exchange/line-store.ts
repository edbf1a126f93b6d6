import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import { HashSchema } from '../../kernel/public.ts';

/** Messages on their way over lines that speak edXML; what they are made of is in `ix_outbox`, as it is for every agency. */
export const lineTables = `
  CREATE TABLE IF NOT EXISTS ix_line_message (
    id TEXT PRIMARY KEY,
    outbox INTEGER NOT NULL,
    line TEXT NOT NULL,
    what TEXT NOT NULL CHECK (what IN ('envelope', 'recall', 'receipt')),
    peer TEXT NOT NULL,
    about TEXT NOT NULL,
    document_id TEXT,
    address TEXT NOT NULL,
    hash TEXT NOT NULL CHECK (length(hash) = 64),
    size INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('out', 'handed', 'done')),
    tries INTEGER NOT NULL DEFAULT 0,
    next_at INTEGER NOT NULL DEFAULT 0
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS ix_line_due ON ix_line_message (line, state, next_at);
  CREATE INDEX IF NOT EXISTS ix_line_document ON ix_line_message (peer, document_id);
`;

const LineMessageSchema = z.object({
  id: z.string(),
  line: z.string(),
  what: z.enum(['envelope', 'recall', 'receipt']),
  peer: z.string(),
  /** The consignment it carries, or the message it is a status of. */
  about: z.string(),
  /** The name under which other systems answer to it; null for a status. */
  documentId: z.string().nullable(),
  /** Code of the recipient, as it is written on this line. */
  address: z.string(),
  hash: HashSchema,
  size: z.int(),
  tries: z.int(),
});
export type LineMessage = z.infer<typeof LineMessageSchema>;

const AboutSchema = z.object({ about: z.string() });

export function sqliteLines(db: Database) {
  const keep = db.prepare(
    `INSERT OR IGNORE INTO ix_line_message (id, outbox, line, what, peer, about, document_id, address, hash, size, state)
     VALUES (@id, @n, @line, @what, @peer, @about, @documentId, @address, @hash, @size, 'out')`,
  );
  const sealed = db.prepare('UPDATE ix_outbox SET sealed = 1 WHERE n = ?');
  const owedAgain = db.prepare(
    'UPDATE ix_outbox SET sealed = 0 WHERE n = (SELECT outbox FROM ix_line_message WHERE id = ?)',
  );
  const drop = db.prepare('DELETE FROM ix_line_message WHERE id = ?');
  const due = db.prepare(
    `SELECT id, line, what, peer, about, document_id AS documentId, address, hash, size, tries FROM ix_line_message
     WHERE line = ? AND state = 'out' AND next_at <= ? ORDER BY next_at, id LIMIT 50`,
  );
  const handed = db.prepare("UPDATE ix_line_message SET state = ? WHERE id = ? AND state = 'out'");
  const failed = db.prepare('UPDATE ix_line_message SET tries = tries + 1, next_at = ? WHERE id = ?');
  const retry = db.prepare("UPDATE ix_line_message SET next_at = 0 WHERE line = ? AND state = 'out'");
  const soonest = db.prepare(
    "SELECT MIN(next_at) AS at FROM ix_line_message WHERE line = ? AND state = 'out'",
  );
  const answered = db.prepare(
    "UPDATE ix_line_message SET state = 'done' WHERE about = ? AND what = 'envelope'",
  );
  const unanswered = db.prepare(
    "SELECT about FROM ix_line_message WHERE what = 'envelope' AND state <> 'done' ORDER BY id",
  );
  const named = db.prepare(
    "SELECT about FROM ix_line_message WHERE peer = ? AND document_id = ? AND what = 'envelope' ORDER BY id DESC",
  );
  const nameOf = db.prepare(
    "SELECT document_id AS documentId FROM ix_line_message WHERE about = ? AND what = 'envelope'",
  );
  return {
    /** The written bytes' name, kept as they will go out every time; row `n` of the outbox is settled with it. */
    keepWritten: (n: number, message: Omit<LineMessage, 'tries'>) => {
      db.transaction(() => {
        keep.run({ ...message, n });
        sealed.run(n);
      }).immediate();
    },
    /** Its bytes are gone with the machine they were written on: what it was made of is owed again. */
    lineLost: (id: string) => {
      db.transaction(() => {
        owedAgain.run(id);
        drop.run(id);
      }).immediate();
    },
    lineDue: (line: string, nowMs: number): readonly LineMessage[] =>
      due.all(line, nowMs).map((row) => LineMessageSchema.parse(row)),
    /** An axis has it: what awaits an answer is remembered as open, and not sent a second time. */
    lineHanded: (id: string, awaitsAnswer: boolean) => void handed.run(awaitsAnswer ? 'handed' : 'done', id),
    lineFailed: (id: string, nextMs: number) => void failed.run(nextMs, id),
    /** The line answers again: what only waited for that goes now. */
    lineIsBack: (line: string) => retry.run(line).changes,
    lineDueMs: (line: string): number =>
      z.object({ at: z.int().nullable() }).parse(soonest.get(line)).at ?? Number.POSITIVE_INFINITY,
    lineAnswered: (consignment: string) => void answered.run(consignment),
    unansweredOnLines: (): readonly string[] => unanswered.all().map((row) => AboutSchema.parse(row).about),
    /** The newest consignment that went to an agency under this name. */
    consignmentNamed: (peer: string, documentId: string): string | null => {
      const row = named.get(peer, documentId);
      return row === undefined ? null : AboutSchema.parse(row).about;
    },
    nameOfConsignment: (consignment: string): string | null => {
      const row = nameOf.get(consignment);
      return row === undefined ? null : z.object({ documentId: z.string() }).parse(row).documentId;
    },
  };
}
