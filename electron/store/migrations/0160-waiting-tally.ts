import type { Migration } from './migration.ts';

/**
 * The projection counts what waits for whom. A statement with a trigger opens a savepoint, and FTS5 writes its words out
 * at each of those: a desk that filled itself wrote, and merged, a piece of the search index for every single paper.
 */
export const waitingTally: Migration = {
  version: 160,
  name: 'waiting-tally',
  up(db) {
    db.exec(`
      DROP TRIGGER waiting_comes;
      DROP TRIGGER waiting_goes;
    `);
  },
};
