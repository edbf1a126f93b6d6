/** What other rooms of the desk may use of this one. */
export { createTextIndexer, type TextIndexer } from './text-indexer.ts';
