import { refuse, type PersonId, type Refusal } from '../kernel/public.ts';

/** Four eyes: neither whoever made the change nor whoever gained by it says that it was meant. */
export function whyNotConfirm(actor: PersonId, whose: PersonId | null, by: PersonId | null): Refusal | null {
  return actor === by || actor === whose ? refuse('directory.confirm-own') : null;
}
