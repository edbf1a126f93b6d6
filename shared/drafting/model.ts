import { z } from 'zod';
import { DaySchema } from '../kernel/public.ts';
import { AuthoritySchema } from '../directory/public.ts';
import { UrgencySchema } from '../documents/public.ts';

export const RunSchema = z.object({ text: z.string(), bold: z.boolean(), italic: z.boolean() });
export type Run = z.infer<typeof RunSchema>;

/** The decree's levels (NĐ 30 PL1 II.6c), and what stands between them. Numbers are not written: they follow from the order. */
export const headingKinds = ['part', 'chapter', 'section', 'subsection'] as const;
export const numberedKinds = ['article', 'heading', 'clause', 'point'] as const;

export const BlockSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.enum(headingKinds), runs: z.array(RunSchema) }),
  z.object({ kind: z.enum(numberedKinds), runs: z.array(RunSchema) }),
  z.object({ kind: z.enum(['paragraph', 'item']), runs: z.array(RunSchema) }),
  z.object({ kind: z.literal('table'), rows: z.array(z.array(z.array(RunSchema)).min(1)).min(1) }),
]);
export type Block = z.infer<typeof BlockSchema>;

/** A structured draft, complete: everything the page shows, and nothing about how it looks. */
export const DraftSchema = z.object({
  kind: z.string().min(1).max(20),
  /** As the page names it: `QUYẾT ĐỊNH`, `CÔNG VĂN`… */
  kindName: z.string().min(1).max(100),
  form: z.enum(['letter', 'named', 'decision']),
  superior: z.string().nullable(),
  agency: z.string().min(1),
  place: z.string().min(1),
  symbol: z.string().min(1),
  /** Given when the page carries them from the start; null when the clerk puts them on it later. */
  number: z.string().nullable(),
  issuedOn: DaySchema.nullable(),
  subject: z.string().min(1),
  urgency: UrgencySchema,
  addressees: z.array(z.string()),
  bases: z.array(z.string()),
  body: z.array(BlockSchema),
  recipients: z.array(z.string()),
  signer: z.object({
    authority: AuthoritySchema.nullable(),
    lines: z.array(z.string()).min(1),
    name: z.string(),
  }),
  contact: z.string().nullable(),
  appendices: z.array(z.object({ title: z.string(), body: z.array(BlockSchema) })),
});
export type Draft = z.infer<typeof DraftSchema>;
