/** What other rooms of the desk may use of this one. */
export { deskFolder, isWorkedAt, openDeskFolder, type OpenDesk, writeDeskFile } from './open-desk.ts';
