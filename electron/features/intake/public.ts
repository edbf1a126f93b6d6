/** What other rooms of the desk may use of this one. */
export { receiveFile } from './receive-file.ts';
