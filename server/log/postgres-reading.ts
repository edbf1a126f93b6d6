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

/**
 * What is asked for is looked up one by one in the key of its table (a `LATERAL` with a limit leaves no other way): a join of
 * the same reads the whole table as long as that is guessed to be cheaper, for each group anew.
 */
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
      `SELECT w.id AS command_id, l.entry, l.hash FROM unnest($2::uuid[]) AS w (id)
        CROSS JOIN LATERAL (SELECT entry, hash FROM log
          WHERE agency_id = $1 AND command_id = w.id LIMIT 1) l`,
      [agencyId, asked.map(({ id }) => id)],
    );
    return new Map(
      rows.map((row) => [keyOf({ of: 'decision', id: String(row['command_id']) }), chained(row)]),
    );
  },
  state: async ({ client, agencyId, asked }) => {
    const rows = await all(
      client,
      `SELECT w.kind, w.id, a.version, a.state FROM unnest($2::text[], $3::text[]) AS w (kind, id)
        CROSS JOIN LATERAL (SELECT version, state FROM aggregate
          WHERE agency_id = $1 AND kind = w.kind AND id = w.id LIMIT 1) a`,
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
      `SELECT w.id AS device, d.last_dseq FROM unnest($2::uuid[]) AS w (id)
        CROSS JOIN LATERAL (SELECT last_dseq FROM desk WHERE agency_id = $1 AND device = w.id LIMIT 1) d`,
      [agencyId, asked.map(({ device }) => device)],
    );
    return new Map(
      rows.map((row) => [keyOf({ of: 'dseq', device: String(row['device']) }), Number(row['last_dseq'])]),
    );
  },
  entry: async ({ client, agencyId, asked }) => {
    const rows = await all(
      client,
      `SELECT w.seq, l.entry, l.hash FROM unnest($2::bigint[]) AS w (seq)
        CROSS JOIN LATERAL (SELECT entry, hash FROM log WHERE agency_id = $1 AND seq = w.seq LIMIT 1) l`,
      [agencyId, asked.map(({ seq }) => seq)],
    );
    return new Map(rows.map((row) => [keyOf({ of: 'entry', seq: Number(row['seq']) }), chained(row)]));
  },
  touched: async ({ client, agencyId, asked }) => {
    const rows = await all(
      client,
      `SELECT w.kind, w.id, t.seqs FROM unnest($2::text[], $3::text[]) AS w (kind, id)
        CROSS JOIN LATERAL (SELECT coalesce(array_agg(seq ORDER BY seq), '{}') AS seqs FROM touched
          WHERE agency_id = $1 AND kind = w.kind AND id = w.id) t`,
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
      `SELECT w.scope, i.n, i.hash FROM unnest($2::text[]) AS w (scope)
        CROSS JOIN LATERAL (SELECT n, hash FROM scope_item
          WHERE agency_id = $1 AND scope = w.scope ORDER BY n DESC LIMIT 1) i`,
      [agencyId, asked.map(({ scope }) => scope)],
    );
    return new Map(rows.map((row) => [keyOf({ of: 'scope', scope: String(row['scope']) }), headOf(row)]));
  },
  sees: async ({ client, agencyId, asked }) => {
    const rows = await all(
      client,
      `SELECT w.scope, w.kind, w.id FROM unnest($2::text[], $3::text[], $4::text[]) AS w (scope, kind, id)
        CROSS JOIN LATERAL (SELECT FROM scope_sees
          WHERE agency_id = $1 AND kind = w.kind AND id = w.id AND scope = w.scope LIMIT 1) s`,
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
      `SELECT w.scope, w.n, i.hash FROM unnest($2::text[], $3::bigint[]) AS w (scope, n)
        CROSS JOIN LATERAL (SELECT hash FROM scope_item
          WHERE agency_id = $1 AND scope = w.scope AND n = w.n LIMIT 1) i`,
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
