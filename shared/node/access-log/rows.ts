import { z } from 'zod';
import {
  AccessCountSchema,
  AccessLineSchema,
  type AccessLine,
  type ChainedLine,
  type FindLines,
  type FoundLines,
} from '../../access/public.ts';
import { HashSchema, canonicalJson, dayOf } from '../../kernel/public.ts';

const count = z.coerce.number().int();

const RowSchema = z.object({ line: z.string() });
const ChainedRowSchema = z.object({ line: z.string(), hash: HashSchema });
const CountSchema = z
  .object({ kind: z.string(), about: z.string(), times: count, people: count, last: z.string() })
  .transform(({ kind, about, ...row }) => ({ ...row, on: { kind, id: about } }))
  .pipe(AccessCountSchema);
const TotalsSchema = z.object({ total: count, people: count });

export function lineIn(row: unknown): AccessLine {
  return AccessLineSchema.parse(JSON.parse(RowSchema.parse(row).line));
}

export function chainedIn(row: unknown): ChainedLine {
  const { line, hash } = ChainedRowSchema.parse(row);
  return { line: AccessLineSchema.parse(JSON.parse(line)), hash };
}

export function foundIn(
  { by }: Pick<FindLines, 'by'>,
  rows: readonly unknown[],
  totals: unknown,
): FoundLines {
  return {
    lines: by === 'line' ? rows.map(lineIn) : [],
    counts: by === 'thing' ? rows.map((row) => CountSchema.parse(row)) : [],
    ...TotalsSchema.parse(totals),
  };
}

/** The columns of a line: itself as it was hashed, and what it is looked for by. */
export function columnsOf({ line, hash }: ChainedLine) {
  const { desk, n, at, person, what, on } = line;
  return [desk, n, at, dayOf(at), person, what, on.kind, on.id, canonicalJson(line), hash] as const;
}

export const lineColumns = 'desk, n, at, day, person, what, kind, about, line, hash';
