import { z } from 'zod';

// UUIDv7 (RFC 9562 5.7), lower case; made by the issuer and carried in the command.
const uuidV7 = z.string().regex(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);

export const CommandIdSchema = uuidV7.brand<'CommandId'>();
export const AgencyIdSchema = uuidV7.brand<'AgencyId'>();
export const UnitIdSchema = uuidV7.brand<'UnitId'>();
export const PersonIdSchema = uuidV7.brand<'PersonId'>();
export const DelegationIdSchema = uuidV7.brand<'DelegationId'>();
export const DocumentIdSchema = uuidV7.brand<'DocumentId'>();
export const DossierIdSchema = uuidV7.brand<'DossierId'>();
/** A freeze, or a case that holds files. */
export const LockIdSchema = uuidV7.brand<'LockId'>();
/** A list of files to be destroyed. */
export const DisposalIdSchema = uuidV7.brand<'DisposalId'>();
export const ReadingIdSchema = uuidV7.brand<'ReadingId'>();
export const HandOverIdSchema = uuidV7.brand<'HandOverId'>();
export const TaskIdSchema = uuidV7.brand<'TaskId'>();
export const StepIdSchema = uuidV7.brand<'StepId'>();
export const DeviceIdSchema = uuidV7.brand<'DeviceId'>();
export const InvitationIdSchema = uuidV7.brand<'InvitationId'>();
export const LeaseIdSchema = uuidV7.brand<'LeaseId'>();
/** One document on its way to one agency; the sender's id, and so the id of its envelope. */
export const ConsignmentIdSchema = uuidV7.brand<'ConsignmentId'>();
export const MeetingIdSchema = uuidV7.brand<'MeetingId'>();
export const AgendaItemIdSchema = uuidV7.brand<'AgendaItemId'>();
export const PaperIdSchema = uuidV7.brand<'PaperId'>();
export const ConclusionIdSchema = uuidV7.brand<'ConclusionId'>();
export const NoteIdSchema = uuidV7.brand<'NoteId'>();
export const ProposalIdSchema = uuidV7.brand<'ProposalId'>();
export const VoteIdSchema = uuidV7.brand<'VoteId'>();
export const MeetingBodyIdSchema = uuidV7.brand<'MeetingBodyId'>();

export type CommandId = z.infer<typeof CommandIdSchema>;
export type AgencyId = z.infer<typeof AgencyIdSchema>;
export type UnitId = z.infer<typeof UnitIdSchema>;
export type PersonId = z.infer<typeof PersonIdSchema>;
export type DelegationId = z.infer<typeof DelegationIdSchema>;
export type DocumentId = z.infer<typeof DocumentIdSchema>;
export type DossierId = z.infer<typeof DossierIdSchema>;
export type LockId = z.infer<typeof LockIdSchema>;
export type DisposalId = z.infer<typeof DisposalIdSchema>;
export type ReadingId = z.infer<typeof ReadingIdSchema>;
export type HandOverId = z.infer<typeof HandOverIdSchema>;
export type TaskId = z.infer<typeof TaskIdSchema>;
export type StepId = z.infer<typeof StepIdSchema>;
export type DeviceId = z.infer<typeof DeviceIdSchema>;
export type InvitationId = z.infer<typeof InvitationIdSchema>;
export type LeaseId = z.infer<typeof LeaseIdSchema>;
export type ConsignmentId = z.infer<typeof ConsignmentIdSchema>;
export type MeetingId = z.infer<typeof MeetingIdSchema>;
export type AgendaItemId = z.infer<typeof AgendaItemIdSchema>;
export type PaperId = z.infer<typeof PaperIdSchema>;
export type ConclusionId = z.infer<typeof ConclusionIdSchema>;
export type NoteId = z.infer<typeof NoteIdSchema>;
export type ProposalId = z.infer<typeof ProposalIdSchema>;
export type VoteId = z.infer<typeof VoteIdSchema>;
export type MeetingBodyId = z.infer<typeof MeetingBodyIdSchema>;

/** Lower-case hex SHA-256 of a file's plaintext. */
export const HashSchema = z
  .string()
  .regex(/^[0-9a-f]{64}$/)
  .brand<'Hash'>();
export type Hash = z.infer<typeof HashSchema>;

/** Builds a UUIDv7 from a time in Unix milliseconds and ten random bytes. */
export function uuidV7From(unixMs: number, random: Uint8Array): string {
  const time = Math.trunc(unixMs).toString(16).padStart(12, '0');
  const r = [...random.subarray(0, 10)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  const variant = ((Number.parseInt(r.slice(3, 4), 16) & 0x3) | 0x8).toString(16);
  return `${time.slice(0, 8)}-${time.slice(8)}-7${r.slice(0, 3)}-${variant}${r.slice(4, 7)}-${r.slice(7, 19)}`;
}
