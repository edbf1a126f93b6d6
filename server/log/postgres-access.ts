import type { PoolClient } from 'pg';
import {
  emptyHead,
  type AccessHead,
  type ChainedLine,
  type FindLines,
  type FoundLines,
  type TakeLines,
} from '#shared/access/public.ts';
import { HashSchema, type AgencyId, type DeviceId, type PersonId } from '#shared/kernel/public.ts';
import {
  chainedIn,
  columnsOf,
  continued,
  foundIn,
  lineColumns,
  questionsOf,
  type Asked,
} from '#shared/node/access-log/public.ts';
import { all } from './postgres-reading.ts';

type Taking = Readonly<{ whose: Readonly<{ desk: DeviceId; person: PersonId }>; asked: TakeLines }>;

/** Keeps what continues a device's lines; call where the agency's row is ours. */
export async function takeLines(
  client: PoolClient,
  agencyId: AgencyId,
  { whose, asked }: Taking,
): Promise<AccessHead> {
  const [row] = await all(
    client,
    'SELECT n, hash FROM access_line WHERE agency_id = $1 AND desk = $2 ORDER BY n DESC LIMIT 1',
    [agencyId, whose.desk],
  );
  const head: AccessHead =
    row === undefined ? emptyHead : { n: Number(row['n']), hash: HashSchema.parse(row['hash']) };
  const lines = continued(head, asked, whose) ?? [];
  await putLines(client, agencyId, lines);
  const last = lines.at(-1);
  return last === undefined ? head : { n: last.line.n, hash: last.hash };
}

/** Puts lines down as they were hashed. */
export async function putLines(
  client: PoolClient,
  agencyId: AgencyId,
  lines: readonly ChainedLine[],
): Promise<void> {
  for (const line of lines) {
    await client.query(
      `INSERT INTO access_line (agency_id, ${lineColumns}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
      [agencyId, ...columnsOf(line)],
    );
  }
}

/** What a desk left after one of its lines. */
export async function linesAfter(
  client: PoolClient,
  agencyId: AgencyId,
  { desk, n }: Readonly<{ desk: string; n: number }>,
): Promise<readonly ChainedLine[]> {
  const rows = await all(
    client,
    'SELECT line, hash FROM access_line WHERE agency_id = $1 AND desk = $2 AND n > $3 ORDER BY n',
    [agencyId, desk, n],
  );
  return rows.map(chainedIn);
}

/** Which desks have left lines. */
export async function desksWithLines(client: PoolClient, agencyId: AgencyId): Promise<readonly string[]> {
  const rows = await all(client, 'SELECT DISTINCT desk FROM access_line WHERE agency_id = $1', [agencyId]);
  return rows.map((row) => String(row['desk']));
}

export async function findLines(
  client: PoolClient,
  agencyId: AgencyId,
  asked: FindLines,
): Promise<FoundLines> {
  const { rows, totals } = questionsOf(asked);
  const found = await all(client, ...ofAgency(rows, agencyId));
  const [total] = await all(client, ...ofAgency(totals, agencyId));
  return foundIn(asked, found, total);
}

/** The same question in PostgreSQL's numbering, asked of one agency's lines alone. */
function ofAgency({ sql, values }: Asked, agencyId: AgencyId): [string, (string | number)[]] {
  let place = 1;
  const numbered = sql
    .replaceAll('FROM access_line WHERE', 'FROM access_line WHERE agency_id = $1 AND')
    .replaceAll('?', () => `$${(place += 1)}`);
  return [numbered, [agencyId, ...values]];
}
