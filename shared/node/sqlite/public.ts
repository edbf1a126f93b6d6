export type { ReadDb, WriteDb } from './database.ts';
export { openEncrypted, openInMemory } from './open.ts';
export { measureRawCommits } from './raw-commits.ts';
export { asStoreError, whenStoreFails } from './store-error.ts';
export { inTransaction } from './transaction.ts';
