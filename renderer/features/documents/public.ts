/** What other rooms may use of this one. */
export { DocumentListRow } from './document-list-row.tsx';
export { DocumentView } from './document-view.tsx';
export { documentPath, inboxOf, inboxPath, placeOfTask } from './document-paths.ts';
export { ListFilters, type ListFilter } from './list-filters.tsx';
export { MeetingTask } from './meeting-task.tsx';
export { NoDocumentChosen } from './no-document-chosen.tsx';
export { sayState } from './document-words.ts';
export { nextArrival, rememberArrivals } from './next-arrival.ts';
