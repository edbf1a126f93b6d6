import type { LetterHints } from '#shared/intake/public.ts';

/** A file in a letter, with what the letter says of it. */
export type Enclosed = Readonly<{ name: string; type: string; bytes: Uint8Array; letter: LetterHints }>;
