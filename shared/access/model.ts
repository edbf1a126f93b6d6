import { z } from 'zod';
import {
  DaySchema,
  HashSchema,
  InstantSchema,
  PersonIdSchema,
  chainHash,
  genesisHash,
} from '../kernel/public.ts';
import type { Hash } from '../kernel/public.ts';

/** What people do with what is kept (NĐ 30 PL6 3, 6); `restarted` is a desk that lost lines and says so. */
export const accessKinds = [
  'signedIn',
  'signedOut',
  'opened',
  'downloaded',
  'printed',
  'exported',
  'restarted',
] as const;
export const AccessKindSchema = z.enum(accessKinds);
export type AccessKind = z.infer<typeof AccessKindSchema>;

export const accessedKinds = [
  'document',
  'dossier',
  'reading',
  'meeting',
  'register',
  'list',
  'search',
  'log',
  'desk',
] as const;
export const AccessedSchema = z.object({ kind: z.enum(accessedKinds), id: z.string().max(200) });
export type Accessed = z.infer<typeof AccessedSchema>;

export const AccessLineSchema = z.object({
  /** The device, or the agency where all sit in turn at one desk. */
  desk: z.string().max(60),
  n: z.int().min(1),
  at: InstantSchema,
  person: PersonIdSchema,
  what: AccessKindSchema,
  on: AccessedSchema,
  /** Which of its files, where that matters. */
  file: HashSchema.nullable(),
});
export type AccessLine = z.infer<typeof AccessLineSchema>;

/** What happened, before it has its place. */
export type Access = Pick<AccessLine, 'what' | 'on' | 'file'>;

export const AccessHeadSchema = z.object({ n: z.int().min(0), hash: HashSchema });
export type AccessHead = z.infer<typeof AccessHeadSchema>;

export type ChainedLine = Readonly<{ line: AccessLine; hash: Hash }>;

export const emptyHead: AccessHead = { n: 0, hash: genesisHash };

export function nextLineHash(before: Hash, line: AccessLine): Hash {
  return chainHash(before, line);
}

/** One page of a desk's lines on its way to the server. */
export const mostLinesAtOnce = 500;

export const AccessFilterSchema = z.object({
  on: AccessedSchema.nullable(),
  person: PersonIdSchema.nullable(),
  what: AccessKindSchema.nullable(),
  from: DaySchema.nullable(),
  to: DaySchema.nullable(),
});
export type AccessFilter = z.infer<typeof AccessFilterSchema>;

export const wholeLog: AccessFilter = { on: null, person: null, what: null, from: null, to: null };

/** How often something was opened or taken out, by how many people, and when last (PL6 6). */
export const AccessCountSchema = z.object({
  on: AccessedSchema,
  times: z.int(),
  people: z.int(),
  last: InstantSchema,
});
export type AccessCount = z.infer<typeof AccessCountSchema>;

/** Opening the same thing again within so long is the same reading. */
export const sameReadingMs = 10 * 60_000;
