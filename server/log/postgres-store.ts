import { setTimeout as wait } from 'node:timers/promises';
import type { Pool, PoolClient } from 'pg';
import {
  AppError,
  genesisHash,
  type AgencyId,
  type AggregateKind,
  type ChainedEntry,
  type DocumentId,
} from '#shared/kernel/public.ts';
import { Fenced, type AgencyLog } from '#shared/node/agency-log/public.ts';
import type { NoteAt, Owe } from '#shared/node/exchange/public.ts';
import type { TextAnswered, TextAsked } from '#shared/node/draft-texts/public.ts';
import { exchangeWords } from './postgres-drafts.ts';
import {
  askPool,
  assertCareful,
  inPool,
  Moved,
  poolOf,
  usualPatience,
  type Patience,
} from './postgres-pool.ts';
import { notesAfter } from './postgres-notes.ts';
import { all, chained, load } from './postgres-reading.ts';
import { postgresTables } from './postgres-tables.ts';
import { isEmpty, keepKnown, write } from './postgres-writing.ts';
import { isWitnessed, standbyOf, type Standby } from './standby.ts';
import { keyOf, startRun, type AgencyRow, type Changes } from './working-set.ts';

/**
 * An agency's log in PostgreSQL: one writer, fenced by its epoch, works on what it has loaded; what a piece of work
 * needs beyond that is loaded together and the work done again. All it wrote goes in one transaction, on the disk of the
 * server (and of its standbys, as `synchronous_standby_names` says) before `run` answers.
 */
export type PostgresStore = Readonly<{
  agencyId: AgencyId;
  run: <Result>(work: (log: AgencyLog, owe: Owe) => Result) => Promise<Result>;
  /** Merges words into a draft; what is answered is committed. */
  exchangeWords: (
    document: DocumentId,
    asked: TextAsked,
  ) => Promise<TextAnswered & Readonly<{ isNew: boolean }>>;
  /** Entries as they lie there; nothing of them is remembered. */
  entriesAfter: (seq: number, limit: number) => Promise<readonly ChainedEntry[]>;
  /** Every state of a kind. */
  states: (kind: AggregateKind) => Promise<readonly unknown[]>;
  /** Reads at leisure, as everything was at one moment. */
  snapshot: <Result>(work: (client: PoolClient) => Promise<Result>) => Promise<Result>;
  /** Does something while no other server can take the log over; refused when one has. */
  whileWriter: <Result>(epoch: number, work: (client: PoolClient) => Promise<Result>) => Promise<Result>;
  /** What the gateway wrote, as it lies there. */
  notesAfter: (n: number, limit: number) => Promise<readonly NoteAt[]>;
  /** From now on what a standby has been seen to hold is called safe. */
  trustStandby: () => Promise<Standby>;
  close: () => Promise<void>;
}>;

/** About half a gigabyte of states and entries: more is let go and loaded again. */
const mostKept = 200_000;
/** Work that goes on needing more after so many rounds is wrong. */
const mostRounds = 50;
const mostMoves = 5;
/** The last group before a pause is called safe by a commit of its own, so long after it. */
const quietMs = 250;
/** Comparing and copying reads whole tables. */
const leisureMs = 10 * 60_000;

