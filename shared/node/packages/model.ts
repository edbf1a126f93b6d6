import { z } from 'zod';
import { DaySchema, HashSchema, InstantSchema } from '../../kernel/public.ts';
import { conditions, confidences, documentTypes, languages, maintenances, modes } from './code-tables.ts';
import { codeOf, count, text } from './values.ts';

/** TT 05/2025/TT-BNV, Phụ lục III, IV (SIP), I, II (AIP), V (DIP). */
export const packageKinds = ['SIP_hoso', 'SIP_tailieu', 'AIP_hoso', 'AIP_tailieu', 'DIP'] as const;
export type PackageKind = (typeof packageKinds)[number];

/** TT 05/2025/TT-BNV, EAD.xml: a dossier's 18 fields. Lengths the annex does not give follow its other counts. */
export const DossierSchema = z.strictObject({
  /** S100; in an AIP the archive's code and the dossier's together. */
  arcFileCode: text(100),
  /** S1000. */
  title: text(1000),
  maintenance: codeOf(maintenances),
  mode: codeOf(modes),
  language: codeOf(languages),
  /** Written DD/MM/YYYY. */
  startDate: DaySchema,
  endDate: DaySchema,
  /** S100. */
  keyword: text(100).nullable(),
  /** N10. */
  totalDoc: count(10),
  numberOfPaper: count(10).nullable(),
  numberOfPage: count(10).nullable(),
  /** The state it is in. */
  format: codeOf(conditions).nullable(),
  /** S30. */
  inforSign: text(30).nullable(),
  confidenceLevel: codeOf(confidences),
  /** S100; of the paper dossier this one was digitised from. */
  paperFileCode: text(100).nullable(),
  /** S2000. */
  description: text(2000).nullable(),
  /** B. */
  riskRecovery: z.boolean('flag').nullable(),
  /** S2. */
  riskRecoveryStatus: text(2).nullable(),
});
export type Dossier = z.infer<typeof DossierSchema>;

/** TT 05/2025/TT-BNV, EAD_doc.xml: 21 fields, and the two by which the schemas name the dossier and the place in it. */
export const DocumentFieldsSchema = z.strictObject({
  /** S25; files are named after it, so it holds nothing a file system could take for something else. */
  docId: z
    .string('missing')
    .min(1, 'missing')
    .max(25, 'long')
    .regex(/^[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9_-])?$/, 'form'),
  /** S100; null for a document that belongs to no dossier. */
  arcFileCode: text(100).nullable(),
  /** S100: the dossier's code and seven digits. */
  docCode: text(100).regex(/\d{7}$/, 'form'),
  docOrdinal: count(7).nullable(),
  maintenance: codeOf(maintenances).nullable(),
  typeName: z.enum(documentTypes, 'code'),
  /** S11. */
  codeNumber: text(11).nullable(),
  /** S30. */
  codeNotation: text(30).nullable(),
  /** Written DD/MM/YYYY. */
  issuedDate: DaySchema,
  /** S200. */
  organName: text(200),
  /** S500. */
  subject: text(500),
  language: codeOf(languages),
  /** N4. */
  numberOfPage: count(4).nullable(),
  inforSign: text(30).nullable(),
  /** S100. */
  keyword: text(100).nullable(),
  mode: codeOf(modes),
  confidenceLevel: codeOf(confidences),
  /** S2000: what was written on the paper by hand. */
  autograph: text(2000).nullable(),
  format: codeOf(conditions).nullable(),
  riskRecovery: z.boolean('flag').nullable(),
  riskRecoveryStatus: text(2).nullable(),
  /** B. */
  process: z.boolean('flag').nullable(),
  /** S500. */
  description: text(500).nullable(),
});
export type DocumentFields = z.infer<typeof DocumentFieldsSchema>;

/** What a file is to its document: as it came, its words, another form of it, what came with it, what proves it. */
export const fileRoles = ['original', 'text', 'rendition', 'attachment', 'evidence'] as const;

/** What belongs to the dossier and is no document of it (NĐ 30/2020/NĐ-CP Phụ lục VI, I.5: drafts, opinions, history). */
export const otherRoles = [
  'mail',
  'opinion',
  'receipt',
  'minutes',
  'task',
  'draft',
  'proof',
  'log',
  'list',
  'certificate',
] as const;

const openable = z.custom<() => AsyncIterable<Uint8Array>>((value) => typeof value === 'function');

const fileParts = {
  /** As people know it; it names nothing in the package. */
  name: text(255),
  size: z.int().nonnegative(),
  hash: HashSchema,
  type: z.string().regex(/^[a-z]+\/[a-z0-9.+-]{1,100}$/),
  open: openable,
};

export const FileSchema = z.strictObject({ role: z.enum(fileRoles), ...fileParts });
export const OtherSchema = z.strictObject({ role: z.enum(otherRoles), ...fileParts });
export type PackageFile = z.infer<typeof FileSchema>;
export type OtherFile = z.infer<typeof OtherSchema>;

export type PackageDocument = Readonly<{ fields: DocumentFields; files: readonly PackageFile[] }>;

/** TT 05/2025/TT-BNV: the event kinds of PREMIS. */
export const eventTypes = ['information package creation', 'transfer'] as const;

export const EventSchema = z.strictObject({
  type: z.enum(eventTypes),
  at: InstantSchema,
  by: text(200),
  detail: text(2000),
});
export type PackageEvent = z.infer<typeof EventSchema>;

const BodySchema = z.strictObject({ name: text(200), code: text(35) });

export const HeadSchema = z.strictObject({
  kind: z.enum(packageKinds),
  id: z.uuid(),
  createdAt: InstantSchema,
  /** Whose papers they are; the fonds' code names folders. */
  agency: z.strictObject({
    ...BodySchema.shape,
    fonds: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,49}$/),
  }),
  /** Who is to keep them. */
  archive: BodySchema.nullable(),
  /** Null for loose documents. */
  dossier: DossierSchema.nullable(),
  /** The dossier's own dossiers, each with fields of its own. */
  parts: z.array(DossierSchema),
  events: z.array(EventSchema),
});
export type PackageHead = z.infer<typeof HeadSchema>;

/** Everything that goes into one package; documents in the dossier's order. */
export type Package = Readonly<
  PackageHead & { documents: readonly PackageDocument[]; others: readonly OtherFile[] }
>;
