import { z } from 'zod';
import { ProofPolicySchema } from '../directory/public.ts';
import { ExportSchema } from '../documents/public.ts';
import {
  BlobSchema,
  CommandIdSchema,
  DocumentIdSchema,
  HashSchema,
  InstantSchema,
  ProofLevelSchema,
  ReplySchema,
  query,
  service,
  VerdictSchema,
} from '../kernel/public.ts';

/** What a later revision did to a signed file, all of it allowed by what was signed. */
export const LaterChangeSchema = z.object({
  kind: z.enum([
    'field-filled',
    'signature-added',
    'timestamp-added',
    'validation-data-added',
    'other-allowed',
  ]),
  field: z.string().nullable(),
  /** What was filled in. */
  text: z.string().nullable(),
});
export type LaterChange = z.infer<typeof LaterChangeSchema>;

export const SignatureReportSchema = z.object({
  field: z.string(),
  signer: z.string(),
  role: z.string().nullable(),
  /** B-B, B-T, B-LT, B-LTA (EN 319 142-1 6), PKCS7 for older forms, DocTimeStamp, none. */
  level: z.string(),
  /** As the signer claims; no proof. */
  signedAt: z.string().nullable(),
  timestamp: z.string().nullable(),
  /** Whose clock that is: the time-stamping service, by its certificate. */
  timestampBy: z.string().nullable(),
  /** The earliest trusted time-stamp that shows it existed. */
  provenAt: z.string().nullable(),
  coversWholeFile: z.boolean(),
  integrity: z.enum(['intact', 'allowed-changes', 'broken']),
  trust: z.enum(['trusted', 'untrusted', 'revoked', 'expired', 'unknown']),
  verdict: VerdictSchema,
  reasons: z.array(z.string()),
  /** EN 319 102-1 5.1.3. */
  indication: z.enum(['TOTAL-PASSED', 'TOTAL-FAILED', 'INDETERMINATE']),
  subIndication: z.string().nullable(),
  certificate: z
    .object({
      issuer: z.string(),
      organization: z.string().nullable(),
      serial: z.string(),
      validFrom: InstantSchema,
      validTo: InstantSchema,
    })
    .nullable(),
  /** The revision it closed, counted from 0, and how many bytes of the file that is. */
  revision: z.number().int().nullable(),
  signedBytes: z.number().int().nullable(),
  changesAfter: z.array(LaterChangeSchema),
});
export type SignatureReport = z.infer<typeof SignatureReportSchema>;

export const VerifyReportSchema = z.object({
  verdict: VerdictSchema,
  reasons: z.array(z.string()),
  signatures: z.array(SignatureReportSchema),
});
export type VerifyReport = z.infer<typeof VerifyReportSchema>;

/** A key the signed-in person can sign with on this machine: kept by the office, or on a token in a reader. */
export const KeySchema = z.object({
  id: z.string(),
  place: z.enum(['file', 'token', 'service']),
  /** Whether the PIN still opens it; a token locks after a few wrong ones. A program asks for its own: none. */
  pin: z.enum(['fine', 'low', 'last-try', 'locked', 'none']),
  use: z.enum(['person', 'seal']),
  name: z.string(),
  issuer: z.string(),
  serial: z.string(),
  validTo: InstantSchema,
});

export type Key = z.infer<typeof KeySchema>;

/** An authority as somebody compares it with the issuer's own word; `fingerprint` is SHA-256 of the certificate. */
export const TrustedAuthoritySchema = z.object({
  fingerprint: HashSchema,
  name: z.string(),
  organization: z.string().nullable(),
  validFrom: InstantSchema,
  validTo: InstantSchema,
});
export type TrustedAuthority = z.infer<typeof TrustedAuthoritySchema>;

/** A revocation list at hand: of whom, between which moments it is the newest, and how many certificates it names. */
export const AuthorityListSchema = z.object({
  issuer: z.string(),
  madeAt: InstantSchema,
  until: InstantSchema,
  entries: z.int(),
});
export type AuthorityList = z.infer<typeof AuthorityListSchema>;

/** Which of the keys signs; the one the office keeps where nothing is said. */
export const KeyIdSchema = z.string().max(300).nullable().default(null);

/** Why something could not be proven: a refusal's code, or the certificates nobody vouched for and why. */
export const ProofFaultSchema = z.object({
  code: z.string(),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
  /** `reason.<code>` of each place asked in vain. */
  reasons: z.array(z.string()),
});
export type ProofFault = z.infer<typeof ProofFaultSchema>;

