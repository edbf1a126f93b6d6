import { z } from 'zod';
import {
  DelegationIdSchema,
  DocumentIdSchema,
  HashSchema,
  StepIdSchema,
  defineCommand,
  isRefusal,
  ref,
  refuse,
  type CommandContext,
  type DelegationId,
  type DocumentId,
  type Refusal,
  type States,
} from '../kernel/public.ts';
import {
  delegationAggregate,
  personAggregate,
  whyNotReceivePapers,
  recordsAbove,
  whyNotSignAs,
} from '../directory/public.ts';
import {
  DraftSummarySchema,
  StepSchema,
  StoredFileSchema,
  asOutgoing,
  currentStep,
  documentAggregate,
  whyNotDrafter,
  whyNotOutgoing,
  type CircuitStep,
  type Outgoing,
  type Step,
} from '../documents/public.ts';
import { whyNotStep, whyNotWithdraw } from './why-not.ts';

const reason = z.string().trim().min(1).max(1000);

type Asked = Readonly<{ states: States; ctx: CommandContext }>;

export const submit = defineCommand({
  name: 'workflow.submit',
  body: z.object({
    documentId: DocumentIdSchema,
    summary: DraftSummarySchema,
    file: StoredFileSchema,
    content: HashSchema,
    steps: z.array(StepSchema).min(1).max(20),
  }),
  reads: ({ documentId, steps }) => [
    ref('document', documentId),
    ...steps.map((step) => ref('person', step.person)),
    ...steps.flatMap((step) => (step.delegation ? [ref('delegation', step.delegation)] : [])),
  ],
  follows: recordsAbove,
  decide: ({ body: { documentId, ...submitted }, states, ctx }) => {
    const found = states.of(documentAggregate, documentId);
    const not =
      whyNotOutgoing(found, 'submit') ??
      whyNotDrafter(asOutgoing(found), states.of(personAggregate, ctx.actor)) ??
      whyNotCircuit(submitted.steps, submitted.summary.kind, { states, ctx });
    if (not !== null) return not;
    if (submitted.summary.subject === '') return refuse('drafting.no-subject');
    return [{ type: 'draftSubmitted', on: ref('document', documentId), body: submitted }];
  },
});

export const passStep = defineCommand({
  name: 'workflow.passStep',
  body: z.object({ documentId: DocumentIdSchema, stepId: StepIdSchema, words: z.string().trim().max(2000) }),
  reads: ({ documentId }) => [ref('document', documentId)],
  decide: ({ body: { documentId, stepId, words }, states, ctx }) => {
    const turn = takeTurn(documentId, stepId, { states, ctx });
    if (isRefusal(turn)) return turn;
    // Signing and initialling put bytes on the page; they have a command of their own.
    if (turn.step.kind === 'sign' || turn.step.kind === 'initials') {
      return refuse('workflow.step-needs-signature');
    }
    const { file } = turn.document;
    return [{ type: 'stepPassed', on: ref('document', documentId), body: { step: stepId, words, file } }];
  },
});

export const signStep = defineCommand({
  name: 'workflow.signStep',
  body: z.object({
    documentId: DocumentIdSchema,
    stepId: StepIdSchema,
    file: StoredFileSchema,
    /** The bytes the signature was put on; they must be the ones in circulation. */
    signedOver: HashSchema,
    /** The record the signer signs under, as the step says; it must still hold when the signature is recorded. */
    delegation: DelegationIdSchema.nullable(),
  }),
  reads: ({ documentId, delegation }) => [
    ref('document', documentId),
    ...(delegation ? [ref('delegation', delegation)] : []),
  ],
  follows: recordsAbove,
  decide: ({ body: { documentId, stepId, file, signedOver, delegation }, states, ctx }) => {
    const turn = takeTurn(documentId, stepId, { states, ctx });
    if (isRefusal(turn)) return turn;
    if (turn.document.file?.hash !== signedOver) return refuse('workflow.signed-other-bytes');
    const on = ref('document', documentId);
    if (turn.step.kind === 'initials') {
      return [{ type: 'stepPassed', on, body: { step: stepId, words: '', file } }];
    }
    if (turn.step.kind !== 'sign') return refuse('workflow.step-without-signature');
    if (turn.step.delegation !== delegation) return refuse('directory.unknown-delegation');
    const not = whyNotSigner(turn.step, turn.document.summary.kind, { states, ctx });
    if (not !== null) return not;
    return [{ type: 'draftSigned', on, body: { step: stepId, file, signedAt: ctx.recordedAt } }];
  },
});

