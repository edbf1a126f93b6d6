export type { ReadDb, WriteDb } from './database.ts';
export { checkDatabase, checkFileAside } from './check-database.ts';
export { saltOf } from './cipher-pages.ts';
export { openEncrypted, openInMemory } from './open.ts';
export { soundRows, type SoundRow } from './sound-rows.ts';
export { measureRawCommits } from './raw-commits.ts';
export { asStoreError, whenStoreFails } from './store-error.ts';
export { immediately, inTransaction } from './transaction.ts';
