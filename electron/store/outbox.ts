import { z } from 'zod';
import { CommandIdSchema, type Command, type LogEntry } from '#shared/kernel/public.ts';
import type { ReadDb, WriteDb } from '#shared/node/sqlite/public.ts';
import type { SentCommand } from '#shared/sync/public.ts';
import { prepared } from './prepared.ts';

/** A refused command, as it stands in *Cần xử lý*. */
export type Refused = Readonly<{ command: Command; entry: LogEntry }>;

const RowSchema = z.object({
  dseq: z.int(),
  body: z.string(),
  signature: z.string(),
  rests_on: CommandIdSchema.nullable(),
  refused: z.int(),
});
const CountSchema = z.object({ value: z.int() });
const mostAPush = 100;

export function keepQueued(
  db: WriteDb,
  command: Command,
  { dseq, signature, restsOn }: Omit<SentCommand, 'command' | 'refused'>,
): void {
  prepared(
    db,
    "INSERT INTO outbox (dseq, command_id, body, status, signature, rests_on) VALUES (?, ?, ?, 'queued', ?, ?)",
  ).run(dseq, command.id, JSON.stringify(command), signature, restsOn ?? null);
}

/** What the server has not taken yet, in the order in which it was done. */
export function queuedIn(db: ReadDb): readonly Command[] {
  const rows = prepared(db, "SELECT body FROM outbox WHERE status = 'queued' ORDER BY dseq").all();
  // Written by `keepQueued` from a Command.
  return (rows as { body: string }[]).map(({ body }) => JSON.parse(body) as Command);
}

/** What goes out next: the first that the server has not said it has. */
export function nextToSend(db: ReadDb, after: number): readonly SentCommand[] {
  const rows = prepared(
    db,
    `SELECT dseq, body, signature, rests_on, status IN ('rejected', 'parked') AS refused
       FROM outbox WHERE dseq > ? ORDER BY dseq LIMIT ?`,
  ).all(after, mostAPush);
  return rows.map((row): SentCommand => {
    const { dseq, body, signature, rests_on: restsOn, refused } = RowSchema.parse(row);
    const rest = {
      ...(restsOn === null ? {} : { restsOn }),
      ...(refused === 1 ? { refused: true as const } : {}),
    };
    // Written by `keepQueued` from a Command.
    return { dseq, command: JSON.parse(body) as Command, signature, ...rest };
  });
}

export function refusedIn(db: ReadDb): readonly Refused[] {
  const rows = prepared(
    db,
    `SELECT o.body, l.entry FROM outbox o JOIN log l ON l.seq = o.seq
      WHERE o.status = 'rejected' ORDER BY o.dseq`,
  ).all();
  // Written by `keepQueued` from a Command and by the replica from a LogEntry.
  return (rows as { body: string; entry: string }[]).map(({ body, entry }) => ({
    command: JSON.parse(body) as Command,
    entry: JSON.parse(entry) as LogEntry,
  }));
}

export function countIn(db: ReadDb, status: 'queued' | 'acked' | 'rejected'): number {
  return CountSchema.parse(prepared(db, 'SELECT count(*) AS value FROM outbox WHERE status = ?').get(status))
    .value;
}

/** Whether something done about it here is not in any copy of the server's yet, and may have to be sent again. */
export function isUnsafe(db: ReadDb, id: string): boolean {
  const sql = "SELECT 1 FROM outbox WHERE status IN ('queued', 'acked') AND instr(body, ?) > 0 LIMIT 1";
  return prepared(db, sql).get(id) !== undefined;
}
