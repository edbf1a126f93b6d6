import { assertNever, type DocumentId, type PersonId, type StepId } from '../kernel/public.ts';
import type { OutgoingAct } from './acts.ts';
import { currentStep, signedTogether } from './circuit.ts';
import type {
  CircuitStep,
  Holder,
  Lineage,
  OfficialDocument,
  Outgoing,
  StoredFile,
  Version,
} from './model.ts';
import { nextState, outgoingTransitions, type OutgoingEvent } from './transitions.ts';

const clerk: Holder = { kind: 'role', role: 'clerk' };

export function evolveOutgoing(before: OfficialDocument | null, act: OutgoingAct): Outgoing {
  if (act.type === 'draftStarted') {
    const { drafter, unit, summary, repliesTo } = act.body;
    return {
      id: act.on.id as DocumentId,
      direction: 'outgoing',
      state: 'draft',
      holder: { kind: 'person', id: drafter },
      people: [drafter],
      units: [unit],
      certifiedCopies: [],
      drafter,
      unit,
      summary,
      attachments: [],
      sealedAttachments: [],
      proofs: [],
      repliesTo,
      versions: [],
      circuit: [],
      file: null,
      returnedBecause: null,
      signedAt: null,
      number: null,
      recipients: [],
      copies: 0,
    };
  }
  return evolveKnown(outgoing(before), act);
}

type LaterAct = Exclude<OutgoingAct, { type: 'draftStarted' }>;

function evolveKnown(document: Outgoing, act: LaterAct): Outgoing {
  switch (act.type) {
    case 'draftDescribed':
      return { ...to(document, 'describe'), summary: act.body.summary };
    case 'coWritersNamed':
      return {
        ...to(document, 'describe'),
        coWriters: act.body.people,
        // Who has read it goes on reading it.
        people: [...new Set<PersonId>([...document.people, ...act.body.people])],
      };
    case 'attachmentAdded':
      return { ...to(document, 'describe'), attachments: [...document.attachments, act.body.file] };
    case 'attachmentRemoved':
      return {
        ...to(document, 'describe'),
        attachments: document.attachments.filter((file) => file.hash !== act.body.hash),
      };
    case 'draftAbandoned':
      return { ...to(document, 'abandon'), holder: null };
    case 'draftSubmitted':
      return submitted(document, act);
    case 'stepPassed':
      return passed(to(document, 'pass'), act.body);
    case 'draftReturned':
      return returned(to(document, 'return'), act.body);
    case 'draftReturnedToDrafter':
      return returnedToDrafter(to(document, 'returnToDrafter'), act.body);
    case 'draftWithdrawn':
      return backToDrafter(to(document, 'withdraw'), 'withdrawn');
    case 'signedSentBack':
      return {
        ...backToDrafter(to(document, 'sendBack'), 'returned'),
        returnedBecause: act.body.reason,
        signedAt: null,
      };
    default:
      return evolveSigned(document, act);
  }
}

type SignedAct = Extract<
  LaterAct,
  {
    type:
      | 'draftSigned'
      | 'documentNumbered'
      | 'documentSealed'
      | 'documentIssued'
      | 'outgoingNoted'
      | 'documentDispatched'
      | 'documentRecalled'
      | 'documentSucceeded';
  }
>;

function evolveSigned(document: Outgoing, act: SignedAct): Outgoing {
  switch (act.type) {
    case 'draftSigned':
      return {
        ...passed(to(document, 'sign'), { ...act.body, words: '' }),
        versions: endVersion(document, 'signed'),
        signedAt: act.body.signedAt,
        holder: clerk,
      };
    case 'documentNumbered':
      return { ...to(document, 'number'), number: act.body };
    case 'documentSealed':
      return { ...to(document, 'seal'), file: act.body.file, sealedAttachments: act.body.attachments };
    case 'documentIssued':
      return {
        ...to(document, 'issue'),
        recipients: act.body.recipients,
        copies: act.body.copies,
        holder: null,
      };
    case 'outgoingNoted':
      return { ...to(document, 'note'), note: act.body.note };
    case 'documentDispatched':
      return {
        ...to(document, 'dispatch'),
        consignments: [...(document.consignments ?? []), ...act.body.consignments],
      };
    case 'documentRecalled':
      return { ...to(document, 'recall'), recalledBecause: act.body.reason };
    case 'documentSucceeded':
      return { ...to(document, succession[act.body.how]), lineage: [...(document.lineage ?? []), act.body] };
    default:
      return assertNever(act);
  }
}

