import type { Kept } from '#shared/documents/public.ts';
import type { Command, LogEntry } from '#shared/kernel/public.ts';
import type { ReadDb, WriteDb } from '#shared/node/sqlite/public.ts';
import type { Page } from '#shared/sync/public.ts';
import { guessesFrom } from './guesses.ts';
import { prepared } from './prepared.ts';

/** Notes up to where each scope of a page is held in a second place; whether that is news. */
export function keepStable(db: WriteDb, page: Page): boolean {
  const keep = prepared(
    db,
    `INSERT INTO scope_stable (scope, n) VALUES (?, ?)
     ON CONFLICT (scope) DO UPDATE SET n = excluded.n WHERE n <> excluded.n`,
  );
  const noted = Object.entries(page.scopes).map(([scope, { stable }]) => keep.run(scope, stable.n).changes);
  return noted.some((changes) => changes > 0);
}

/** How well the newest thing that happened to a document is kept (`sync.md` 3.5). */
export function keptAs(db: ReadDb, documentId: string): Exclude<Kept, 'alone'> {
  const row = prepared(
    db,
    `SELECT max(t.seq) AS seq FROM timeline t JOIN document d ON d.n = t.document WHERE d.id = ?`,
  ).get(documentId) as { seq: number | null };
  if (row.seq === null || row.seq >= guessesFrom) return 'here';
  const safe = prepared(
    db,
    `SELECT 1 FROM scope_item i JOIN scope_stable s ON s.scope = i.scope WHERE i.seq = ? AND i.n <= s.n`,
  ).get(row.seq);
  return safe === undefined ? 'recorded' : 'safe';
}

/** What was asked of the server for a document and not answered yet: the command's name, or null. */
export function askedOf(db: ReadDb, documentId: string): string | null {
  const rows = prepared(
    db,
    `SELECT body FROM outbox WHERE status = 'queued' AND json_extract(body, '$.body.documentId') = ?
        AND command_id NOT IN (SELECT command_id FROM guess)`,
  ).all(documentId) as { body: string }[];
  // Written by the desk from a Command.
  return rows.map(({ body }) => (JSON.parse(body) as Command).name)[0] ?? null;
}

/** What the commands are that the server does not have, the most frequent first. */
export function kindsWaiting(db: ReadDb): { name: string; count: number }[] {
  return prepared(
    db,
    `SELECT json_extract(body, '$.name') AS name, count(*) AS count FROM outbox WHERE status = 'queued'
      GROUP BY 1 ORDER BY 2 DESC, 1`,
  ).all() as { name: string; count: number }[];
}

/** What happened to a paper last, by the log and not by what is expected. */
export function lastOnPaper(db: ReadDb, documentId: string): LogEntry | null {
  const row = prepared(
    db,
    `SELECT l.entry FROM timeline t JOIN document d ON d.n = t.document JOIN log l ON l.seq = t.seq
      WHERE d.id = ? ORDER BY t.seq DESC LIMIT 1`,
  ).get(documentId) as { entry: string } | undefined;
  // Written by the desk from a LogEntry.
  return row === undefined ? null : (JSON.parse(row.entry) as LogEntry);
}
