/** What other rooms of the desk may use of this one. */
export { openDeskFolder, type OpenDesk, writeDeskFile } from './open-desk.ts';
