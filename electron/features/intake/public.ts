/** What other rooms of the desk may use of this one. */
export { openMail } from './open-mail.ts';
export { receiveFile } from './receive-file.ts';
