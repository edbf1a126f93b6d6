import { z } from 'zod';
import {
  BlobSchema,
  CommandIdSchema,
  InstantSchema,
  PersonIdSchema,
  ReplySchema,
  query,
  service,
} from '../kernel/public.ts';
import {
  HolderSchema,
  IssuedSchema,
  IssuingLevelSchema,
  KeepersSchema,
  RevocationChoiceSchema,
  RevokedSchema,
  RootSchema,
  SerialSchema,
  authorityKeyTypes,
  certificateYears,
  levelRevocationChoices,
  revocationReasonText,
} from './authority-model.ts';

const nothing = z.object({});
const done = z.object({ ok: z.literal(true) });

/** The newest revocation list of a level: how many it names, and until when it may be used. */
const ListSchema = z.object({
  level: SerialSchema,
  number: z.int(),
  madeAt: InstantSchema,
  nextUpdate: InstantSchema,
});

export const AuthorityViewSchema = z.object({
  root: RootSchema,
  keepers: KeepersSchema,
  levels: z.array(IssuingLevelSchema.extend({ revoked: RevokedSchema.nullable() })),
  lists: z.array(ListSchema),
});
export type AuthorityView = z.infer<typeof AuthorityViewSchema>;

export const CertificateViewSchema = IssuedSchema.omit({ certificate: true }).extend({
  standing: z.enum(['valid', 'ending', 'replaced', 'ended', 'revoked']),
  issuedBy: PersonIdSchema,
  issuedAt: InstantSchema,
  revoked: RevokedSchema.nullable(),
});
export type CertificateView = z.infer<typeof CertificateViewSchema>;

/** The PIN of a key file: its owner types it, nobody keeps it. */
export const NewPinSchema = z.string().min(6).max(100);

export const authorityContract = {
  overview: query(
    nothing,
    z.object({ authority: AuthorityViewSchema.nullable(), certificates: z.array(CertificateViewSchema) }),
  ),
  /** Makes the keys and the shares in memory; nothing is written before `finish`. */
  begin: service(z.object({ keepers: KeepersSchema, keyType: z.enum(authorityKeyTypes) }), done),
  /** One keeper's share, with the number of the group (from 1) they must read back. */
  showShare: service(
    z.object({ keeper: z.int().min(0) }),
    z.object({ name: z.string(), groups: z.array(z.string()), asked: z.int(), fingerprint: z.string() }),
  ),
  confirmShare: service(z.object({ keeper: z.int().min(0), group: z.string().max(20) }), done),
  /** Forgets the keys and shares in memory. */
  cancel: service(nothing, done),
  finish: service(z.object({ commandId: CommandIdSchema }), z.object({ reply: ReplySchema })),
  /** Issues a certificate with a fresh key under its owner's PIN, and keeps the file here, gives it out, or both. */
  issue: service(
    z.object({
      commandId: CommandIdSchema,
      holder: HolderSchema,
      renews: SerialSchema.nullable(),
      years: z.literal(certificateYears),
      pin: NewPinSchema,
      keepHere: z.boolean(),
    }),
    z.object({ reply: ReplySchema, file: BlobSchema.nullable() }),
  ),
  revoke: service(
    z.object({
      commandId: CommandIdSchema,
      serial: SerialSchema,
      /** Null is now. */
      since: InstantSchema.nullable(),
      reason: RevocationChoiceSchema,
      why: revocationReasonText,
    }),
    z.object({ reply: ReplySchema }),
  ),
  /** The newest list of a level, made anew where it is not fresh any more; DER. */
  revocationList: service(z.object({ level: SerialSchema }), z.object({ file: BlobSchema })),
  renewLevel: service(
    z.object({
      commandId: CommandIdSchema,
      shares: z.array(z.string().trim().min(1).max(300)).min(1).max(16),
      revoke: z.object({ reason: z.enum(levelRevocationChoices), why: revocationReasonText }).nullable(),
    }),
    z.object({ reply: ReplySchema }),
  ),
};