export async function openPostgres(
  url: string,
  agencyId: AgencyId,
  patience: Patience = usualPatience,
): Promise<PostgresStore> {
  const pool = poolOf(url, patience);
  try {
    await prepare(pool, agencyId);
  } catch (error) {
    await pool.end();
    throw error;
  }
  let known = new Map<string, unknown>();
  let queue: Promise<unknown> = Promise.resolve();
  let isTrusting = false;
  /** Up to where a standby was seen to have it. */
  let witnessed = 0;
  let quiet: NodeJS.Timeout | undefined;
  const rowKey = keyOf({ of: 'agency' });

  /** What others wrote since is not known here: the agency's row tells. */
  async function lookAnew(): Promise<void> {
    const before = known.get(rowKey) as AgencyRow | undefined;
    const [found] = await askPool(pool, (queries) => load(queries, agencyId, [{ of: 'agency' }]));
    const row = found?.[1] as AgencyRow;
    if (known.size > mostKept || before?.head.hash !== row.head.hash) known = new Map();
    known.set(rowKey, row);
  }

  async function attempt<Result>(work: (log: AgencyLog, owe: Owe) => Result): Promise<Result> {
    await lookAnew();
    const local = new Map<string, unknown>();
    for (let round = 0; round < mostRounds; round += 1) {
      const run = startRun(new Overlaid(known, local));
      const done = outcomeOf(() => work(run.log, run.owe));
      const missing = run.missing();
      const found =
        missing.length === 0 ? [] : await inPool(pool, (client) => load(client, agencyId, missing));
      for (const [key, value, stays] of found) (stays ? known : local).set(key, value);
      // What was answered as usual and is otherwise: nothing of that run counts.
      if (found.some(([, , , isUsual]) => !isUsual)) continue;
      if (!done.ok) throw done.error;
      await commit(run.changes());
      return done.result;
    }
    throw new Error('The work never has all it needs');
  }

  async function commit(given: Changes): Promise<void> {
    if (isEmpty(given)) return;
    const before = known.get(rowKey) as AgencyRow;
    // One commit later than what it tells of: a commit that was cut off while it waited is seen all the same.
    const stable = Math.max(given.stable ?? before.stable, witnessed);
    const changes = stable > before.stable ? { ...given, stable } : given;
    const head = changes.entries.at(-1)?.entry.seq ?? before.head.seq;
    await inPool(
      pool,
      (client) => write(client, { agencyId, before, changes }),
      async (client) => {
        if (isTrusting && (await isWitnessed(client))) witnessed = Math.max(witnessed, head);
      },
    );
    keepKnown(known, before, changes);
    clearTimeout(quiet);
    if (isTrusting && head > stable) quiet = setTimeout(() => void settle(head), quietMs).unref();
  }

  /** Nothing came after it: what the standby holds is called safe on its own. */
  async function settle(head: number): Promise<void> {
    await enqueue(async () => {
      if (witnessed < head) {
        const held = await inPool(pool, isWitnessed);
        // Not yet: it is asked again with the next commit, or after the next pause.
        if (!held) quiet = setTimeout(() => void settle(head), quietMs * 4).unref();
        else witnessed = head;
      }
      const isNews = witnessed >= head;
      if (!isNews) return;
      await attempt((log) => {
        log.keepStable(witnessed);
      });
    }).catch(() => undefined); // The next commit tells.
  }

  /** One piece of work after another: each knows all that was written before it. */
  function enqueue<Result>(work: () => Promise<Result>): Promise<Result> {
    const turn = queue.then(async () => {
      for (let moves = 0; ; moves += 1) {
        try {
          return await work();
        } catch (error) {
          known = new Map(); // Whatever went wrong, what is true is in the database.
          if (!(error instanceof Moved) || moves === mostMoves) throw error;
        }
      }
    });
    queue = turn.catch(() => undefined);
    return turn;
  }

  return {
    agencyId,
    run: (work) => enqueue(() => attempt(work)),
    exchangeWords: (document, asked) =>
      inPool(pool, (client) => exchangeWords(client, { agencyId, document, ...asked })),
    entriesAfter: (seq, limit) =>
      inPool(pool, async (client) => {
        const sql = 'SELECT entry, hash FROM log WHERE agency_id = $1 AND seq > $2 ORDER BY seq LIMIT $3';
        return (await all(client, sql, [agencyId, seq, limit])).map(chained);
      }),
    states: (kind) =>
      inPool(pool, async (client) => {
        const sql = 'SELECT state FROM aggregate WHERE agency_id = $1 AND kind = $2 ORDER BY id';
        const rows = await all(client, sql, [agencyId, kind]);
        return rows.map((row) => JSON.parse(String(row['state'])) as unknown);
      }),
    snapshot: async (work) => {
      const leisure = poolOf(url, { ...patience, statementMs: leisureMs, silentMs: leisureMs });
      try {
        return await inPool(leisure, async (client) => {
          await client.query('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY');
          return await work(client);
        });
      } finally {
        await leisure.end();
      }
    },
    whileWriter: (epoch, work) =>
      enqueue(() =>
        inPool(pool, async (client) => {
          const [row] = await all(client, 'SELECT writer_epoch FROM agency WHERE agency_id = $1 FOR UPDATE', [
            agencyId,
          ]);
          if (Number(row?.['writer_epoch']) !== epoch) throw new Fenced();
          return await work(client);
        }),
      ),
    notesAfter: (n, limit) => inPool(pool, (client) => notesAfter(client, { agencyId, n, limit })),
    trustStandby: async () => {
      const standby = await inPool(pool, standbyOf);
      isTrusting = standby === 'waited-for';
      return standby;
    },
    close: async () => {
      clearTimeout(quiet);
      await queue;
      await pool.end();
    },
  };
}

const triesToReach = 3;

/** A database that is just being started is given a moment; one that is not there is named. */
async function prepare(pool: Pool, agencyId: AgencyId): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    try {
      await inPool(pool, async (client) => {
        await assertCareful(client);
        await client.query('SELECT pg_advisory_xact_lock(7201)');
        await client.query(postgresTables);
        await client.query(
          'INSERT INTO agency (agency_id, head_seq, head_hash, writer_epoch, stable_seq) VALUES ($1, 0, $2, 0, 0) ON CONFLICT DO NOTHING',
          [agencyId, genesisHash],
        );
      });
      return;
    } catch (error) {
      const isAway = error instanceof AppError && error.code === 'server.database-away';
      if (!isAway || tries === triesToReach) throw error;
      await wait(500 * tries);
    }
  }
}

type Outcome<Result> = Readonly<{ ok: true; result: Result } | { ok: false; error: unknown }>;

function outcomeOf<Result>(work: () => Result): Outcome<Result> {
  try {
    return { ok: true, result: work() };
  } catch (error) {
    return { ok: false, error };
  }
}

/** What this run alone has found out, over what stays known. */
class Overlaid extends Map<string, unknown> {
  readonly #under: ReadonlyMap<string, unknown>;
  readonly #over: ReadonlyMap<string, unknown>;
  constructor(under: ReadonlyMap<string, unknown>, over: ReadonlyMap<string, unknown>) {
    super();
    this.#under = under;
    this.#over = over;
  }
  override has(key: string): boolean {
    return this.#over.has(key) || this.#under.has(key);
  }
  override get(key: string): unknown {
    return this.#over.has(key) ? this.#over.get(key) : this.#under.get(key);
  }
}
