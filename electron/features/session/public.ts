/** What other rooms of the desk may use of this one. */
export { backupPlace } from './daily-backup.ts';
export { eachUntilOver, type Listening } from './each-until-over.ts';
export type { Sessions } from './sessions.ts';
export {
  deskFolder,
  isWorkedAt,
  movedDesk,
  openDeskFolder,
  type OpenDesk,
  writeDeskFile,
} from './open-desk.ts';
