import type { PoolClient } from 'pg';
import {
  AppError,
  HashSchema,
  canonicalJson,
  hashBytes,
  type Hash,
  type Instant,
} from '#shared/kernel/public.ts';
import { Fenced } from '#shared/node/agency-log/public.ts';
import type { ReadDb, WriteDb } from '#shared/node/sqlite/public.ts';
import {
  askPool,
  assertCareful,
  inPool,
  poolOf,
  usualPatience,
  type Patience,
  type Queries,
} from '../log/postgres-pool.ts';
import { all } from '../log/postgres-reading.ts';
import { boxedFrom, isFresh, memberFrom, pageSize, type HubStore } from './hub-store.ts';
import { hubColumns, postgresHubTables } from './postgres-hub-tables.ts';

export type PostgresHub = Readonly<{
  store: HubStore;
  /** Begins with the rows of a hub's file; refused once a hub has written in the database. */
  begin: (file: ReadDb) => Promise<void>;
  /** Everything as it was at one moment, into a hub's file that is empty. */
  copyTo: (file: WriteDb) => Promise<void>;
  close: () => Promise<void>;
}>;

const rowsAtOnce = 500;
/** Copying reads whole tables. */
const leisureMs = 10 * 60_000;

/**
 * A hub's state in PostgreSQL. Whoever serves takes it over, and an earlier one neither writes nor reads any more; what is done
 * beside a running hub (`alone` is false) is done under that one's epoch.
 */
