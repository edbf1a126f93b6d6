import { HashSchema, type AgencyId, type ChainedEntry, type LogEntry } from '#shared/kernel/public.ts';
import type { Queries } from './postgres-pool.ts';
import { isUsual, keyOf, usual, type Asked } from './working-set.ts';

type Row = Record<string, unknown>;
/** Each answer by its key, whether it stays true while this server writes, and whether it is the usual one. */
type Found = readonly (readonly [key: string, value: unknown, stays: boolean, isUsual: boolean])[];

/** Finds out everything that was asked, a query for each kind; whether each answer stays true while this server writes. */
export async function load(client: Queries, agencyId: AgencyId, missing: readonly Asked[]): Promise<Found> {
  const byKind = new Map<Asked['of'], Asked[]>();
  for (const asked of missing) byKind.set(asked.of, [...(byKind.get(asked.of) ?? []), asked]);
  const found: Found[number][] = [];
  for (const [of, asked] of byKind) {
    // Grouped by what they are of, just above.
    const values = await readers[of]({ client, agencyId, asked: asked as never });
    found.push(
      ...asked.map((one) => {
        const value = values.get(keyOf(one)) ?? usual[of];
        return [keyOf(one), value, !volatile.has(of), isUsual(of, value)] as const;
      }),
    );
  }
  return found;
}

/** Ranges and lists that grow: asked for anew by every piece of work. */
const volatile: ReadonlySet<Asked['of']> = new Set(['items', 'reached', 'touched']);

type Reading<Of extends Asked['of']> = Readonly<{
  client: Queries;
  agencyId: AgencyId;
  asked: readonly Extract<Asked, { of: Of }>[];
}>;
type Readers = {
  readonly [Of in Asked['of']]: (reading: Reading<Of>) => Promise<ReadonlyMap<string, unknown>>;
};

