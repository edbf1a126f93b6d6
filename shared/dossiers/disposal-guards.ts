import { refuse, type Refusal } from '../kernel/public.ts';
import { locksOf, whyNotIncoming, whyNotOutgoing, type OfficialDocument } from '../documents/public.ts';
import type { Dossier } from './model.ts';
import { whyNotFrozen, whyNotHeld } from './why-not.ts';

/** Where a file may be destroyed from: its work is over, and nobody has it open or on the way. */
export const ripeStates: readonly Dossier['state'][] = ['closed', 'archived'];

export function isRipe({ state }: Pick<Dossier, 'state'>): boolean {
  return ripeStates.includes(state);
}

/** A case that holds a file, or a freeze, stops its destruction. */
export function whyNotDestroyed(files: readonly Dossier[]): Refusal | null {
  for (const file of files) {
    const stays = whyNotHeld(file) ?? whyNotFrozen(file);
    if (stays !== null) return stays;
  }
  return null;
}

/** The same for a single paper that is frozen, or held with another file; and for one that work still goes on with. */
export function whyNotDestroyedPaper(paper: OfficialDocument): Refusal | null {
  const lock = locksOf(paper).find(({ kind }) => kind !== 'closed');
  if (lock !== undefined) return refuse('disposals.paper-locked', { name: lock.name, reason: lock.reason });
  return paper.direction === 'incoming' ? whyNotIncoming(paper, 'destroy') : whyNotOutgoing(paper, 'destroy');
}
