import type { Directory } from '../directory/public.ts';
import { whyNotSignAs, type Authority, type Person } from '#shared/directory/public.ts';
import type { Step } from '#shared/documents/public.ts';
import type { DelegationId, Instant, PersonId, Refusal, StepId } from '#shared/kernel/public.ts';

/** One step as it is being arranged: somebody may still be missing. */
export type PlannedStep = Readonly<{
  id: StepId;
  kind: Step['kind'];
  person: PersonId | null;
  /** By which right the signer signs; null until one was chosen. */
  right: string | null;
}>;

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

type People = Pick<Directory, 'people' | 'delegations' | 'own'>;

/** The ways one person may be asked to sign a paper of a kind, the ones that hold first. */
export function waysOf(
  directory: People,
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
  const step = (kind: Step['kind'], person: PersonId | null): PlannedStep => ({
    id: newStepId(),
    kind,
    person,
    right: null,
  });
  return [
    ...(head === undefined ? [] : [step('visa', head.id)]),
    ...(chief === undefined ? [] : [step('opinion', chief.id)]),
    step('sign', leader?.id ?? null),
  ];
}
