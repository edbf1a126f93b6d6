import type { ReadDb, WriteDb } from '#shared/node/sqlite/public.ts';
import { prepared } from './prepared.ts';

/**
 * Numbers of this desk that outlive its rows: how many commands it gave, and how many of them the server has. The
 * first was its enrolment, where it joined by an invitation.
 */
type Counter = 'dseq' | 'sent';

export function counter(db: ReadDb, name: Counter): number {
  const row = prepared(db, 'SELECT value FROM setting WHERE name = ?').get(`sync.${name}`) as
    { value: string } | undefined;
  return row === undefined ? 1 : Number(row.value);
}

export function keepCounter(db: WriteDb, name: Counter, value: number): void {
  prepared(
    db,
    'INSERT INTO setting (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value',
  ).run(`sync.${name}`, String(value));
}

/** A desk that the server enrolled by itself has given no command yet, not even its enrolment. */
export function startCounting(db: WriteDb): void {
  keepCounter(db, 'dseq', 0);
  keepCounter(db, 'sent', 0);
}
