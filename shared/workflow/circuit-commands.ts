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
  RecipientSchema,
  StepSchema,
  StoredFileSchema,
  asOutgoing,
  documentAggregate,
  openSteps,
  signedTogether,
  signersOf,
  whyNotClerk,
  whyNotDrafter,
  whyNotOutgoing,
  type CircuitStep,
  type Outgoing,
  type Step,
  type StoredFile,
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
    draft: StoredFileSchema.optional(),
    steps: z.array(StepSchema).min(1).max(20),
    recipients: z.array(RecipientSchema).max(500).optional(),
    copies: z.int().min(0).max(9999).optional(),
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
    if (turn.step.elsewhere !== undefined) return refuse('workflow.signed-elsewhere');
    if (turn.step.delegation !== delegation) return refuse('directory.unknown-delegation');
    const not = whyNotSigner(turn.step, turn.document.summary.kind, { states, ctx });
    if (not !== null) return not;
    return afterSignature(turn, file, ctx);
  },
});

/** The page comes back with the signature of another agency's leader on it; whoever brings it has looked at it. */
export const takeSigned = defineCommand({
  name: 'workflow.takeSigned',
  body: z.object({
    documentId: DocumentIdSchema,
    stepId: StepIdSchema,
    file: StoredFileSchema,
    signedOver: HashSchema,
  }),
  reads: ({ documentId }) => [ref('document', documentId)],
  decide: ({ body: { documentId, stepId, file, signedOver }, states, ctx }) => {
    const turn = takeTurn(documentId, stepId, { states, ctx });
    if (isRefusal(turn)) return turn;
    if (turn.step.elsewhere === undefined) return refuse('workflow.signed-here');
    if (turn.document.file?.hash !== signedOver) return refuse('workflow.signed-other-bytes');
    return afterSignature(turn, file, ctx);
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
    const { circuit } = turn.document;
    const [to, from] = [toStep, stepId].map((id) => circuit.findIndex((step) => step.id === id));
    const isEarlier = to !== undefined && from !== undefined && to < signedTogether(circuit, from).end;
    if (!isEarlier || circuit[to]?.outcome !== 'passed') return refuse('workflow.not-an-earlier-step');
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

/** What the clerk finds wrong on a signed page before it has its number goes back to its drafter (NĐ 30 Đ14). */
export const sendBack = defineCommand({
  name: 'workflow.sendBack',
  body: z.object({ documentId: DocumentIdSchema, reason }),
  reads: ({ documentId }) => [ref('document', documentId)],
  decide: ({ body: { documentId, reason }, states, ctx }) =>
    whyNotClerk(states.of(personAggregate, ctx.actor)) ??
    whyNotOutgoing(states.of(documentAggregate, documentId), 'sendBack') ?? [
      { type: 'signedSentBack', on: ref('document', documentId), body: { reason } },
    ],
});

/** The paper is signed when its last leader has signed; until then it goes on (NĐ 30 Đ15, Đ32: number and seal after). */
function afterSignature({ document, step }: Turn, file: StoredFile, ctx: CommandContext) {
  const on = ref('document', document.id);
  const isLast = signersOf(document.circuit).every(
    ({ id, outcome }) => id === step.id || outcome === 'passed',
  );
  return isLast
    ? [{ type: 'draftSigned' as const, on, body: { step: step.id, file, signedAt: ctx.recordedAt } }]
    : [{ type: 'stepPassed' as const, on, body: { step: step.id, words: '', file } }];
}

/** Why a circuit may not start: nobody signs, somebody is gone, or a signer may not sign this (NĐ 30 Đ13). */
function whyNotCircuit(steps: readonly Step[], kind: string, { states, ctx }: Asked): Refusal | null {
  if (new Set(steps.map((step) => step.id)).size !== steps.length) return refuse('workflow.step-twice');
  const signers = signersOf(steps);
  const not = whyNotSigners(steps, signers);
  if (not !== null) return not;
  for (const step of steps) {
    const not = whyNotReceivePapers(states.of(personAggregate, step.person));
    if (not !== null) return not;
  }
  for (const signer of signers) {
    const not = whyNotSigner(signer, kind, { states, ctx });
    if (not !== null) return not;
  }
  return null;
}

/** Leaders come last, each in a block of their own; the first block is of this agency, which numbers and seals. */
function whyNotSigners(steps: readonly Step[], signers: readonly Step[]): Refusal | null {
  const last = steps.slice(-signers.length);
  const inOrder = signers.length > 0 && last.every(({ kind }) => kind === 'sign');
  if (!inOrder) return refuse('workflow.signers-last');
  if (signers.some(({ block = 1 }, place) => block !== place + 1)) return refuse('workflow.signature-blocks');
  if (signers[0]?.elsewhere !== undefined) return refuse('workflow.lead-signs-here');
  const here = signers.filter(({ elsewhere }) => elsewhere === undefined).map(({ person }) => person);
  return new Set(here).size === here.length ? null : refuse('workflow.signs-twice');
}

// NĐ 30 PL3 mẫu 1.9: beside the chair the secretary signs minutes, who needs no right to decide.
const attested = 'BB';

function whyNotSigner(step: Step, kind: string, { states, ctx }: Asked): Refusal | null {
  // What its leader may sign is for the other agency to say; this directory holds none of its records.
  if (step.elsewhere !== undefined) return null;
  if (kind === attested && (step.block ?? 1) > 1) return null;
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

type Turn = Readonly<{ document: Outgoing; step: CircuitStep }>;

function takeTurn(documentId: DocumentId, stepId: string, { states, ctx }: Asked): Refusal | Turn {
  const found = states.of(documentAggregate, documentId);
  const not = whyNotStep(found, states.of(personAggregate, ctx.actor));
  if (not !== null) return not;
  const document = asOutgoing(found);
  const step = openSteps(document.circuit).find(({ id, person }) => id === stepId && person === ctx.actor);
  // A step that has moved on meanwhile is another turn: what was decided on is no longer there.
  return step === undefined ? refuse('workflow.not-your-turn') : { document, step };
}
