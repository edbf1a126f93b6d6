import type { PoolClient } from 'pg';
import { AppError, canonicalJson, type AgencyId } from '#shared/kernel/public.ts';
import type { ReadDb } from '#shared/node/sqlite/public.ts';

type Table = Readonly<{
  name: string;
  /** Its key, and what else a row says. */
  keys: readonly string[];
  columns: readonly string[];
  /** Texts that are JSON: the same when they say the same. */
  json: readonly string[];
}>;

const tables: readonly Table[] = [
  { name: 'log', keys: ['seq'], columns: ['command_id', 'entry', 'hash'], json: ['entry'] },
  { name: 'aggregate', keys: ['kind', 'id'], columns: ['version', 'state'], json: ['state'] },
  { name: 'touched', keys: ['kind', 'id', 'seq'], columns: [], json: [] },
  {
    name: 'scope_item',
    keys: ['scope', 'n'],
    columns: ['seq', 'at', 'entry', 'sees', 'hash'],
    json: ['sees'],
  },
  { name: 'scope_sees', keys: ['scope', 'kind', 'id'], columns: [], json: [] },
  { name: 'desk', keys: ['device'], columns: ['last_dseq'], json: [] },
  { name: 'access_line', keys: ['desk', 'n'], columns: ['line', 'hash'], json: [] },
];

const pageRows = 2000;

type Row = Readonly<Record<string, unknown>>;

/**
 * Holds every row of a server's file against the database it went over to, in the order of their keys; the first that
 * differs, is missing or is too many is named. Call inside one snapshot of the database. Gives the number of rows.
 */
export async function compareRows(file: ReadDb, client: PoolClient, agencyId: AgencyId): Promise<number> {
  let rows = 0;
  for (const table of tables) rows += await compareTable(file, client, { table, agencyId });
  return rows;
}

async function compareTable(
  file: ReadDb,
  client: PoolClient,
  { table, agencyId }: Readonly<{ table: Table; agencyId: AgencyId }>,
): Promise<number> {
  const { name, keys, columns } = table;
  const all = [...keys, ...columns].join(', ');
  const ours = file.prepare(`SELECT ${all} FROM ${name} ORDER BY ${keys.join(', ')}`).iterate();
  // SQLite orders texts by their bytes: so does "C".
  const order = keys.map((key) => (isNumber(key) ? key : `${key}::text COLLATE "C"`)).join(', ');
  await client.query(
    `DECLARE rows_of_${name} NO SCROLL CURSOR FOR SELECT ${all} FROM ${name} WHERE agency_id = $1 ORDER BY ${order}`,
    [agencyId],
  );
  let count = 0;
  for (;;) {
    const { rows } = await client.query<Row>(`FETCH ${pageRows} FROM rows_of_${name}`);
    for (const theirs of rows) {
      const next = ours.next();
      const own = next.done === true ? null : (next.value as Row);
      if (said(table, own) !== said(table, theirs)) throw differs(table, own ?? theirs);
      count += 1;
    }
    if (rows.length < pageRows) break;
  }
  const left = ours.next();
  if (left.done !== true) throw differs(table, left.value as Row);
  await client.query(`CLOSE rows_of_${name}`);
  return count;
}

const numbers: ReadonlySet<string> = new Set(['seq', 'n', 'at', 'version', 'last_dseq']);

function isNumber(column: string): boolean {
  return numbers.has(column);
}

/** One text for a row, the same from either engine. */
function said({ keys, columns, json }: Table, row: Row | null): string {
  if (row === null) return '';
  return canonicalJson(
    [...keys, ...columns].map((column) => {
      const value = String(row[column]);
      return json.includes(column) ? (JSON.parse(value) as unknown) : value;
    }),
  );
}

function differs({ name, keys }: Table, row: Row): AppError {
  return new AppError('server.rows-differ', {
    table: name,
    row: keys.map((key) => String(row[key])).join(' '),
  });
}
