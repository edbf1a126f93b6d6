import { z } from 'zod';
import { UrgencySchema } from '../documents/public.ts';

/** One run of text on one baseline; lengths in points, `x` and `y` from the page's top left, `page` from 1. */
export const TextLineSchema = z.object({
  text: z.string(),
  page: z.int().min(1),
  x: z.number(),
  y: z.number(),
  width: z.number().min(0),
  height: z.number().min(0),
  bold: z.boolean().optional(),
});
export type TextLine = Readonly<z.infer<typeof TextLineSchema>>;

/** Mật, tối mật, tuyệt mật (NĐ 30 PL1 II, ô 10a). */
export const secrecies = ['secret', 'top-secret', 'absolute-secret'] as const;
export const SecrecySchema = z.enum(secrecies);
export type Secrecy = z.infer<typeof SecrecySchema>;

export const SignerSchema = z.object({
  name: z.string().nullable(),
  /** As printed from top to bottom, joined by “ - ”: `KT. Bộ trưởng - Thứ trưởng`. */
  post: z.string().nullable(),
  /** TM., Q., KT., TL., TUQ. in printed order (NĐ 30 Đ13). */
  authority: z.string().nullable(),
});
export type Signer = z.infer<typeof SignerSchema>;

/** What was read from a received document; what it does not say is null. The JSON of `antin extract`. */
export const ExtractedSchema = z.object({
  number: z.string().nullable(),
  symbol: z.string().nullable(),
  notation: z.string().nullable(),
  issuedOn: z.string().nullable(),
  issuer: z.string().nullable(),
  superior: z.string().nullable(),
  kind: z.string().nullable(),
  subject: z.string().nullable(),
  signer: SignerSchema,
  urgency: UrgencySchema.nullable(),
  secrecy: SecrecySchema.nullable(),
  recipients: z.array(z.string()),
  arrival: z.object({ number: z.string().nullable(), on: z.string().nullable() }),
  language: z.string().nullable(),
  pages: z.int().min(0),
  method: z.enum(['embedded', 'text', 'ocr']),
  confidence: z.record(z.string(), z.number().min(0).max(1)),
});
export type Extracted = z.infer<typeof ExtractedSchema>;

/** A value with how sure its reading is, 0 to 1. */
export type Reading<Value> = Readonly<{ value: Value; confidence: number }>;
