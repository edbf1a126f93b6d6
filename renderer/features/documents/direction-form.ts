import type { Day } from '#shared/kernel/public.ts';
import { PersonIdSchema, TaskIdSchema, UnitIdSchema, type DocumentId } from '#shared/kernel/public.ts';
import { newId } from '../../app/client.ts';

/** A paper to be directed; one that has its lead already only takes more help. */
export type Directed = Readonly<{ id: DocumentId; reference: string; title: string; hasLead: boolean }>;

/** Bút phê as it is written: who leads, who helps, who is to know, a deadline for each, and the words. */
export type DirectionForm = Readonly<{
  /** `unit:<id>` or `person:<id>`. */
  lead: string | null;
  support: readonly string[];
  inform: readonly string[];
  due: Readonly<Record<string, Day | null>>;
  words: string;
}>;

export const emptyDirection: DirectionForm = { lead: null, support: [], inform: [], due: {}, words: '' };

/** The body of `workflow.direct` for one document; a paper that has its lead only takes more help. */
export function directionBody(form: DirectionForm, documentId: DocumentId, hasLead: boolean) {
  const lead = hasLead || form.lead === null ? [] : [assignment(form, form.lead, 'lead')];
  return {
    documentId,
    words: form.words,
    assignments: [...lead, ...form.support.map((to) => assignment(form, to, 'support'))],
    inform: form.inform.map((id) => PersonIdSchema.parse(id)),
  };
}

function assignment(form: DirectionForm, to: string, role: 'lead' | 'support') {
  const [kind, id] = to.split(':');
  return {
    task: TaskIdSchema.parse(newId()),
    role,
    to:
      kind === 'unit'
        ? { kind: 'unit' as const, id: UnitIdSchema.parse(id) }
        : { kind: 'person' as const, id: PersonIdSchema.parse(id) },
    // Who helps has the lead's deadline until another is given (NĐ 30 Đ23: a deadline for each).
    dueOn: form.due[to] ?? (form.lead === null ? null : (form.due[form.lead] ?? null)),
  };
}
