import { z } from 'zod';

/** A share as rules of procedure say it: "ít nhất hai phần ba", or with `more` "quá nửa". */
export const ShareSchema = z
  .object({ parts: z.int().min(1).max(1000), of: z.int().min(1).max(1000), more: z.boolean() })
  .refine(({ parts, of, more }) => (more ? parts < of : parts <= of));
export type Share = Readonly<z.infer<typeof ShareSchema>>;

export const moreThanHalf: Share = { parts: 1, of: 2, more: true };
export const twoThirds: Share = { parts: 2, of: 3, more: false };

/** The smallest whole number that is the share of a number; never nobody. */
export function leastOf({ parts, of, more }: Share, base: number): number {
  const least = more ? Math.floor((base * parts) / of) + 1 : Math.ceil((base * parts) / of);
  return Math.max(1, least);
}

/** Whether a number is exactly the share of another, no more and no less. */
export function isExactly({ parts, of }: Share, base: number, count: number): boolean {
  return count * of === base * parts;
}
