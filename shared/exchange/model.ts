import { z } from 'zod';
import { DaySchema, HashSchema, InstantSchema } from '../kernel/public.ts';
import { statusCodes } from './statuses.ts';

/** Text as a message carries it: never blank, never with blanks around it; what is absent is null. */
const text = z
  .string()
  .min(1)
  .max(20_000)
  .refine((value) => value === value.trim());
const said = text.nullable().default(null);

/** An agency's code as it was written: the older 13 characters, QĐ 20/2020/QĐ-TTg, or neither. An attribute, never a key. */
const code = text.max(100);

/** An agency as a message names it. */
export const PartySchema = z.strictObject({
  code,
  inCharge: said,
  name: said,
  address: said,
  email: said,
  telephone: said,
  fax: said,
  website: said,
});
export type Party = Readonly<z.infer<typeof PartySchema>>;

/** Who at the sender did it. */
export const StaffSchema = z.strictObject({
  department: said,
  departmentCode: said,
  name: said,
  nameCode: said,
  email: said,
  mobile: said,
});
export type Staff = Readonly<z.infer<typeof StaffSchema>>;

/** Another document that a message speaks of. */
export const ReferenceSchema = z.strictObject({
  agency: code.nullable().default(null),
  notation: said,
  on: DaySchema.nullable().default(null),
  documentId: said,
});
export type Reference = Readonly<z.infer<typeof ReferenceSchema>>;

/** A part of its own: two attachments of the same bytes stay two (`contentId` tells them apart, never the hash). */
export const AttachmentSchema = z.strictObject({
  contentId: text.max(200),
  name: text.max(1000),
  description: said,
  contentType: said,
  size: z.int().min(0),
  hash: HashSchema,
});
export type Attachment = Readonly<z.infer<typeof AttachmentSchema>>;

export const businessKinds = ['new', 'revocation', 'update', 'replacement'] as const;
export type BusinessKind = (typeof businessKinds)[number];

const business = {
  documentId: said,
  reason: said,
  paper: z.boolean().nullable().default(null),
  staff: StaffSchema.nullable().default(null),
};

/** What the message wants done with the document. */
export const BusinessSchema = z.discriminatedUnion('kind', [
  z.strictObject({ ...business, kind: z.literal('new') }),
  z.strictObject({ ...business, kind: z.literal('revocation') }),
  z.strictObject({
    ...business,
    kind: z.literal('update'),
    /** What is changed; the samples show the names of these parts and not their values, so they are kept as written. */
    documentInfo: said,
    documentReceiver: said,
    receivers: z.array(z.strictObject({ code, receiverType: said })).default([]),
  }),
  z.strictObject({
    ...business,
    kind: z.literal('replacement'),
    replaces: z.array(z.strictObject({ documentId: text, agencies: z.array(code).default([]) })),
  }),
]);
export type Business = Readonly<z.infer<typeof BusinessSchema>>;

/** A document on its way between agencies (QCVN 102:2016/BTTTT). */
export const DocumentMessageSchema = z.strictObject({
  kind: z.literal('document'),
  business: BusinessSchema,
  from: PartySchema,
  to: z.array(PartySchema).default([]),
  /** Agency, day and notation, or whatever else the sender's system gave: nothing is read out of it. */
  documentId: text.max(300),
  number: said,
  symbol: said,
  place: said,
  issuedOn: DaySchema.nullable().default(null),
  /** Codes differ from axis to axis; the name is what is believed. */
  type: z.strictObject({ code: said, detail: said, name: said }).prefault({}),
  subject: said,
  content: said,
  signer: z.strictObject({ competence: said, position: said, name: said }).prefault({}),
  dueOn: DaySchema.nullable().default(null),
  priority: said,
  sphere: said,
  typist: said,
  copies: z.int().min(0).nullable().default(null),
  pages: z.int().min(0).nullable().default(null),
  direction: z.boolean().nullable().default(null),
  appendixes: z.array(text).default([]),
  answers: z.array(ReferenceSchema).default([]),
  steeringType: said,
  toPlaces: z.array(text).default([]),
  trace: z
    .array(
      z.strictObject({ code: code.nullable().default(null), at: InstantSchema.nullable().default(null) }),
    )
    .default([]),
  attachments: z.array(AttachmentSchema).default([]),
});
export type DocumentMessage = Readonly<z.infer<typeof DocumentMessageSchema>>;

/** What became of a document, told by who received it or asked by who sent it. */
export const StatusMessageSchema = z.strictObject({
  kind: z.literal('status'),
  from: PartySchema,
  to: z.array(PartySchema).default([]),
  about: ReferenceSchema,
  staff: StaffSchema.nullable().default(null),
  status: z.enum(statusCodes),
  description: said,
  at: InstantSchema.nullable().default(null),
});
export type StatusMessage = Readonly<z.infer<typeof StatusMessageSchema>>;

export const ExchangeMessageSchema = z.discriminatedUnion('kind', [
  DocumentMessageSchema,
  StatusMessageSchema,
]);
export type ExchangeMessage = DocumentMessage | StatusMessage;
