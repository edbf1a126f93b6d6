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
  | ActOf<'leasingArranged', { leasing: Leasing | null; arrangedBy: PersonId }>
  | ActOf<'identityArranged', { identity: IdentityPolicy | null }>;

export type UnitAct = ActOf<'unitDescribed', UnitDetails>;

export type PersonAct =
  | ActOf<'personDescribed', PersonDetails>
  | ActOf<'personCertified', { certificate: string }>
  | ActOf<'personIdentified', { identifier: Hash | null }>
  | ActOf<'personLeft', { reason: string }>
  | ActOf<'personReturned', { reason: string }>;

export type DelegationAct =
  | ActOf<'authorityDelegated', DelegationDetails & { parentId?: DelegationId | null }>
  | ActOf<'delegationRevoked', { reason: string; revokedAt: Instant }>;

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
      case 'personDescribed':
        return {
          ...(state ?? { certificate: null, active: true }),
          ...act.body,
          id: act.on.id as PersonId,
        };
      case 'personCertified':
        return { ...known(state), certificate: act.body.certificate };
      case 'personIdentified':
        return { ...known(state), identifier: act.body.identifier };
      case 'personLeft':
        return { ...known(state), active: false };
      case 'personReturned':
        return { ...known(state), active: true };
      default:
        return assertNever(act);
    }
  },
};

export const delegationAggregate: Aggregate<Delegation, DelegationAct> = {
  kind: 'delegation',
  evolve(state, act) {
    switch (act.type) {
      case 'authorityDelegated':
        return {
          ...act.body,
          parentId: act.body.parentId ?? null,
          id: act.on.id as DelegationId,
          revokedAt: null,
        };
      case 'delegationRevoked':
        return { ...known(state), revokedAt: act.body.revokedAt };
      default:
        return assertNever(act);
    }
  },
};

function known<State>(state: State | null): State {
  if (state === null) throw new Error('An act happened to something that was never made');
  return state;
}
