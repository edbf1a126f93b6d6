/** What other rooms of the desk may use of this one. */
export { fillSought, soughtProjection } from './sought-projection.ts';
export { createTextIndexer, type TextIndexer } from './text-indexer.ts';