export const returnDraft = defineCommand({
  name: 'workflow.returnDraft',
  body: z.object({
    documentId: DocumentIdSchema,
    stepId: StepIdSchema,
    /** An earlier step, or null for the drafter. */
    toStep: StepIdSchema.nullable(),
    reason,
  }),
  reads: ({ documentId }) => [ref('document', documentId)],
  decide: ({ body: { documentId, stepId, toStep, reason }, states, ctx }) => {
    const turn = takeTurn(documentId, stepId, { states, ctx });
    if (isRefusal(turn)) return turn;
    const on = ref('document', documentId);
    if (toStep === null) return [{ type: 'draftReturnedToDrafter', on, body: { step: stepId, reason } }];
    const order = turn.document.circuit.map((step) => step.id);
    const isEarlier = order.includes(toStep) && order.indexOf(toStep) < order.indexOf(stepId);
    if (!isEarlier) return refuse('workflow.not-an-earlier-step');
    return [{ type: 'draftReturned', on, body: { step: stepId, toStep, reason } }];
  },
});

export const withdraw = defineCommand({
  name: 'workflow.withdraw',
  body: z.object({ documentId: DocumentIdSchema, reason }),
  reads: ({ documentId }) => [ref('document', documentId)],
  decide: ({ body: { documentId, reason }, states, ctx }) =>
    whyNotWithdraw(states.of(documentAggregate, documentId), states.of(personAggregate, ctx.actor)) ?? [
      { type: 'draftWithdrawn', on: ref('document', documentId), body: { reason } },
    ],
});

/** Why a circuit may not start: nobody signs, somebody is gone, or the signer may not sign this (NĐ 30 Đ13). */
function whyNotCircuit(steps: readonly Step[], kind: string, { states, ctx }: Asked): Refusal | null {
  const signs = steps.filter((step) => step.kind === 'sign');
  const last = steps.at(-1);
  if (signs.length !== 1 || last?.kind !== 'sign') return refuse('workflow.one-signer-last');
  if (new Set(steps.map((step) => step.id)).size !== steps.length) return refuse('workflow.step-twice');
  for (const step of steps) {
    const not = whyNotReceivePapers(states.of(personAggregate, step.person));
    if (not !== null) return not;
  }
  return whyNotSigner(last, kind, { states, ctx });
}

function whyNotSigner(step: Step, kind: string, { states, ctx }: Asked): Refusal | null {
  const signer = states.of(personAggregate, step.person);
  if (signer === null) return refuse('directory.unknown-person');
  const delegation = step.delegation === null ? null : states.of(delegationAggregate, step.delegation);
  const delegationOf = (id: DelegationId) => states.of(delegationAggregate, id);
  return whyNotSignAs({
    signer,
    authority: step.authority,
    delegation,
    delegationOf,
    kind,
    at: ctx.recordedAt,
  });
}

function takeTurn(
  documentId: DocumentId,
  stepId: string,
  { states, ctx }: Asked,
): Refusal | Readonly<{ document: Outgoing; step: CircuitStep }> {
  const found = states.of(documentAggregate, documentId);
  const not = whyNotStep(found, states.of(personAggregate, ctx.actor));
  if (not !== null) return not;
  const document = asOutgoing(found);
  const step = currentStep(document.circuit);
  // A step that has moved on meanwhile is another turn: what was decided on is no longer there.
  return step?.id === stepId ? { document, step } : refuse('workflow.not-your-turn');
}
