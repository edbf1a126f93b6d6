export type { ReadDb, WriteDb } from './database.ts';
export { openEncrypted, openInMemory } from './open.ts';
export { measureRawCommits, type CommitRate, type RawCommits, type RawCommitsParts } from './raw-commits.ts';
export { asStoreError, whenStoreFails } from './store-error.ts';
export { inTransaction } from './transaction.ts';
