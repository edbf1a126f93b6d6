import { z } from 'zod';
import type { ErrorCode, ErrorParams } from './app-error.ts';

/** Why something may not be done: a code with its sentence `refusal.<code>`, and the values the sentence names. */
export type Refusal = Readonly<{ refused: true; code: ErrorCode; params: ErrorParams }>;

export const RefusalSchema = z.object({
  refused: z.literal(true),
  code: z.templateLiteral([z.string(), '.', z.string()]),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
});

export function refuse(code: ErrorCode, params: ErrorParams = {}): Refusal {
  return { refused: true, code, params };
}

export function isRefusal(value: unknown): value is Refusal {
  return typeof value === 'object' && value !== null && 'refused' in value && value.refused === true;
}
