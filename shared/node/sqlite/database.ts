import type { Database } from 'better-sqlite3';

/** An open database as a reader sees it: it prepares statements and looks. */
export type ReadDb = Readonly<Pick<Database, 'prepare'>>;

/** An open database as a writer sees it; whoever may write may read. */
export type WriteDb = Database;
