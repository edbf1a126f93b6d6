import { whyNotCall, type Person } from '#shared/directory/public.ts';
import {
  openSteps,
  whyNotClerk,
  whyNotDrafter,
  whyNotOutgoing,
  whyNotWriter,
  type CircuitStep,
  type Outgoing,
} from '#shared/documents/public.ts';
import type { PersonId, Refusal } from '#shared/kernel/public.ts';
import { whyNotStep, whyNotWithdraw } from '#shared/workflow/public.ts';

export type CircuitOfferId =
  | 'edit'
  | 'abandon'
  | 'opinion'
  | 'visa'
  | 'initials'
  | 'sign'
  | 'bring'
  | 'return'
  | 'withdraw'
  | 'sendBack'
  | 'issueWhole'
  | 'number'
  | 'seal'
  | 'issue';

export type CircuitOffer = Readonly<{
  id: CircuitOfferId;
  step: CircuitStep | null;
  refusal: Refusal | null;
  /** Who can do what this person cannot: a person, or whoever is a clerk. */
  whoCan: PersonId | 'clerk' | null;
}>;

/** What may be done to a paper of ours where it stands, the likeliest first; each with why not, if not. */
export function circuitOffers(document: Outgoing, me: Person): readonly CircuitOffer[] {
  switch (document.state) {
    case 'draft':
      return draftOffers(document, me);
    case 'circulating':
      return turnOffers(document, me);
    case 'signed':
    case 'numbered':
    case 'sealed':
      return clerkOffers(document, me);
    case 'issued':
    case 'recalled':
    case 'replaced':
    case 'abandoned':
    case 'destroyed':
      return [];
  }
}

function draftOffers(document: Outgoing, me: Person): readonly CircuitOffer[] {
  const refusal = whyNotWriter(document, me);
  const whoCan = refusal === null ? null : document.drafter;
  const edit: CircuitOffer = { id: 'edit', step: null, refusal, whoCan };
  // Only the drafter may give it up; others need not read about it.
  return whyNotDrafter(document, me) === null ? [edit, { ...edit, id: 'abandon' }] : [edit];
}

function turnOffers(document: Outgoing, me: Person): readonly CircuitOffer[] {
  const open = openSteps(document.circuit);
  const step = open.find(({ person }) => person === me.id) ?? open[0] ?? null;
  const refusal = whyNotStep(document, me);
  const whoCan = refusal === null ? null : (step?.person ?? null);
  const turn: readonly CircuitOffer[] =
    step === null
      ? []
      : [
          { id: step.elsewhere === undefined ? step.kind : 'bring', step, refusal, whoCan },
          { id: 'return', step, refusal, whoCan },
        ];
  const isDrafter = document.drafter === me.id;
  const withdraw: CircuitOffer = {
    id: 'withdraw',
    step: null,
    refusal: whyNotWithdraw(document, me),
    whoCan: isDrafter ? null : document.drafter,
  };
  if (!isDrafter) return turn;
  // Waiting for others, the drafter's own act comes first.
  return refusal === null ? [...turn, withdraw] : [withdraw, ...turn];
}

const clerkActs = { signed: 'number', numbered: 'seal', sealed: 'issue' } as const;
const calls = { number: 'documents.number', seal: 'workflow.sealFile', issue: 'documents.issue' } as const;

function clerkOffers(document: Outgoing, me: Person): readonly CircuitOffer[] {
  if (document.state !== 'signed' && document.state !== 'numbered' && document.state !== 'sealed') return [];
  const act = clerkActs[document.state];
  const notClerk = whyNotClerk(me);
  const refusal = notClerk ?? whyNotCall(calls[act], me) ?? whyNotOutgoing(document, act);
  const offer: CircuitOffer = { id: act, step: null, refusal, whoCan: notClerk === null ? null : 'clerk' };
  if (act === 'issue' || notClerk !== null) return [offer];
  const back: CircuitOffer = { ...offer, id: 'sendBack', refusal: null };
  return [{ ...offer, id: 'issueWhole' }, offer, ...(act === 'number' ? [back] : [])];
}
