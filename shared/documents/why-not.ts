import { refuse, type PersonId, type Refusal } from '../kernel/public.ts';
import type { Person } from '../directory/public.ts';
import { whyNotLocked } from './locks.ts';
import type { Incoming, OfficialDocument, Outgoing } from './model.ts';
import {
  incomingTransitions,
  nextState,
  outgoingTransitions,
  type IncomingEvent,
  type OutgoingEvent,
} from './transitions.ts';

/**
 * Why a person may not do something to a document now. The same answer greys the button, guards the command and
 * writes the sentence (`design.md` 2.6).
 */
export function whyNotIncoming(document: OfficialDocument | null, event: IncomingEvent): Refusal | null {
  if (document === null) return refuse('documents.unknown');
  if (document.direction !== 'incoming') return refuse('documents.not-incoming');
  if (nextState(incomingTransitions, document.state, event) !== null) return whyNotLocked(document, event);
  return refuse('documents.not-in-state', { state: `incoming.${document.state}` });
}

export function whyNotOutgoing(document: OfficialDocument | null, event: OutgoingEvent): Refusal | null {
  if (document === null) return refuse('documents.unknown');
  if (document.direction !== 'outgoing') return refuse('documents.not-outgoing');
  if (nextState(outgoingTransitions, document.state, event) !== null) return whyNotLocked(document, event);
  return refuse('documents.not-in-state', { state: `outgoing.${document.state}` });
}

export function whyNotClerk(actor: Person | null): Refusal | null {
  // NĐ 30 Đ32: the clerk keeps the registers, the numbers and the seal in person.
  return actor?.roles.includes('clerk') ? null : refuse('documents.only-clerk');
}

export function whyNotDrafter(document: Outgoing, actor: Person | null): Refusal | null {
  return actor?.id === document.drafter ? null : refuse('documents.only-drafter');
}

/** Who may write a draft's text: its drafter, and whom they named. */
export function writersOf({ drafter, coWriters = [] }: Outgoing): readonly PersonId[] {
  return [drafter, ...coWriters];
}

export function whyNotWriter(document: Outgoing, actor: Person | null): Refusal | null {
  return actor !== null && writersOf(document).includes(actor.id) ? null : refuse('documents.only-writers');
}

/** Narrows after `whyNotIncoming` answered null. */
export function asIncoming(document: OfficialDocument | null): Incoming {
  if (document?.direction !== 'incoming') throw new Error('Guarded before');
  return document;
}

/** Narrows after `whyNotOutgoing` answered null. */
export function asOutgoing(document: OfficialDocument | null): Outgoing {
  if (document?.direction !== 'outgoing') throw new Error('Guarded before');
  return document;
}
