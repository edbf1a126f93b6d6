import type { CopyAct } from './acts.ts';
import type { CertifiedCopy, OfficialDocument } from './model.ts';
import { incomingTransitions, nextState, outgoingTransitions } from './transitions.ts';

/** A copy is added, or no longer counts; the paper itself stays where it is. */
export function evolveCopies(document: OfficialDocument | null, act: CopyAct): OfficialDocument {
  if (document === null || !mayHaveCopies(document)) throw new Error('Not a document that is copied');
  if (act.type === 'copyMade') {
    const made: CertifiedCopy = { ...act.body, voidedBecause: null };
    return { ...document, certifiedCopies: [...document.certifiedCopies, made] };
  }
  const { number, year, reason } = act.body;
  return {
    ...document,
    certifiedCopies: document.certifiedCopies.map((copy) =>
      copy.number === number && copy.year === year ? { ...copy, voidedBecause: reason } : copy,
    ),
  };
}

function mayHaveCopies(document: OfficialDocument): boolean {
  return document.direction === 'incoming'
    ? nextState(incomingTransitions, document.state, 'copy') !== null
    : nextState(outgoingTransitions, document.state, 'copy') !== null;
}
