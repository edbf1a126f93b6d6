import { signersOf, type Step } from '../documents/public.ts';
import { refuse, type Refusal } from '../kernel/public.ts';
import type { CoSigner } from './working-draft.ts';

/**
 * Why a draft may not be submitted with these co-signers: one is not named in full, or the signing steps are not
 * theirs. Each has a step of their own, bound to their block on the page; the first block is the lead's.
 */
export function whyNotCoSigners(coSigners: readonly CoSigner[], steps: readonly Step[]): Refusal | null {
  const signers = signersOf(steps);
  for (const [place, one] of coSigners.entries()) {
    if (!isNamed(one)) {
      return refuse(one.kind === 'here' ? 'drafting.no-co-signer' : 'drafting.co-signer-unnamed');
    }
    const step = signers.find(({ block }) => block === place + 2);
    if (step === undefined || !isTheirs(step, one)) return refuse('workflow.signature-blocks');
  }
  return signers.length > coSigners.length + 1 ? refuse('workflow.signature-blocks') : null;
}

/** A leader of another agency is told in words: agency, post, name, and whose right it is when they sign for another. */
function isNamed(one: CoSigner): boolean {
  if (one.kind === 'here') return one.person !== null;
  const needed = [one.agency, one.post, one.name, ...(one.authority === null ? [] : [one.of])];
  return needed.every((words) => words.trim() !== '');
}

function isTheirs(step: Step, one: CoSigner): boolean {
  if (one.kind === 'here') return step.person === one.person && step.elsewhere === undefined;
  return step.elsewhere?.name === one.name.trim() && step.elsewhere.agency === one.agency.trim();
}
