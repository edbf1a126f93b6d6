/** What other rooms of the desk may use of this one. */
export { keepFixing } from './keep-fixing.ts';
export { keepStamping, stampOwnHead } from './keep-stamping.ts';
export { deskName, lastLineAt, noteAccess } from './note.ts';
