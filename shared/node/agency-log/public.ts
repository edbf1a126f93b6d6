export { proofOfHolding } from './holding.ts';
export type { AgencyLog, KeptItem } from './agency-log.ts';
export { isSigned, isSignedAside } from './device-signature.ts';
export type { OverdueLease } from './overdue-leases.ts';
export { createSignedCommands, type SignedCommands } from './signed-commands.ts';
export { stateOfLog } from './fan-out.ts';
export { replay } from './replay.ts';
export type { CertificateAsked, CertificateGiven } from './certify.ts';
export * from './server.ts';
export * from './sqlite-agency-log.ts';
export {
  newCode,
  readAddress,
  readInvitation,
  writeAddress,
  writeInvitation,
  type AddressText,
  type InvitationText,
} from './invitation-text.ts';
