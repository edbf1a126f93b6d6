import type { Directory } from '../directory/public.ts';
import type { Person, SigningWay } from '#shared/directory/public.ts';
import type { Step } from '#shared/documents/public.ts';
import type { CoSigner } from '#shared/drafting/public.ts';
import type { PersonId, StepId } from '#shared/kernel/public.ts';

/** One step as it is being arranged: somebody may still be missing. */
export type PlannedStep = Readonly<{
  id: StepId;
  kind: Step['kind'];
  person: PersonId | null;
  /** By which right the signer signs; null until one was chosen. */
  right: string | null;
  /** Which signature block of the page a signing step fills; 1 is the lead's. */
  block: number;
  together: boolean;
  elsewhere: Step['elsewhere'] | null;
}>;

/** A step as it was submitted before, to be arranged anew. */
export function plannedOf(step: Step): PlannedStep {
  const { id, kind, person, authority, delegation, block = 1, together = false, elsewhere = null } = step;
  return { id, kind, person, right: delegation ?? authority ?? null, block, together, elsewhere };
}

export function newStep(id: StepId, kind: Step['kind'], person: PersonId | null = null): PlannedStep {
  return { id, kind, person, right: null, block: 1, together: false, elsewhere: null };
}

/** A step as it is sent; null while somebody is missing. */
export function readyStep(step: PlannedStep, way: SigningWay | null): Step | null {
  const { id, kind, person, block, together, elsewhere } = step;
  if (person === null) return null;
  const right = { authority: way?.authority ?? null, delegation: way?.delegation ?? null };
  if (kind !== 'sign') return { id, kind, person, ...right };
  return {
    id,
    kind,
    person,
    ...right,
    ...(block > 1 ? { block } : {}),
    ...(together ? { together } : {}),
    ...(elsewhere === null ? {} : { elsewhere }),
  };
}

type Arranging = Readonly<{ drafter: Person; newStepId: () => StepId }>;

/**
 * A circuit in which every co-signer has a signing step of their own, after the lead's where it is new, and no other
 * step is bound to a block. Who brings another agency's signature back is the drafter, unless somebody else was named.
 */
export function withCoSigners(
  steps: readonly PlannedStep[],
  coSigners: readonly CoSigner[],
  { drafter, newStepId }: Arranging,
): readonly PlannedStep[] {
  const kept = steps.flatMap((step): PlannedStep[] => {
    const one = step.kind === 'sign' && step.block > 1 ? coSigners[step.block - 2] : null;
    if (one === undefined) return [];
    return [one === null ? step : { ...step, ...signerOf(one, step.person ?? drafter.id) }];
  });
  const added = coSigners.flatMap((one, place): PlannedStep[] => {
    const block = place + 2;
    if (kept.some((step) => step.kind === 'sign' && step.block === block)) return [];
    return [{ ...newStep(newStepId(), 'sign'), block, ...signerOf(one, drafter.id) }];
  });
  return [...kept, ...added];
}

function signerOf(one: CoSigner, carrier: PersonId): Pick<PlannedStep, 'person' | 'elsewhere'> {
  if (one.kind === 'here') return { person: one.person, elsewhere: null };
  return { person: carrier, elsewhere: { agency: one.agency.trim(), name: one.name.trim() } };
}

/** The usual way: the drafter's own head, the chief of the office, then the leader signs; nobody checks their own work. */
export function usualSteps(
  { people }: Pick<Directory, 'people'>,
  drafter: Person,
  newStepId: () => StepId,
): readonly PlannedStep[] {
  const here = people.filter(({ active, id }) => active && id !== drafter.id);
  const head = here.find(({ roles, unit }) => unit === drafter.unit && roles.includes('unit-head'));
  const chief = here.find(({ roles, id }) => roles.includes('chief') && id !== head?.id);
  const leader = people.find(
    ({ active, roles, rank }) => active && rank === 'head' && roles.includes('leader'),
  );
  const step = (kind: Step['kind'], person: PersonId | null) => newStep(newStepId(), kind, person);
  return [
    ...(head === undefined ? [] : [step('visa', head.id)]),
    ...(chief === undefined ? [] : [step('opinion', chief.id)]),
    step('sign', leader?.id ?? null),
  ];
}