export async function openPostgresHub(
  url: string,
  hub: Hash,
  { alone, patience = usualPatience }: Readonly<{ alone: boolean; patience?: Patience }>,
): Promise<PostgresHub> {
  const pool = poolOf(url, patience);
  let epoch: number | null = null;

  /** The one row of a question that names the epoch; refused when that is another's. */
  async function seen(queries: Queries, sql: string, values: readonly unknown[]) {
    const [row] = await all(queries, sql, values);
    if (row === undefined) throw new AppError('server.database-away');
    if (epoch !== null && Number(row['writer_epoch']) !== epoch) throw new Fenced();
    return row;
  }
  async function owned(client: PoolClient, lock: string): Promise<number> {
    const row = await seen(client, `SELECT writer_epoch FROM hub WHERE hub = $1 ${lock}`, [hub]);
    return Number(row['writer_epoch']);
  }
  const write = <Result>(work: (client: PoolClient) => Promise<Result>): Promise<Result> =>
    inPool(pool, async (client) => {
      await owned(client, 'FOR UPDATE');
      return work(client);
    });
  const ask = <Result>(work: (queries: Queries) => Promise<Result>): Promise<Result> => askPool(pool, work);

  try {
    epoch = await inPool(pool, async (client) => {
      await assertCareful(client);
      await client.query('SELECT pg_advisory_xact_lock(7202)');
      await client.query(postgresHubTables);
      await client.query('INSERT INTO hub (hub, writer_epoch) VALUES ($1, 0) ON CONFLICT DO NOTHING', [hub]);
      if (!alone) return null;
      const [row] = await all(
        client,
        'UPDATE hub SET writer_epoch = writer_epoch + 1 WHERE hub = $1 RETURNING writer_epoch',
        [hub],
      );
      return Number(row?.['writer_epoch']);
    });
  } catch (error) {
    await pool.end();
    throw error;
  }

  const store: HubStore = {
    invite: (codeHash, until) =>
      write(async (client) => {
        await client.query('INSERT INTO hub_invitation (hub, code_hash, until) VALUES ($1, $2, $3)', [
          hub,
          codeHash,
          until,
        ]);
      }),
    join: (codeHash, member, now) =>
      write(async (client) => {
        const { rowCount } = await client.query(
          'UPDATE hub_invitation SET used_by = $2 WHERE hub = $1 AND code_hash = $3 AND until >= $4 AND used_by IS NULL',
          [hub, member.id, codeHash, now],
        );
        if (rowCount !== 1) return false;
        await client.query(
          `INSERT INTO hub_member (hub, id, body, state) VALUES ($1, $2, $3, 'asked')
           ON CONFLICT (hub, id) DO UPDATE SET body = excluded.body, state = excluded.state`,
          [hub, member.id, JSON.stringify(member)],
        );
        return true;
      }),
    settle: (id, state) =>
      write(async (client) => {
        await client.query('UPDATE hub_member SET state = $3 WHERE hub = $1 AND id = $2', [hub, id, state]);
      }),
    describe: (member) =>
      write(async (client) => {
        await client.query('UPDATE hub_member SET body = $3 WHERE hub = $1 AND id = $2', [
          hub,
          member.id,
          JSON.stringify(member),
        ]);
      }),
    member: (id) =>
      ask(async (queries) => {
        const row = await seen(
          queries,
          `SELECT h.writer_epoch, m.body, m.state FROM hub h
             LEFT JOIN hub_member m ON m.hub = h.hub AND m.id = $2 WHERE h.hub = $1`,
          [hub, id],
        );
        return row['body'] === null ? null : memberFrom(row);
      }),
    members: () =>
      ask(async (queries) => {
        // Asked for first: what is read after it is no older than it.
        await seen(queries, 'SELECT writer_epoch FROM hub WHERE hub = $1', [hub]);
        const sql = 'SELECT body, state FROM hub_member WHERE hub = $1 ORDER BY id COLLATE "C"';
        return (await all(queries, sql, [hub])).map(memberFrom);
      }),
    hand: (parcel, { again, now }) =>
      write(async (client) => {
        const body = canonicalJson(parcel);
        const hash = hashBytes(new TextEncoder().encode(body));
        const { from, to, id, parts } = parcel;
        const kept = await client.query(
          `INSERT INTO hub_parcel (hub, sender, id, hash, recipient, body) VALUES ($1, $2, $3, $4, $5, $6)
           ON CONFLICT DO NOTHING`,
          [hub, from, id, hash, to, body],
        );
        if (kept.rowCount !== 1) {
          const [last] = await all(
            client,
            `SELECT at FROM hub_mailbox WHERE hub = $1 AND sender = $2 AND id = $3 AND hash = $4
             ORDER BY n DESC LIMIT 1`,
            [hub, from, id, hash],
          );
          if (!again || (last !== undefined && isFresh(String(last['at']), now))) return;
        }
        await client.query(
          `INSERT INTO hub_mailbox (hub, recipient, n, sender, id, hash, at)
           SELECT $1, $2, COALESCE(MAX(n), 0) + 1, $3, $4, $5, $6 FROM hub_mailbox WHERE hub = $1 AND recipient = $2`,
          [hub, to, from, id, hash, now],
        );
        await client.query(
          `INSERT INTO hub_part (hub, hash, recipient, sender, id)
           SELECT $1, w.hash, $2, $3, $4 FROM unnest($5::text[]) AS w (hash) ON CONFLICT DO NOTHING`,
          [hub, to, from, id, parts.map((part) => part.hash)],
        );
      }),
    after: (to, { after, known, now }) =>
      write(async (client) => {
        if (after > 0) {
          const there = await all(
            client,
            `SELECT 1 FROM hub_mailbox WHERE hub = $1 AND recipient = $2 AND n = $3 AND id || ' ' || at = $4`,
            [hub, to, after, known],
          );
          if (there.length === 0) return null;
          await client.query(
            'UPDATE hub_mailbox SET collected_at = $4 WHERE hub = $1 AND recipient = $2 AND n <= $3 AND collected_at IS NULL',
            [hub, to, after, now],
          );
        }
        const rows = await all(
          client,
          `SELECT m.n, m.at, p.body FROM hub_mailbox m
             JOIN hub_parcel p ON p.hub = m.hub AND p.sender = m.sender AND p.id = m.id AND p.hash = m.hash
            WHERE m.hub = $1 AND m.recipient = $2 AND m.n > $3 ORDER BY m.n LIMIT $4`,
          [hub, to, after, pageSize],
        );
        return rows.map((row) => boxedFrom({ ...row, n: Number(row['n']) }));
      }),
    mayFetch: (agency, part) =>
      ask(async (queries) => {
        const row = await seen(
          queries,
          `SELECT h.writer_epoch, EXISTS (
             SELECT 1 FROM hub_part p WHERE p.hub = h.hub AND p.hash = $2 AND p.recipient = $3) AS may
             FROM hub h WHERE h.hub = $1`,
          [hub, part, agency],
        );
        return row['may'] === true;
      }),
    tidy: (before) => write((client) => tidyPostgresHub(client, hub, before)),
    counts: () =>
      ask(async (queries) => {
        const row = await seen(
          queries,
          `SELECT h.writer_epoch, (SELECT COUNT(*) FROM hub_parcel WHERE hub = $1) AS parcels,
                  (SELECT COUNT(*) FROM hub_member WHERE hub = $1 AND state = 'joined') AS members
             FROM hub h WHERE h.hub = $1`,
          [hub],
        );
        return { parcels: Number(row['parcels']), members: Number(row['members']) };
      }),
  };

  return {
    store,
    begin: (file) =>
      inPool(pool, async (client) => {
        if ((await owned(client, 'FOR UPDATE')) > 0) throw new AppError('hub.database-used');
        for (const [name, columns] of Object.entries(hubColumns)) {
          await client.query(`DELETE FROM hub_${name} WHERE hub = $1`, [hub]);
          await takeRows(client, { hub, name, columns, file });
        }
      }),
    copyTo: async (file) => {
      const leisure = poolOf(url, { ...patience, statementMs: leisureMs, silentMs: leisureMs });
      try {
        await inPool(leisure, async (client) => {
          await client.query('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY');
          await owned(client, '');
          for (const [name, columns] of Object.entries(hubColumns)) {
            await giveRows(client, { hub, name, columns, file });
          }
        });
      } finally {
        await leisure.end();
      }
    },
    close: () => pool.end(),
  };
}

