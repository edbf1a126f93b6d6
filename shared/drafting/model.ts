import { z } from 'zod';
import { DaySchema } from '../kernel/public.ts';
import { AuthoritySchema, leadSides } from '../directory/public.ts';
import { UrgencySchema, mostSigners } from '../documents/public.ts';

export const RunSchema = z.object({ text: z.string(), bold: z.boolean(), italic: z.boolean() });
export type Run = z.infer<typeof RunSchema>;

/** The decree's levels (NĐ 30 PL1 II.6c), and what stands between them. Numbers are not written: they follow from the order. */
export const headingKinds = ['part', 'chapter', 'section', 'subsection'] as const;
export const numberedKinds = ['article', 'heading', 'clause', 'point'] as const;

/** A cell says how far it reaches, as heads of statistics tables do. */
export const CellSchema = z.object({
  runs: z.array(RunSchema),
  colspan: z.int().min(1).max(50).default(1),
  rowspan: z.int().min(1).max(500).default(1),
  header: z.boolean().default(false),
});
export type Cell = z.infer<typeof CellSchema>;

export const BlockSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.enum(headingKinds), runs: z.array(RunSchema) }),
  z.object({ kind: z.enum(numberedKinds), runs: z.array(RunSchema) }),
  z.object({ kind: z.enum(['paragraph', 'item']), runs: z.array(RunSchema) }),
  z.object({ kind: z.literal('table'), rows: z.array(z.array(CellSchema)).min(1) }),
]);
export type Block = z.infer<typeof BlockSchema>;

/** How the page is composed (NĐ 30 PL3): official letter 1.5, named paper 1.4, decision 1.2, resolution 1.1, minutes 1.9. */
export const forms = ['letter', 'named', 'decision', 'resolution', 'minutes'] as const;
export type Form = (typeof forms)[number];

/** One who signs, as the page says it: in which right, in which post (NĐ 30 PL1 II.7). */
const SignerSchema = z.object({
  authority: AuthoritySchema.nullable(),
  lines: z.array(z.string()).min(1),
  name: z.string(),
});

/** A structured draft, complete: everything the page shows, and nothing about how it looks. */
export const DraftSchema = z.object({
  kind: z.string().min(1).max(20),
  /** As the page names it: `QUYẾT ĐỊNH`, `CÔNG VĂN`… */
  kindName: z.string().min(1).max(100),
  form: z.enum(forms),
  superior: z.string().nullable(),
  agency: z.string().min(1),
  place: z.string().min(1),
  symbol: z.string().min(1),
  /** Given when the page carries them from the start; null when the clerk puts them on it later. */
  number: z.string().nullable(),
  issuedOn: DaySchema.nullable(),
  subject: z.string().min(1),
  urgency: UrgencySchema,
  /** `LƯU HÀNH NỘI BỘ`, `XEM XONG TRẢ LẠI` (NĐ 30 PL1 III.2c). */
  circulation: z.string().min(1).nullable().default(null),
  addressees: z.array(z.string()),
  bases: z.array(z.string()),
  body: z.array(BlockSchema),
  recipients: z.array(z.string()),
  signer: SignerSchema,
  /** Who signs beside the lead, in their order: leaders of a joint paper, the secretary of minutes. */
  coSigners: z
    .array(SignerSchema)
    .max(mostSigners - 1)
    .default([]),
  /** The agencies that issue it together with this one, in their order. */
  jointAgencies: z
    .array(z.string().min(1))
    .max(mostSigners - 1)
    .default([]),
  /** Where the lead stands in a row of signers: the decree says it for minutes only (PL3 mẫu 1.9: on the right). */
  leadSigns: z.enum(leadSides).default('right'),
  /** Who drafted it, and how many copies go out: `PL.(300)` (NĐ 30 PL1 III.3). */
  drafterMark: z.string().min(1).nullable().default(null),
  contact: z.string().nullable().default(null),
  appendices: z.array(z.object({ title: z.string(), body: z.array(BlockSchema) })).default([]),
});
export type Draft = z.infer<typeof DraftSchema>;
