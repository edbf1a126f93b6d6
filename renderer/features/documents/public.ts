/** What other rooms may use of this one. */
export { DocumentListRow } from './document-list-row.tsx';
export { DocumentView } from './document-view.tsx';
export { documentPath } from './document-paths.ts';
export { sayState } from './document-words.ts';
export { nextArrival, rememberArrivals } from './next-arrival.ts';
