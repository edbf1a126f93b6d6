import {
  assertNever,
  type Act,
  type Aggregate,
  type AgencyId,
  type Hash,
  type Instant,
} from '../kernel/public.ts';
import type { DelegationId, PersonId, UnitId } from '../kernel/public.ts';
import type {
  Agency,
  AgencyDetails,
  Delegation,
  DelegationDetails,
  IdentityPolicy,
  Leasing,
  Person,
  PersonDetails,
  ProofPolicy,
  Stamping,
  TrustedRoot,
  Unit,
  UnitDetails,
} from './model.ts';

type ActOf<Type extends string, Body> = Readonly<{ type: Type; on: Act['on']; body: Body }>;

export type AgencyAct =
  | ActOf<'agencyDescribed', AgencyDetails>
  | ActOf<'agencyCertified', { rootCertificate?: string; sealCertificate?: string }>
  | ActOf<'rootTrusted', TrustedRoot>
  | ActOf<'rootDistrusted', { fingerprint: Hash; reason: string }>
  | ActOf<'proofArranged', { proof: ProofPolicy | null; arrangedBy: PersonId }>
  | ActOf<'stampingArranged', { stamping: Stamping }>
  | ActOf<'leasingArranged', { leasing: Leasing | null; arrangedBy: PersonId }>
  | ActOf<'identityArranged', { identity: IdentityPolicy | null }>;

export type UnitAct = ActOf<'unitDescribed', UnitDetails>;

/** Who did it; the acts of older versions do not say, and what they changed waits for nobody. */
type Changed = Readonly<{ by?: PersonId }>;

export type PersonAct =
  | ActOf<'personDescribed', PersonDetails & Changed>
  | ActOf<'personCertified', { certificate: string }>
  | ActOf<'personIdentified', { identifier: Hash | null }>
  | ActOf<'personLeft', Readonly<{ reason: string }> & Changed>
  | ActOf<'personReturned', Readonly<{ reason: string }> & Changed>
  | ActOf<'personRightsConfirmed', { by: PersonId }>;

export type DelegationAct =
  | ActOf<'authorityDelegated', DelegationDetails & { parentId?: DelegationId | null } & Changed>
  | ActOf<'delegationRevoked', Readonly<{ reason: string; revokedAt: Instant }> & Changed>
  | ActOf<'delegationConfirmed', { by: PersonId }>;

const nothingElse = {
  rootCertificate: null,
  sealCertificate: null,
  trustedRoots: [],
  proof: null,
  identity: null,
  closedOn: null,
  successor: null,
};

export const agencyAggregate: Aggregate<Agency, AgencyAct> = {
  kind: 'agency',
  evolve(state, act) {
    switch (act.type) {
      case 'agencyDescribed':
        return {
          ...(state ?? nothingElse),
          ...act.body,
          id: act.on.id as AgencyId,
        };
      case 'agencyCertified':
        return { ...known(state), ...act.body };
      case 'rootTrusted': {
        const before = known(state);
        return { ...before, trustedRoots: [...before.trustedRoots, act.body] };
      }
      case 'rootDistrusted': {
        const before = known(state);
        const trustedRoots = before.trustedRoots.filter(
          ({ fingerprint }) => fingerprint !== act.body.fingerprint,
        );
        return { ...before, trustedRoots };
      }
      case 'identityArranged':
        return { ...known(state), identity: act.body.identity };
      case 'proofArranged': {
        const { proof, arrangedBy } = act.body;
        return { ...known(state), proof: proof === null ? null : { ...proof, arrangedBy } };
      }
      case 'stampingArranged':
        return { ...known(state), stamping: act.body.stamping };
      case 'leasingArranged': {
        const { leasing, arrangedBy } = act.body;
        return { ...known(state), leasing: leasing === null ? null : { ...leasing, arrangedBy } };
      }
      default:
        return assertNever(act);
    }
  },
};

export const unitAggregate: Aggregate<Unit, UnitAct> = {
  kind: 'unit',
  evolve: (_state, act) => ({ ...act.body, id: act.on.id as UnitId }),
};

export const personAggregate: Aggregate<Person, PersonAct> = {
  kind: 'person',
  evolve(state, act) {
    switch (act.type) {
      case 'personDescribed': {
        const { by, ...details } = act.body;
        return {
          ...(state ?? { certificate: null, active: true }),
          ...details,
          ...(mayMore(state, details) ? waiting(by) : {}),
          id: act.on.id as PersonId,
        };
      }
      case 'personCertified':
        return { ...known(state), certificate: act.body.certificate };
      case 'personIdentified':
        return { ...known(state), identifier: act.body.identifier };
      case 'personLeft':
        return { ...known(state), active: false, ...waiting(act.body.by) };
      case 'personReturned':
        return { ...known(state), active: true, ...waiting(act.body.by) };
      case 'personRightsConfirmed':
        return { ...known(state), unconfirmed: null };
      default:
        return assertNever(act);
    }
  },
};

export const delegationAggregate: Aggregate<Delegation, DelegationAct> = {
  kind: 'delegation',
  evolve(state, act) {
    switch (act.type) {
      case 'authorityDelegated': {
        const { by, parentId = null, ...details } = act.body;
        return { ...details, parentId, id: act.on.id as DelegationId, revokedAt: null, ...waiting(by) };
      }
      case 'delegationRevoked':
        return { ...known(state), revokedAt: act.body.revokedAt, ...waiting(act.body.by) };
      case 'delegationConfirmed':
        return { ...known(state), unconfirmed: null };
      default:
        return assertNever(act);
    }
  },
};

/** Roles and unit say what somebody may read and do; a new name or post changes nothing of that. */
function mayMore(before: Person | null, { roles, unit }: PersonDetails): boolean {
  return (
    before === null || before.unit !== unit || before.roles.toSorted().join() !== roles.toSorted().join()
  );
}

function waiting(by: PersonId | undefined): Pick<Person, 'unconfirmed'> {
  return by === undefined ? {} : { unconfirmed: { by } };
}

function known<State>(state: State | null): State {
  if (state === null) throw new Error('An act happened to something that was never made');
  return state;
}