type Rows<Db> = Readonly<{ hub: Hash; name: string; columns: readonly string[]; file: Db }>;

async function takeRows(client: PoolClient, { hub, name, columns, file }: Rows<ReadDb>): Promise<void> {
  const types = columns.map((column, at) => `$${at + 2}::${column === 'n' ? 'bigint' : 'text'}[]`);
  const put = `INSERT INTO hub_${name} (hub, ${columns.join(', ')}) SELECT $1, * FROM unnest(${types.join(', ')})`;
  let page: Record<string, unknown>[] = [];
  const send = async () => {
    await client.query(put, [hub, ...columns.map((column) => page.map((row) => row[column]))]);
    page = [];
  };
  for (const row of file.prepare(`SELECT ${columns.join(', ')} FROM ${name}`).iterate()) {
    page.push(row as Record<string, unknown>);
    if (page.length === rowsAtOnce) await send();
  }
  if (page.length > 0) await send();
}

async function giveRows(client: PoolClient, { hub, name, columns, file }: Rows<WriteDb>): Promise<void> {
  const marks = columns.map((column) => `@${column}`).join(', ');
  const put = file.prepare(`INSERT INTO ${name} (${columns.join(', ')}) VALUES (${marks})`);
  const cursor = `rows_of_hub_${name}`;
  await client.query(
    `DECLARE ${cursor} NO SCROLL CURSOR FOR SELECT ${columns.join(', ')} FROM hub_${name} WHERE hub = $1`,
    [hub],
  );
  for (;;) {
    const rows = await all(client, `FETCH ${rowsAtOnce} FROM ${cursor}`, []);
    file
      .transaction(() => {
        for (const row of rows) put.run('n' in row ? { ...row, n: Number(row['n']) } : row);
      })
      .immediate();
    if (rows.length < rowsAtOnce) return;
  }
}

/** The same as of a file (`tidy-hub.ts`). */
async function tidyPostgresHub(client: PoolClient, hub: Hash, before: Instant): Promise<readonly Hash[]> {
  await client.query(
    `DELETE FROM hub_mailbox m WHERE m.hub = $1 AND m.collected_at < $2
     AND m.n < (SELECT MAX(n) FROM hub_mailbox l
                 WHERE l.hub = m.hub AND l.recipient = m.recipient AND l.collected_at IS NOT NULL)`,
    [hub, before],
  );
  await client.query(
    `DELETE FROM hub_parcel p WHERE p.hub = $1 AND NOT EXISTS
       (SELECT 1 FROM hub_mailbox m WHERE m.hub = p.hub AND m.sender = p.sender AND m.id = p.id AND m.hash = p.hash)`,
    [hub],
  );
  const rows = await all(
    client,
    `WITH gone AS (
       DELETE FROM hub_part q WHERE q.hub = $1 AND NOT EXISTS
         (SELECT 1 FROM hub_parcel p WHERE p.hub = q.hub AND p.sender = q.sender AND p.id = q.id)
       RETURNING q.hash
     ) SELECT DISTINCT hash FROM gone`,
    [hub],
  );
  const named = await all(
    client,
    'SELECT DISTINCT hash FROM hub_part WHERE hub = $1 AND hash = ANY($2::text[])',
    [hub, rows.map((row) => row['hash'])],
  );
  const still = new Set(named.map((row) => row['hash']));
  return rows.map((row) => HashSchema.parse(row['hash'])).filter((hash) => !still.has(hash));
}
