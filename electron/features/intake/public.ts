/** What other rooms of the desk may use of this one. */
export { openLetter } from './open-letter.ts';
export { receiveFile } from './receive-file.ts';
