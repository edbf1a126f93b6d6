/** What other rooms of the desk may use of this one. */
export type { Sessions } from './sessions.ts';
export {
  deskFolder,
  isWorkedAt,
  movedDesk,
  openDeskFolder,
  type OpenDesk,
  writeDeskFile,
} from './open-desk.ts';
