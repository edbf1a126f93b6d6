export { proofOfHolding } from './holding.ts';
export type { AgencyLog, KeptItem } from './agency-log.ts';
export { replay } from './replay.ts';
export { stateOfLog } from './fan-out.ts';
export * from './server.ts';
export * from './sqlite-agency-log.ts';
export { newCode, readInvitation, writeInvitation, type InvitationText } from './invitation-text.ts';
