import { InstantSchema } from '#shared/kernel/public.ts';
import { typeset } from '#shared/node/typesetting/public.ts';
import { aDecision, aDraft } from '../support/drafts.ts';
import type { Figure } from './bench-office.ts';
import { timed } from './measure.ts';

const frozenAt = InstantSchema.parse('2026-11-23T02:00:00.000Z');

/** One page, warm: every call another subject, so that nothing is remembered from the call before. */
export async function benchTypeset(calls: number): Promise<readonly Figure[]> {
  const letter = await timed(calls, (index) =>
    typeset(aDraft({ subject: `việc ${index}` }), { frozenAt, fields: null }),
  );
  const withFields = await timed(calls, (index) =>
    typeset({ ...aDecision(), subject: `việc ${index}` }, { frozenAt, fields: { initials: 1 } }),
  );
  return [
    { name: 'typeset, one page', timing: letter, budgetMs: 10 },
    { name: 'typeset and write the form fields, one page', timing: withFields, budgetMs: null },
  ];
}
