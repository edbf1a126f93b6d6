import { z } from 'zod';
import { DaySchema, PersonIdSchema, refuse, type Refusal } from '../kernel/public.ts';
import { AuthoritySchema } from '../directory/public.ts';
import { RecipientSchema, StepSchema, UrgencySchema, mostSigners } from '../documents/public.ts';
import { roman } from './numbering.ts';

/** How far a paper may go (NĐ 30 PL1 III.2c); most say nothing. */
export const circulations = ['internal', 'return'] as const;
export const CirculationSchema = z.enum(circulations);

/** Who signs beside the lead: one of this agency, or the leader of another, whose block is told in words. */
export const CoSignerSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('here'),
    person: PersonIdSchema.nullable(),
    /** What they sign as where it is not their post: `Thư ký`. */
    as: z.string().max(100),
  }),
  z.object({
    kind: z.literal('elsewhere'),
    agency: z.string().max(200),
    /** The agency's abbreviation; it joins the symbol of the paper. */
    symbol: z.string().max(20),
    authority: AuthoritySchema.nullable(),
    /** Whose right it is where the authority is another's: `Giám đốc` of `KT. GIÁM ĐỐC`. */
    of: z.string().max(100),
    post: z.string().max(100),
    name: z.string().max(100),
  }),
]);
export type CoSigner = z.infer<typeof CoSignerSchema>;

const line = (max: number) => z.string().max(max);

/**
 * A draft as its writer keeps it: only what they say themselves. Agency, symbol and the signer's block come from the
 * directory and the circuit when the page is set, so that nothing is typed twice.
 */
export const WorkingDraftSchema = z.object({
  kind: z.string().min(1).max(20),
  template: z.string().min(1).max(60),
  subject: line(500),
  urgency: UrgencySchema,
  circulation: CirculationSchema.optional(),
  dueOn: DaySchema.nullable(),
  addressees: z.array(line(300)).max(100),
  bases: z.array(line(1000)).max(50),
  /** The editor's own JSON; `from-editor.ts` reads it. */
  body: z.unknown(),
  recipients: z.array(RecipientSchema).max(500),
  copies: z.int().min(0).max(9999),
  coSigners: z
    .array(CoSignerSchema)
    .max(mostSigners - 1)
    .optional(),
  /** Who drafted it, in a few letters (NĐ 30 PL1 III.3). */
  drafterMark: line(20).optional(),
  appendices: z
    .array(z.object({ title: line(300), body: z.unknown() }))
    .max(30)
    .optional(),
  steps: z.array(StepSchema).max(20),
});
export type WorkingDraft = z.infer<typeof WorkingDraftSchema>;

/** NĐ 30 PL1 III.1: every appendix has a name. */
export function whyNotAppendices({ appendices = [] }: WorkingDraft): Refusal | null {
  const unnamed = appendices.findIndex(({ title }) => title.trim() === '');
  return unnamed < 0 ? null : refuse('drafting.appendix-unnamed', { number: roman(unnamed + 1) });
}
