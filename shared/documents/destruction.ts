import { AppError, refuse, writtenDay, type Refusal } from '../kernel/public.ts';
import type { DestructionAct } from './acts.ts';
import type { OfficialDocument } from './model.ts';
import { incomingTransitions, nextState, outgoingTransitions } from './transitions.ts';

export function evolveDestroyed(document: OfficialDocument | null, act: DestructionAct): OfficialDocument {
  if (document === null) throw new Error('Nothing was destroyed');
  const changed = { holder: null, locks: [], destroyed: act.body };
  if (document.direction === 'incoming') {
    const state = nextState(incomingTransitions, document.state, 'destroy');
    if (state === null) throw new Error(`No way from ${document.state} by destroy`);
    return { ...document, ...changed, state };
  }
  const state = nextState(outgoingTransitions, document.state, 'destroy');
  if (state === null) throw new Error(`No way from ${document.state} by destroy`);
  return { ...document, ...changed, state };
}

/** Why nobody reads a paper's bytes any more: they were destroyed, and by which decision. */
export function whyNotRead({ destroyed }: Pick<OfficialDocument, 'destroyed'>): Refusal | null {
  if (destroyed === undefined) return null;
  return refuse('documents.destroyed', { number: destroyed.number, day: writtenDay(destroyed.decidedOn) });
}

/** Throws the same, for whoever hands out bytes. */
export function mustBeKept(document: Pick<OfficialDocument, 'destroyed'>): void {
  const gone = whyNotRead(document);
  if (gone !== null) throw new AppError(gone.code, gone.params);
}
