import { agencyAggregate, type Agency } from '#shared/directory/public.ts';
import { AppError, isBelow } from '#shared/kernel/public.ts';
import type { Desk } from '../../../store/desk.ts';
import { readState } from '../../../store/read-state.ts';

export type Policy = NonNullable<Agency['proof']>;

/** What the agency arranged; null where nothing is to be proven beyond the signatures themselves. */
export function proofPolicyOf({ db, agencyId }: Pick<Desk, 'db' | 'agencyId'>): Policy | null {
  const proof = readState(db, agencyAggregate, agencyId)?.proof ?? null;
  return proof !== null && isBelow('B-B', proof.level) ? proof : null;
}

export function mustHaveService(desk: Pick<Desk, 'db' | 'agencyId'>): Policy {
  const policy = proofPolicyOf(desk);
  if (policy === null) throw new AppError('signing.no-service-named');
  return policy;
}
