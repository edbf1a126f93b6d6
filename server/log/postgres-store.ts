import { Pool, type PoolClient } from 'pg';
import type { Person } from '#shared/directory/public.ts';
import { AppError, genesisHash, type AgencyId, type DocumentId } from '#shared/kernel/public.ts';
import { Fenced, type AgencyLog } from '#shared/node/agency-log/public.ts';
import type { TextAnswered, TextAsked } from '#shared/node/draft-texts/public.ts';
import { exchangeWords } from './postgres-drafts.ts';
import { all, load } from './postgres-reading.ts';
import { postgresTables } from './postgres-tables.ts';
import { isEmpty, keepKnown, write } from './postgres-writing.ts';
import { keyOf, startRun, type AgencyRow, type Changes } from './working-set.ts';

/**
 * An agency's log in PostgreSQL: one writer, fenced by its epoch, works on what it has loaded; what a piece of work
 * needs beyond that is loaded together and the work done again. All it wrote goes in one transaction, on the disk of the
 * server (and of its standbys, as `synchronous_standby_names` says) before `run` answers.
 */
export type PostgresStore = Readonly<{
  run: <Result>(work: (log: AgencyLog) => Result) => Promise<Result>;
  /** Merges words into a draft; what is answered is committed. */
  exchangeWords: (
    document: DocumentId,
    asked: TextAsked,
  ) => Promise<TextAnswered & Readonly<{ isNew: boolean }>>;
  /** Everybody the directory knows, in the order they came. */
  people: () => Promise<readonly Person[]>;
  close: () => Promise<void>;
}>;

/** About half a gigabyte of states and entries: more is let go and loaded again. */
const mostKept = 200_000;
/** Work that goes on needing more after so many rounds is wrong. */
const mostRounds = 50;

export async function openPostgres(url: string, agencyId: AgencyId): Promise<PostgresStore> {
  const pool = new Pool({ connectionString: url, max: 4, application_name: 'antin' });
  // A connection that breaks says so to whoever asks next, in use or not.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => void client.on('error', () => undefined));
  await inPool(pool, async (client) => {
    await client.query('SELECT pg_advisory_xact_lock(7201)');
    await client.query(postgresTables);
    await client.query(
      'INSERT INTO agency (agency_id, head_seq, head_hash, writer_epoch, stable_seq) VALUES ($1, 0, $2, 0, 0) ON CONFLICT DO NOTHING',
      [agencyId, genesisHash],
    );
  });
  let known = new Map<string, unknown>();
  let queue: Promise<unknown> = Promise.resolve();

  async function attempt<Result>(work: (log: AgencyLog) => Result): Promise<Result> {
    if (known.size > mostKept) known = new Map();
    const local = new Map<string, unknown>();
    for (let round = 0; round < mostRounds; round += 1) {
      const run = startRun(new Overlaid(known, local));
      const done = outcomeOf(() => work(run.log));
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

  async function commit(changes: Changes): Promise<void> {
    if (isEmpty(changes)) return;
    const before = known.get(keyOf({ of: 'agency' })) as AgencyRow;
    await inPool(pool, (client) => write(client, { agencyId, before, changes }));
    keepKnown(known, before, changes);
  }

  return {
    run: (work) => {
      const turn = queue.then(async () => {
        try {
          return await attempt(work);
        } catch (error) {
          known = new Map(); // Whatever went wrong, what is true is in the database.
          throw error;
        }
      });
      queue = turn.catch(() => undefined);
      return turn;
    },
    exchangeWords: (document, asked) =>
      inPool(pool, (client) => exchangeWords(client, { agencyId, document, ...asked })),
    people: () =>
      inPool(pool, async (client) => {
        const rows = await all(
          client,
          "SELECT state FROM aggregate WHERE agency_id = $1 AND kind = 'person' ORDER BY id",
          [agencyId],
        );
        // Folded by the person's own aggregate.
        return rows.map((row) => JSON.parse(String(row['state'])) as Person);
      }),
    close: async () => {
      await queue;
      await pool.end();
    },
  };
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

async function inPool<Result>(pool: Pool, work: (client: PoolClient) => Promise<Result>): Promise<Result> {
  const client = await pool.connect().catch((error: unknown) => {
    throw new AppError('server.database-away', {}, error);
  });
  let broken = false;
  try {
    await client.query('BEGIN');
    await client.query("SET LOCAL synchronous_commit = 'on'");
    const result = await work(client);
    await client.query('COMMIT');
    return result;
  } catch (error) {
    broken = true;
    if (error instanceof Fenced || error instanceof AppError) throw error;
    throw new AppError('server.database-away', {}, error);
  } finally {
    // A connection in doubt is not used again: whether its commit was kept, the next reading tells.
    client.release(broken);
  }
}
