import type { Verdict } from '#shared/kernel/public.ts';
import type { Proof } from '../../ui/marks.tsx';

/** Doubt is never green (`ui.md`): only a verdict of valid is proven. */
const proofs: Readonly<Record<Verdict, Proof>> = {
  valid: 'proven',
  invalid: 'broken',
  indeterminate: 'unclear',
  unsigned: 'unclear',
};

/** How a verdict is marked. */
export function proofOf(verdict: Verdict): Proof {
  return proofs[verdict];
}
