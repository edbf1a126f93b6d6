import type { DelegationId, Instant, PersonId, Refusal } from '../kernel/public.ts';
import { whyNotSignAs } from './authority.ts';
import type { Agency, Authority, Delegation, Person } from './model.ts';

/** A way a person may sign: in their own right, for the collective, or under a delegation (NĐ 30 Đ13). */
export type SigningWay = Readonly<{
  id: string;
  authority: Authority | null;
  delegation: DelegationId | null;
  /** Number of the paper that gives the right. */
  source: string | null;
  from: PersonId | null;
  refusal: Refusal | null;
}>;

type Given = Readonly<{ own: Pick<Agency, 'collective'> | null; delegations: readonly Delegation[] }>;

/** The ways one person may be asked to sign a paper of a kind, the ones that hold first. */
export function waysOf(
  directory: Given,
  signer: Person,
  asked: Readonly<{ kind: string; at: Instant }>,
): readonly SigningWay[] {
  const own: Authority | null = (directory.own?.collective ?? null) === null ? null : 'TM.';
  const delegationOf = (id: DelegationId) => directory.delegations.find((one) => one.id === id) ?? null;
  const inOwnRight: SigningWay = {
    id: own ?? 'own',
    authority: own,
    delegation: null,
    source: null,
    from: null,
    refusal: whyNotSignAs({ signer, authority: own, delegation: null, delegationOf, ...asked }),
  };
  const given = directory.delegations
    .filter(({ to, revokedAt }) => to === signer.id && revokedAt === null)
    .map((delegation): SigningWay => ({
      id: delegation.id,
      authority: delegation.authority,
      delegation: delegation.id,
      source: delegation.source,
      from: delegation.from,
      refusal: whyNotSignAs({
        signer,
        authority: delegation.authority,
        delegation,
        delegationOf,
        ...asked,
      }),
    }));
  return [inOwnRight, ...given].toSorted((a, b) => Number(a.refusal !== null) - Number(b.refusal !== null));
}
