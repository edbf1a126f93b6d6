import type { LetterHints } from '#shared/intake/public.ts';

/** A file in a letter, with what the letter says of it. */
export type Enclosed = Readonly<{ name: string; type: string; bytes: Uint8Array; letter: LetterHints }>;

/** Whatever its sender's program called it: a name, a type or the bytes say so. */
export function isPdf({ name, type, bytes }: Pick<Enclosed, 'name' | 'type' | 'bytes'>): boolean {
  const begins = Buffer.from(bytes.subarray(0, 1024)).toString('latin1');
  return type === 'application/pdf' || name.toLowerCase().endsWith('.pdf') || begins.includes('%PDF-');
}