const readers: Readers = {
  agency: async ({ client, agencyId }) => {
    const rows = await all(
      client,
      'SELECT head_seq, head_hash, writer_epoch, stable_seq FROM agency WHERE agency_id = $1',
      [agencyId],
    );
    return new Map(
      rows.map((row) => {
        const head = { seq: Number(row['head_seq']), hash: HashSchema.parse(row['head_hash']) };
        return [
          keyOf({ of: 'agency' }),
          { head, writer: Number(row['writer_epoch']), stable: Number(row['stable_seq']) },
        ];
      }),
    );
  },
  decision: async ({ client, agencyId, asked }) => {
    const rows = await all(
      client,
      'SELECT command_id, entry, hash FROM log WHERE agency_id = $1 AND command_id = ANY($2::uuid[])',
      [agencyId, asked.map(({ id }) => id)],
    );
    return new Map(
      rows.map((row) => [keyOf({ of: 'decision', id: String(row['command_id']) }), chained(row)]),
    );
  },
  state: async ({ client, agencyId, asked }) => {
    const rows = await all(
      client,
      `SELECT a.kind, a.id, a.version, a.state FROM aggregate a
         JOIN unnest($2::text[], $3::text[]) AS w (kind, id) ON w.kind = a.kind AND w.id = a.id
        WHERE a.agency_id = $1`,
      [agencyId, asked.map(({ kind }) => kind), asked.map(({ id }) => id)],
    );
    return new Map(
      rows.map((row) => [
        keyOf({ of: 'state', kind: String(row['kind']), id: String(row['id']) }),
        { version: Number(row['version']), state: JSON.parse(String(row['state'])) as unknown },
      ]),
    );
  },
  dseq: async ({ client, agencyId, asked }) => {
    const rows = await all(
      client,
      'SELECT device, last_dseq FROM desk WHERE agency_id = $1 AND device = ANY($2::uuid[])',
      [agencyId, asked.map(({ device }) => device)],
    );
    return new Map(
      rows.map((row) => [keyOf({ of: 'dseq', device: String(row['device']) }), Number(row['last_dseq'])]),
    );
  },
  entry: async ({ client, agencyId, asked }) => {
    const rows = await all(
      client,
      'SELECT seq, entry, hash FROM log WHERE agency_id = $1 AND seq = ANY($2::bigint[])',
      [agencyId, asked.map(({ seq }) => seq)],
    );
    return new Map(rows.map((row) => [keyOf({ of: 'entry', seq: Number(row['seq']) }), chained(row)]));
  },
  touched: async ({ client, agencyId, asked }) => {
    const rows = await all(
      client,
      `SELECT t.kind, t.id, array_agg(t.seq ORDER BY t.seq) AS seqs FROM touched t
         JOIN unnest($2::text[], $3::text[]) AS w (kind, id) ON w.kind = t.kind AND w.id = t.id
        WHERE t.agency_id = $1 GROUP BY t.kind, t.id`,
      [agencyId, asked.map(({ kind }) => kind), asked.map(({ id }) => id)],
    );
    return new Map(
      rows.map((row) => [
        keyOf({ of: 'touched', kind: String(row['kind']), id: String(row['id']) }),
        (row['seqs'] as unknown[]).map(Number),
      ]),
    );
  },
  scope: async ({ client, agencyId, asked }) => {
    const rows = await all(
      client,
      `SELECT DISTINCT ON (scope) scope, n, hash FROM scope_item
        WHERE agency_id = $1 AND scope = ANY($2::text[]) ORDER BY scope, n DESC`,
      [agencyId, asked.map(({ scope }) => scope)],
    );
    return new Map(rows.map((row) => [keyOf({ of: 'scope', scope: String(row['scope']) }), headOf(row)]));
  },
  sees: async ({ client, agencyId, asked }) => {
    const rows = await all(
      client,
      `SELECT s.scope, s.kind, s.id FROM scope_sees s
         JOIN unnest($2::text[], $3::text[], $4::text[]) AS w (scope, kind, id)
           ON w.scope = s.scope AND w.kind = s.kind AND w.id = s.id
        WHERE s.agency_id = $1`,
      [agencyId, asked.map(({ scope }) => scope), asked.map(({ kind }) => kind), asked.map(({ id }) => id)],
    );
    return new Map(
      rows.map((row) => [
        keyOf({ of: 'sees', scope: String(row['scope']), kind: String(row['kind']), id: String(row['id']) }),
        true,
      ]),
    );
  },
  items: async ({ client, agencyId, asked }) => {
    const found = new Map<string, unknown>();
    for (const one of asked) {
      const rows = await all(
        client,
        `SELECT n, seq, at, entry, sees, hash FROM scope_item
          WHERE agency_id = $1 AND scope = $2 AND n > $3 ORDER BY n LIMIT $4`,
        [agencyId, one.scope, one.after, one.limit],
      );
      found.set(
        keyOf(one),
        rows.map((row) => ({
          n: Number(row['n']),
          seq: Number(row['seq']),
          at: Number(row['at']),
          entry: HashSchema.parse(row['entry']),
          sees: JSON.parse(String(row['sees'])) as unknown,
          hash: HashSchema.parse(row['hash']),
        })),
      );
    }
    return found;
  },
  item: async ({ client, agencyId, asked }) => {
    const rows = await all(
      client,
      `SELECT i.scope, i.n, i.hash FROM scope_item i
         JOIN unnest($2::text[], $3::bigint[]) AS w (scope, n) ON w.scope = i.scope AND w.n = i.n
        WHERE i.agency_id = $1`,
      [agencyId, asked.map(({ scope }) => scope), asked.map(({ n }) => n)],
    );
    return new Map(
      rows.map((row) => [
        keyOf({ of: 'item', scope: String(row['scope']), n: Number(row['n']) }),
        HashSchema.parse(row['hash']),
      ]),
    );
  },
  reached: async ({ client, agencyId, asked }) => {
    const found = new Map<string, unknown>();
    for (const one of asked) {
      const [row] = await all(
        client,
        'SELECT n, hash FROM scope_item WHERE agency_id = $1 AND scope = $2 AND at <= $3 ORDER BY n DESC LIMIT 1',
        [agencyId, one.scope, one.seq],
      );
      if (row !== undefined) found.set(keyOf(one), headOf(row));
    }
    return found;
  },
};

export async function all(client: Queries, sql: string, values: readonly unknown[]): Promise<readonly Row[]> {
  const { rows } = await client.query<Row>(sql, [...values]);
  return rows;
}

export function chained(row: Row): ChainedEntry {
  // Written from a LogEntry, and held by the chain since.
  return { entry: JSON.parse(String(row['entry'])) as LogEntry, hash: HashSchema.parse(row['hash']) };
}

function headOf(row: Row) {
  return { n: Number(row['n']), hash: HashSchema.parse(row['hash']) };
}
