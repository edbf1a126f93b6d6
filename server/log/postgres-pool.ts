import { Pool, type PoolClient, type PoolConfig } from 'pg';
import { AppError } from '#shared/kernel/public.ts';
import { Fenced } from '#shared/node/agency-log/public.ts';

/** How long a database may keep somebody waiting before that is an answer too. */
export type Patience = Readonly<{
  connectMs: number;
  /** A statement, as the database itself counts. */
  statementMs: number;
  /** A statement whose answer never comes, as counted here: the network went silent. */
  silentMs: number;
  /** A lock that another session holds, and a transaction that does nothing. */
  lockMs: number;
  idleMs: number;
}>;

/** Shorter than a desk waits for its server (30 s), so that it is told why. */
export const usualPatience: Patience = {
  connectMs: 5000,
  statementMs: 15_000,
  silentMs: 20_000,
  lockMs: 10_000,
  idleMs: 30_000,
};

/** What an agency's log cannot do without: each answered commit is on the disk, and on the standby that is waited for. */
const needed = [
  ['fsync', 'on'],
  ['full_page_writes', 'on'],
  ['synchronous_commit', 'on'],
] as const;

export function poolOf(url: string, patience: Patience): Pool {
  const config: PoolConfig = {
    connectionString: url,
    max: 4,
    application_name: 'antin',
    connectionTimeoutMillis: patience.connectMs,
    query_timeout: patience.silentMs,
    idleTimeoutMillis: patience.idleMs,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    // Asked for with the connection, so that no statement runs without them.
    options: [
      '-c synchronous_commit=on',
      `-c statement_timeout=${patience.statementMs}`,
      `-c lock_timeout=${patience.lockMs}`,
      `-c idle_in_transaction_session_timeout=${patience.idleMs}`,
    ].join(' '),
  };
  const pool = new Pool(config);
  // A connection that breaks says so to whoever asks next, in use or not.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => void client.on('error', () => undefined));
  return pool;
}

/** Refuses a database that would lose what it has answered for. */
export async function assertCareful(client: PoolClient): Promise<void> {
  for (const [name, value] of needed) {
    const { rows } = await client.query<{ setting: string }>('SELECT current_setting($1) AS setting', [name]);
    const setting = rows[0]?.setting ?? '';
    if (setting !== value) throw new AppError('server.database-careless', { name, setting, value });
  }
}

/** One transaction; what is answered is committed, and held by the standby where one is waited for. */
export async function inPool<Result>(
  pool: Pool,
  work: (client: PoolClient) => Promise<Result>,
  after: (client: PoolClient) => Promise<void> = () => Promise.resolve(),
): Promise<Result> {
  const client = await pool.connect().catch((error: unknown) => {
    throw meant(error);
  });
  let broken = false;
  try {
    await client.query('BEGIN');
    const result = await work(client);
    await commit(client);
    await after(client);
    return result;
  } catch (error) {
    broken = true;
    if (error instanceof Fenced || error instanceof AppError || error instanceof Moved) throw error;
    throw meant(error);
  } finally {
    // A connection in doubt is not used again: whether its commit was kept, the next reading tells.
    client.release(broken);
  }
}

/** What questions are put to: a connection, or whichever of a pool is free. */
export type Queries = Pick<PoolClient, 'query'>;

/** One question, without a transaction around it: a third of the way there and back. */
export async function askPool<Result>(
  pool: Pool,
  work: (queries: Queries) => Promise<Result>,
): Promise<Result> {
  try {
    return await work(pool);
  } catch (error) {
    if (error instanceof Fenced || error instanceof AppError) throw error;
    throw meant(error);
  }
}

/** Somebody else wrote under the same epoch, such as the command line: what was believed is read anew. */
export class Moved extends Error {
  override readonly name = 'Moved';
}

/**
 * A commit whose wait for the standby was cut off ends well and with a warning: it is here, and perhaps nowhere else.
 * Nobody is answered for it. Neither for one whose answer came together with word that the database goes down.
 */
async function commit(client: PoolClient): Promise<void> {
  let warned: object | null = null;
  const listen = (notice: { severity?: string | undefined }): void => {
    if (notice.severity === 'WARNING') warned ??= notice;
  };
  client.on('notice', listen);
  try {
    await client.query('COMMIT');
  } finally {
    client.off('notice', listen);
  }
  if (warned !== null) throw meant(warned);
}

/**
 * 57014: too slow; 55P03: a lock nobody lets go of; 25P03: nothing was done in a transaction; 01000: the standby was not
 * waited for to the end.
 */
const slow: ReadonlySet<string> = new Set(['57014', '55P03', '25P03', '01000']);
/** 28: who asks is not let in; 3D000: no such database; 42501: not theirs to do. */
const refused = /^(?:28...|3D000|42501)$/u;

function meant(error: unknown): AppError {
  const code = codeOf(error);
  const why = error instanceof Error ? error.message : String(error);
  if (refused.test(code)) return new AppError('server.database-refused', { why }, error);
  const isSilent = slow.has(code) || why === 'Query read timeout';
  return new AppError(isSilent ? 'server.database-silent' : 'server.database-away', {}, error);
}

function codeOf(error: unknown): string {
  const isCoded = typeof error === 'object' && error !== null && 'code' in error;
  return isCoded && typeof error.code === 'string' ? error.code : '';
}
