import type { PoolClient } from 'pg';
import type { AgencyId } from '#shared/kernel/public.ts';
import type { Note, NoteAt } from '#shared/node/exchange/public.ts';
import { all } from './postgres-reading.ts';

/** Puts notes after the last one; call where the agency's row is ours. Gives the place of the last. */
export async function appendNotes(
  client: PoolClient,
  agencyId: AgencyId,
  notes: readonly Note[],
): Promise<number> {
  const [row] = await all(
    client,
    `WITH put AS (
       INSERT INTO exchange_note (agency_id, n, kind, given)
       SELECT $1, (SELECT COALESCE(MAX(n), 0) FROM exchange_note WHERE agency_id = $1) + w.place, w.kind, w.given
         FROM unnest($2::text[], $3::text[]) WITH ORDINALITY AS w (kind, given, place)
       RETURNING n
     ) SELECT MAX(n) AS n FROM put`,
    [agencyId, notes.map(({ kind }) => kind), notes.map(({ given }) => given)],
  );
  return Number(row?.['n']);
}

export async function notesAfter(
  client: PoolClient,
  { agencyId, n, limit }: Readonly<{ agencyId: AgencyId; n: number; limit: number }>,
): Promise<readonly NoteAt[]> {
  const rows = await all(
    client,
    'SELECT n, kind, given FROM exchange_note WHERE agency_id = $1 AND n > $2 ORDER BY n LIMIT $3',
    [agencyId, n, limit],
  );
  return rows.map((row) => ({
    n: Number(row['n']),
    kind: String(row['kind']),
    given: String(row['given']),
  }));
}

const rowsAtOnce = 500;

/** Begins with the rows of a file, all or none; call where the agency's row is ours and no server has written yet. */
export async function beginNotes(
  client: PoolClient,
  agencyId: AgencyId,
  rows: Iterable<Note>,
): Promise<Readonly<{ n: number; last: Note | null }>> {
  await client.query('DELETE FROM exchange_note WHERE agency_id = $1', [agencyId]);
  let n = 0;
  let last: Note | null = null;
  let page: Note[] = [];
  for (const note of rows) {
    page.push(note);
    last = note;
    if (page.length < rowsAtOnce) continue;
    n = await appendNotes(client, agencyId, page);
    page = [];
  }
  if (page.length > 0) n = await appendNotes(client, agencyId, page);
  return { n, last };
}
