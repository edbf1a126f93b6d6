import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { AgencyDetailsSchema, PersonDetailsSchema } from '#shared/directory/public.ts';

const folder = join(import.meta.dirname, '../../../resources/sample');

const OfficeSchema = z.object({
  agency: AgencyDetailsSchema.omit({ own: true }),
  units: z.array(
    z.object({ key: z.string(), name: z.string(), symbol: z.string(), parent: z.string().nullable() }),
  ),
  people: z.array(
    PersonDetailsSchema.omit({ unit: true, email: true }).extend({ key: z.string(), unit: z.string() }),
  ),
  /** Who plays which part in the sample week, by key. */
  cast: z.object({
    administrator: z.string(),
    clerk: z.string(),
    leader: z.string(),
    deputy: z.string(),
    chief: z.string(),
    unitHead: z.string(),
    officer: z.string(),
    secondUnitHead: z.string(),
    secondOfficer: z.string(),
    archivist: z.string(),
  }),
});
export type SampleOffice = z.infer<typeof OfficeSchema>;
export type Part = keyof SampleOffice['cast'];

const LetterSchema = z.object({
  /** Days before today. */
  day: z.int(),
  number: z.string(),
  symbol: z.string(),
  kind: z.string(),
  agency: z.string(),
  superior: z.string().nullable(),
  subject: z.string(),
  signer: z.string(),
  post: z.string(),
  urgency: z.enum(['normal', 'urgent', 'very-urgent', 'flash']),
  text: z.array(z.string()),
});
export type SampleLetter = z.infer<typeof LetterSchema>;

/** Two invented agencies with their units and people: a department of a province, and a commune. */
export const sampleOffices: readonly SampleOffice[] = z
  .array(OfficeSchema)
  .parse(JSON.parse(readFileSync(join(folder, 'offices.json'), 'utf8')));

/** A week of invented letters from others. */
export const sampleLetters: readonly SampleLetter[] = z
  .array(LetterSchema)
  .parse(JSON.parse(readFileSync(join(folder, 'letters.json'), 'utf8')));