/** The work of proving, as it stands: what one round of it has done since it began. */
export const ProofRoundSchema = z.object({
  state: z.enum(['idle', 'running', 'stopping']),
  total: z.int(),
  done: z.int(),
  failed: z.int(),
  startedAt: InstantSchema.nullable(),
  endedAt: InstantSchema.nullable(),
  /** What stopped the whole round, and when it is tried again by itself. */
  fault: ProofFaultSchema.nullable(),
  againAt: InstantSchema.nullable(),
});
export type ProofRound = z.infer<typeof ProofRoundSchema>;

/** How far what the agency sealed is proven, file by file. */
export const ProofStandingSchema = z.object({
  levels: z.array(z.object({ level: ProofLevelSchema, files: z.int() })),
  /** Below the level aimed at, and those whose last document time-stamp grows old. */
  owed: z.int(),
  due: z.int(),
  failing: z.object({
    total: z.int(),
    files: z.array(
      z.object({
        document: DocumentIdSchema,
        of: HashSchema,
        notation: z.string(),
        level: ProofLevelSchema,
        failures: z.int(),
        at: InstantSchema,
        nextAt: InstantSchema,
        why: ProofFaultSchema,
      }),
    ),
  }),
  round: ProofRoundSchema,
});
export type ProofStanding = z.infer<typeof ProofStandingSchema>;

/** Empty where the key asks for its own. */
export const PinSchema = z.string().max(100);

/** A key that is open for several documents. */
export const BatchIdSchema = z.string().max(100);

const StoredPdfSchema = z.object({ documentId: DocumentIdSchema, hash: HashSchema });

export const signingContract = {
  keys: query(z.object({}), z.object({ keys: z.array(KeySchema) })),
  /** The same for tokens and the signing program of this machine, asked for apart: a reader may take its time, and nobody with a file waits for it. */
  tokenKeys: query(z.object({}), z.object({ keys: z.array(KeySchema) })),
  /** Keeps a PKCS#12 file for its owner, after it opened with the PIN and its certificate matched the directory. */
  keepKey: service(
    z.object({ file: BlobSchema, pin: z.string().min(1).max(100), use: z.enum(['person', 'seal']) }),
    z.object({ ok: z.literal(true) }),
  ),
  /** Opens the person's key once for many documents; it is shut by `endBatch`, by signing out, or unused for a minute. */
  beginBatch: service(z.object({ pin: PinSchema, key: KeyIdSchema }), z.object({ batch: BatchIdSchema })),
  endBatch: service(z.object({ batch: BatchIdSchema }), z.object({ ok: z.literal(true) })),
  /** Asks a time-stamping service for a stamp that nobody keeps, before the agency relies on it. */
  tryTimestamps: service(
    z.object({ service: ProofPolicySchema.shape.service }),
    z.object({
      time: InstantSchema,
      name: z.string(),
      issuer: z.string(),
      validTo: InstantSchema,
      /** Whether its certificate goes back to a root that is trusted here. */
      isTrusted: z.boolean(),
    }),
  ),
  /** The authorities outside that the agency believes, and the revocation lists at hand. */
  trust: query(
    z.object({}),
    z.object({ roots: z.array(TrustedAuthoritySchema), lists: z.array(AuthorityListSchema) }),
  ),
  /** Reads the authorities in a file, for somebody to compare their fingerprints before believing one. */
  readRoots: query(z.object({ file: BlobSchema }), z.object({ roots: z.array(TrustedAuthoritySchema) })),
  trustRoot: service(
    z.object({ commandId: CommandIdSchema, file: BlobSchema, fingerprint: HashSchema }),
    z.object({ reply: ReplySchema }),
  ),
  keepRevocationList: service(z.object({ file: BlobSchema }), AuthorityListSchema),
  proofs: query(z.object({}), ProofStandingSchema),
  /** Begins a round at once, also with what was put off; it goes on in the core and is looked at by `proofs`. */
  proveNow: service(z.object({}), z.object({ ok: z.literal(true) })),
  stopProving: service(z.object({}), z.object({ ok: z.literal(true) })),
  verify: query(StoredPdfSchema, VerifyReportSchema),
  /** What `verify` says, on paper: PDF/A-3a, not sealed. */
  report: service(StoredPdfSchema, ExportSchema),
  /** The same under the agency's seal. */
  sealReport: service(StoredPdfSchema.extend({ pin: PinSchema, key: KeyIdSchema }), ExportSchema),
  /** The picture of the person's own signature, or of the seal for its clerk; base64 PNG. */
  picture: query(z.object({ use: z.enum(['person', 'seal']) }), z.object({ png: z.string().nullable() })),
  /** Keeps one, after it looked as the decree wants it: blue or red on a transparent ground. */
  keepPicture: service(
    z.object({ file: BlobSchema, use: z.enum(['person', 'seal']) }),
    z.object({ ok: z.literal(true) }),
  ),
};