const succession = {
  replaces: 'succeed',
  corrects: 'succeed',
  'replaced-by': 'replace',
  'corrected-by': 'correct',
} as const satisfies Record<Lineage['how'], OutgoingEvent>;

function submitted(document: Outgoing, act: LaterAct & { type: 'draftSubmitted' }): Outgoing {
  const { summary, file, content, draft, steps, recipients, copies } = act.body;
  const circuit = steps.map((step): CircuitStep => ({
    ...step,
    outcome: 'waiting',
    words: null,
    fileAfter: null,
  }));
  const version: Version = { n: document.versions.length + 1, file, content, draft, ended: 'open' };
  return {
    ...to(document, 'submit'),
    summary,
    file,
    circuit,
    versions: [...document.versions, version],
    // What the writer said of them is not typed again when it goes out.
    recipients: recipients ?? document.recipients,
    copies: copies ?? document.copies,
    returnedBecause: null,
    holder: holderOf(circuit),
    people: [...new Set<PersonId>([...document.people, ...steps.map((step) => step.person)])],
  };
}

function passed(document: Outgoing, done: { step: StepId; words: string; file: StoredFile }): Outgoing {
  const circuit = document.circuit.map((step) =>
    step.id === done.step
      ? { ...step, outcome: 'passed' as const, words: done.words, fileAfter: done.file }
      : step,
  );
  return { ...document, circuit, file: done.file, holder: holderOf(circuit) };
}

function returned(document: Outgoing, act: { step: StepId; toStep: StepId; reason: string }): Outgoing {
  // Who signed in any order with the step signed on top of each other: their signatures go together.
  const place = document.circuit.findIndex((step) => step.id === act.toStep);
  const target = signedTogether(document.circuit, place).start;
  const circuit = document.circuit.map((step, index): CircuitStep => {
    const words = step.id === act.step ? act.reason : step.words;
    if (index < target) return step;
    return { ...step, outcome: step.id === act.step ? 'returned' : 'waiting', words, fileAfter: null };
  });
  // Signatures put on after the step we go back to stay with the bytes they were put on (`design.md` 13).
  const file = document.circuit[target - 1]?.fileAfter ?? document.versions.at(-1)?.file ?? null;
  return { ...document, circuit, file, returnedBecause: act.reason, holder: holderOf(circuit) };
}

function returnedToDrafter(document: Outgoing, act: { step: StepId; reason: string }): Outgoing {
  const circuit = document.circuit.map((step): CircuitStep =>
    step.id === act.step ? { ...step, outcome: 'returned', words: act.reason } : step,
  );
  return { ...backToDrafter({ ...document, circuit }, 'returned'), returnedBecause: act.reason };
}

function backToDrafter(document: Outgoing, ended: Version['ended']): Outgoing {
  return {
    ...document,
    versions: endVersion(document, ended),
    returnedBecause: null,
    file: null,
    holder: { kind: 'person', id: document.drafter },
  };
}

function holderOf(circuit: readonly CircuitStep[]): Holder {
  const step = currentStep(circuit);
  return step === null ? clerk : { kind: 'person', id: step.person };
}

function endVersion(document: Outgoing, ended: Version['ended']): Version[] {
  return document.versions.map((version, index) =>
    index === document.versions.length - 1 ? { ...version, ended } : version,
  );
}

function to(document: Outgoing, event: OutgoingEvent): Outgoing {
  const state = nextState(outgoingTransitions, document.state, event);
  if (state === null) throw new Error(`No way from ${document.state} by ${event}`);
  return { ...document, state };
}

function outgoing(document: OfficialDocument | null): Outgoing {
  if (document?.direction !== 'outgoing') throw new Error('Not a document of our own');
  return document;
}
