import { z } from 'zod';

/** The four words of a verdict on a file's signatures; doubt is never shown as green. */
export const VerdictSchema = z.enum(['valid', 'invalid', 'indeterminate', 'unsigned']);
export type Verdict = z.infer<typeof VerdictSchema>;
