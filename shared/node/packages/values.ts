import { z } from 'zod';

/** What can be wrong with one value; the sentence of each is `package.finding.field-<fault>`. */
export const valueFaults = [
  'missing',
  'long',
  'code',
  'date',
  'number',
  'flag',
  'form',
  'unwritable',
] as const;
export type ValueFault = (typeof valueFaults)[number];

/** Characters XML 1.0 has no way to write, and halves of letters. */
// oxlint-disable-next-line no-control-regex -- control characters are what it looks for
const unwritable = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/u;

export function isWritable(text: string): boolean {
  return !unwritable.test(text);
}

/** `S<most>`: so many characters as a reader counts them. */
export function text(most: number) {
  return z
    .string()
    .min(1, 'missing')
    .refine(isWritable, 'unwritable')
    .refine((value) => value.length <= most || [...value].length <= most, 'long');
}

/** `N<digits>`. */
export function count(digits: number) {
  return z
    .int('number')
    .nonnegative('number')
    .max(10 ** digits - 1, 'long');
}

/** A value of a code table. */
export function codeOf<const Codes extends readonly [string, ...string[]]>(codes: Codes) {
  return z.enum(codes, 'code');
}

/** What a schema has against a value; an absent one that has to be there is missing. */
export function faultOf(issue: z.core.$ZodIssue): ValueFault {
  return valueFaults.find((fault) => fault === issue.message) ?? 'missing';
}
