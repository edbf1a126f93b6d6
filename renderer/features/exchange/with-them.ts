import type { Consignment } from '#shared/exchange/public.ts';
import type { AgencyId } from '#shared/kernel/public.ts';

/** States after which the paper may go to the same agency once more, and the one from which it still has to go. */
const mayGo: ReadonlySet<Consignment['state']> = new Set(['prepared', 'refused', 'withdrawn', 'expired']);

/** The agencies a paper is with already, or on its way to. */
export function withThem(consignments: readonly Consignment[]): ReadonlySet<AgencyId> {
  return new Set(consignments.filter(({ state }) => !mayGo.has(state)).map(({ to }) => to));
}
