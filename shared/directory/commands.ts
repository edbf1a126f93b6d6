import { z } from 'zod';
import {
  AgencyIdSchema,
  DelegationIdSchema,
  HashSchema,
  PersonIdSchema,
  UnitIdSchema,
  defineCommand,
  ref,
  refuse,
  type DelegationId,
  type States,
  type UnitId,
} from '../kernel/public.ts';
import { agencyAggregate, delegationAggregate, personAggregate, unitAggregate } from './aggregates.ts';
import {
  AgencyDetailsSchema,
  DelegationDetailsSchema,
  IdentityPolicySchema,
  LeasingSchema,
  PersonDetailsSchema,
  ProofPolicySchema,
  StampingSchema,
  UnitDetailsSchema,
  type DelegationDetails,
} from './model.ts';
import { whyNotConfirm } from './why-not-confirm.ts';

const base64 = z.base64().max(20_000);
const reason = z.string().trim().min(1).max(500);

/** Sets an agency up on its own desk: itself, a first unit, and the administrator who is the actor. Once only. */
export const found = defineCommand({
  name: 'directory.found',
  body: z.object({
    agency: AgencyDetailsSchema,
    unitId: UnitIdSchema,
    unit: UnitDetailsSchema,
    administrator: PersonDetailsSchema,
  }),
  reads: ({ unitId }) => [ref('unit', unitId)],
  decide: ({ body: { agency, unitId, unit, administrator }, states, ctx }) => {
    if (states.of(agencyAggregate, ctx.agencyId) !== null) return refuse('directory.founded-already');
    if (!administrator.roles.includes('administrator') || administrator.unit !== unitId || !agency.own) {
      return refuse('directory.needs-administrator');
    }
    return [
      { type: 'agencyDescribed', on: ref('agency', ctx.agencyId), body: agency },
      { type: 'unitDescribed', on: ref('unit', unitId), body: unit },
      { type: 'personDescribed', on: ref('person', ctx.actor), body: administrator },
    ];
  },
});

export const describeAgency = defineCommand({
  name: 'directory.describeAgency',
  body: z.object({ agencyId: AgencyIdSchema, details: AgencyDetailsSchema }),
  reads: ({ agencyId }) => [ref('agency', agencyId)],
  decide: ({ body, ctx }) => {
    if (body.details.own !== (body.agencyId === ctx.agencyId)) return refuse('directory.own-agency');
    const bookIds = body.details.books.map((book) => book.id);
    if (body.details.own && bookIds.length === 0) return refuse('directory.no-book');
    if (new Set(bookIds).size !== bookIds.length) return refuse('directory.book-twice');
    if (body.details.codes.some(({ validFrom, validTo }) => validTo !== null && validTo < validFrom)) {
      return refuse('directory.dates-reversed');
    }
    return [{ type: 'agencyDescribed', on: ref('agency', body.agencyId), body: body.details }];
  },
});

export const certifyAgency = defineCommand({
  name: 'directory.certifyAgency',
  body: z.object({ agencyId: AgencyIdSchema, rootCertificate: base64, sealCertificate: base64 }),
  reads: ({ agencyId }) => [ref('agency', agencyId)],
  decide: ({ body: { agencyId, ...certificates }, states }) => {
    if (states.of(agencyAggregate, agencyId) === null) return refuse('directory.unknown-agency');
    return [{ type: 'agencyCertified', on: ref('agency', agencyId), body: certificates }];
  },
});

/** Believes an authority outside from now on. Not on the contract: the core reads the certificate and its fingerprint. */
export const trustRoot = defineCommand({
  name: 'directory.trustRoot',
  body: z.object({ fingerprint: HashSchema, certificate: base64 }),
  reads: (_body, ctx) => [ref('agency', ctx.agencyId)],
  decide: ({ body, states, ctx }) => {
    const agency = states.of(agencyAggregate, ctx.agencyId);
    if (agency === null) return refuse('directory.unknown-agency');
    if (agency.trustedRoots.some(({ fingerprint }) => fingerprint === body.fingerprint)) {
      return refuse('directory.root-trusted-already');
    }
    return [
      { type: 'rootTrusted', on: ref('agency', ctx.agencyId), body: { ...body, trustedBy: ctx.actor } },
    ];
  },
});

/** Believes it no longer, with a reason; what it proved is judged anew. */
export const distrustRoot = defineCommand({
  name: 'directory.distrustRoot',
  body: z.object({ fingerprint: HashSchema, reason }),
  reads: (_body, ctx) => [ref('agency', ctx.agencyId)],
  decide: ({ body, states, ctx }) => {
    const roots = states.of(agencyAggregate, ctx.agencyId)?.trustedRoots ?? [];
    if (!roots.some(({ fingerprint }) => fingerprint === body.fingerprint)) {
      return refuse('directory.root-not-trusted');
    }
    return [{ type: 'rootDistrusted', on: ref('agency', ctx.agencyId), body }];
  },
});

/** Names the time-stamping service and the level everything signed here is brought to; null asks nobody any more. */
export const arrangeProof = defineCommand({
  name: 'directory.arrangeProof',
  body: z.object({ proof: ProofPolicySchema.nullable() }),
  reads: (_body, ctx) => [ref('agency', ctx.agencyId)],
  decide: ({ body: { proof }, states, ctx }) => {
    if (states.of(agencyAggregate, ctx.agencyId) === null) return refuse('directory.unknown-agency');
    const body = { proof, arrangedBy: ctx.actor };
    return [{ type: 'proofArranged', on: ref('agency', ctx.agencyId), body }];
  },
});

/** Says how often the head of the log is stamped. */
export const arrangeStamping = defineCommand({
  name: 'directory.arrangeStamping',
  body: z.object({ stamping: StampingSchema }),
  reads: (_body, ctx) => [ref('agency', ctx.agencyId)],
  decide: ({ body, states, ctx }) => {
    if (states.of(agencyAggregate, ctx.agencyId) === null) return refuse('directory.unknown-agency');
    return [{ type: 'stampingArranged', on: ref('agency', ctx.agencyId), body }];
  },
});

/** Lets clerks' desks hold blocks of numbers, or no more of them: what is out already runs to its end. */
export const arrangeLeasing = defineCommand({
  name: 'directory.arrangeLeasing',
  body: z.object({ leasing: LeasingSchema.nullable() }),
  reads: (_body, ctx) => [ref('agency', ctx.agencyId)],
  decide: ({ body: { leasing }, states, ctx }) => {
    if (states.of(agencyAggregate, ctx.agencyId) === null) return refuse('directory.unknown-agency');
    const body = { leasing, arrangedBy: ctx.actor };
    return [{ type: 'leasingArranged', on: ref('agency', ctx.agencyId), body }];
  },
});

/** Lets people sign in by an identity provider too; null leaves their passphrases alone. */
export const arrangeIdentity = defineCommand({
  name: 'directory.arrangeIdentity',
  byServer: true,
  body: z.object({ identity: IdentityPolicySchema.nullable() }),
  reads: (_body, ctx) => [ref('agency', ctx.agencyId)],
  decide: ({ body, states, ctx }) => {
    if (states.of(agencyAggregate, ctx.agencyId) === null) return refuse('directory.unknown-agency');
    return [{ type: 'identityArranged', on: ref('agency', ctx.agencyId), body }];
  },
});

/** Notes by what number an identity provider knows somebody: its digest alone, since a log forgets nothing. */
export const identifyPerson = defineCommand({
  name: 'directory.identifyPerson',
  byServer: true,
  body: z.object({ personId: PersonIdSchema, identifier: HashSchema.nullable() }),
  reads: ({ personId }) => [ref('person', personId)],
  decide: ({ body: { personId, identifier }, states }) => {
    if (states.of(personAggregate, personId) === null) return refuse('directory.unknown-person');
    return [{ type: 'personIdentified', on: ref('person', personId), body: { identifier } }];
  },
});

export const describeUnit = defineCommand({
  name: 'directory.describeUnit',
  body: z.object({ unitId: UnitIdSchema, details: UnitDetailsSchema }),
  reads: ({ unitId, details }) => [
    ref('unit', unitId),
    ...(details.parent ? [ref('unit', details.parent)] : []),
  ],
  follows: ({ kind, id }, states) => {
    const above = kind === 'unit' ? (states.of(unitAggregate, id)?.parent ?? null) : null;
    return above === null ? [] : [ref('unit', above)];
  },
  decide: ({ body: { unitId, details }, states }) => {
    if (details.parent !== null && states.of(unitAggregate, details.parent) === null) {
      return refuse('directory.unknown-unit');
    }
    if (isUnder(details.parent, unitId, states)) return refuse('directory.unit-in-itself');
    if (details.validTo !== null && details.validTo < details.validFrom) {
      return refuse('directory.dates-reversed');
    }
    return [{ type: 'unitDescribed', on: ref('unit', unitId), body: details }];
  },
});

export const describePerson = defineCommand({
  name: 'directory.describePerson',
  body: z.object({ personId: PersonIdSchema, details: PersonDetailsSchema }),
  reads: ({ personId, details }) => [ref('person', personId), ref('unit', details.unit)],
  decide: ({ body: { personId, details }, states, ctx }) => {
    if (states.of(unitAggregate, details.unit) === null) return refuse('directory.unknown-unit');
    const before = states.of(personAggregate, personId);
    const losesAdministrator =
      before?.roles.includes('administrator') && !details.roles.includes('administrator');
    // Nobody locks themselves out of the directory.
    if (losesAdministrator && personId === ctx.actor) return refuse('directory.last-key');
    return [{ type: 'personDescribed', on: ref('person', personId), body: { ...details, by: ctx.actor } }];
  },
});

export const certifyPerson = defineCommand({
  name: 'directory.certifyPerson',
  body: z.object({ personId: PersonIdSchema, certificate: base64 }),
  reads: ({ personId }) => [ref('person', personId)],
  decide: ({ body: { personId, certificate }, states }) => {
    if (states.of(personAggregate, personId) === null) return refuse('directory.unknown-person');
    return [{ type: 'personCertified', on: ref('person', personId), body: { certificate } }];
  },
});

export const personLeaves = defineCommand({
  name: 'directory.personLeaves',
  body: z.object({ personId: PersonIdSchema, reason }),
  reads: ({ personId }) => [ref('person', personId)],
  decide: ({ body: { personId, reason }, states, ctx }) => {
    const person = states.of(personAggregate, personId);
    if (person === null) return refuse('directory.unknown-person');
    if (personId === ctx.actor) return refuse('directory.last-key');
    if (!person.active) return refuse('directory.person-left');
    return [{ type: 'personLeft', on: ref('person', personId), body: { reason, by: ctx.actor } }];
  },
});

export const personReturns = defineCommand({
  name: 'directory.personReturns',
  body: z.object({ personId: PersonIdSchema, reason }),
  reads: ({ personId }) => [ref('person', personId)],
  decide: ({ body: { personId, reason }, states, ctx }) => {
    const person = states.of(personAggregate, personId);
    if (person === null) return refuse('directory.unknown-person');
    if (person.active) return refuse('directory.person-here', { name: person.name });
    return [{ type: 'personReturned', on: ref('person', personId), body: { reason, by: ctx.actor } }];
  },
});

export const delegate = defineCommand({
  name: 'directory.delegate',
  body: z.object({
    delegationId: DelegationIdSchema,
    details: DelegationDetailsSchema,
    /** The delegation the giver holds, when they pass on what was given to them. */
    parentId: DelegationIdSchema.nullable(),
  }),
  reads: ({ delegationId, details, parentId }) => [
    ref('delegation', delegationId),
    ref('person', details.from),
    ref('person', details.to),
    ...(parentId ? [ref('delegation', parentId)] : []),
  ],
  decide: ({ body: { delegationId, details, parentId }, states, ctx }) => {
    const actor = states.of(personAggregate, ctx.actor);
    if (details.from !== ctx.actor && !actor?.roles.includes('administrator')) {
      return refuse('directory.not-yours-to-give');
    }
    if (states.of(delegationAggregate, delegationId) !== null) return refuse('directory.delegation-there');
    if (details.authority === 'TUQ.' && details.toDay === null) return refuse('directory.needs-end-day');
    if (details.toDay !== null && details.toDay < details.fromDay) return refuse('directory.dates-reversed');
    return (
      whyNotBetween(details, states) ??
      whyNotGive(details, parentId, states) ?? [
        {
          type: 'authorityDelegated',
          on: ref('delegation', delegationId),
          body: { ...details, parentId, by: ctx.actor },
        },
      ]
    );
  },
});

export const revokeDelegation = defineCommand({
  name: 'directory.revokeDelegation',
  body: z.object({ delegationId: DelegationIdSchema, reason }),
  reads: ({ delegationId }) => [ref('delegation', delegationId)],
  decide: ({ body: { delegationId, reason }, states, ctx }) => {
    const delegation = states.of(delegationAggregate, delegationId);
    if (delegation === null) return refuse('directory.unknown-delegation');
    if (delegation.revokedAt !== null) {
      return refuse('directory.delegation-revoked', { source: delegation.source });
    }
    const actor = states.of(personAggregate, ctx.actor);
    if (delegation.from !== ctx.actor && !actor?.roles.includes('administrator')) {
      return refuse('directory.not-yours-to-give');
    }
    const body = { reason, revokedAt: ctx.recordedAt, by: ctx.actor };
    return [{ type: 'delegationRevoked', on: ref('delegation', delegationId), body }];
  },
});

/** As many changes as one act confirms. */
const mostConfirmed = 500;

/** Says of rights that were changed that this was meant (NĐ 30 PL6 3: a warning until a competent person confirms it). */
export const confirmRights = defineCommand({
  name: 'directory.confirmRights',
  body: z.object({
    people: z.array(PersonIdSchema).max(mostConfirmed),
    delegations: z.array(DelegationIdSchema).max(mostConfirmed),
  }),
  reads: ({ people, delegations }) => [
    ...people.map((id) => ref('person', id)),
    ...delegations.map((id) => ref('delegation', id)),
  ],
  decide: ({ body: { people, delegations }, states, ctx: { actor } }) => {
    const changes = [
      ...people.map((id) => ({ whose: id, change: states.of(personAggregate, id)?.unconfirmed ?? null })),
      ...delegations.map((id) => {
        const found = states.of(delegationAggregate, id);
        return { whose: found?.to ?? null, change: found?.unconfirmed ?? null };
      }),
    ];
    if (changes.length === 0 || changes.some(({ change }) => change === null)) {
      return refuse('directory.nothing-to-confirm');
    }
    for (const { whose, change } of changes) {
      const refusal = whyNotConfirm(actor, whose, change?.by ?? null);
      if (refusal !== null) return refusal;
    }
    const body = { by: actor };
    return [
      ...people.map((id) => ({ type: 'personRightsConfirmed', on: ref('person', id), body })),
      ...delegations.map((id) => ({ type: 'delegationConfirmed', on: ref('delegation', id), body })),
    ];
  },
});

/** Whether a place in the tree of units is a unit itself or anywhere below it. */
function isUnder(place: UnitId | null, unitId: UnitId, states: States): boolean {
  const seen = new Set<UnitId>();
  for (let at = place; at !== null && !seen.has(at); at = states.of(unitAggregate, at)?.parent ?? null) {
    if (at === unitId) return true;
    seen.add(at);
  }
  return false;
}

function whyNotBetween(details: DelegationDetails, states: States) {
  const from = states.of(personAggregate, details.from);
  const to = states.of(personAggregate, details.to);
  if (from === null || to === null || !from.active || !to.active) return refuse('directory.unknown-person');
  return from.id === to.id ? refuse('directory.delegation-to-self') : null;
}

/**
 * The right to sign is the head's to give. What was given by order (TL.) may be handed down to a deputy, who signs KT.;
 * what was given by delegation (TUQ.) may not be given on (NĐ 30 Đ13).
 */
function whyNotGive(details: DelegationDetails, parentId: DelegationId | null, states: States) {
  const giver = states.of(personAggregate, details.from);
  if (parentId === null) {
    const isHead = giver?.rank === 'head' && giver.roles.includes('leader');
    return isHead ? null : refuse('directory.only-head-gives', { name: giver?.name ?? '' });
  }
  const parent = states.of(delegationAggregate, parentId);
  if (parent === null) return refuse('directory.unknown-delegation');
  if (parent.authority === 'TUQ.') return refuse('directory.no-further-delegation');
  if (parent.revokedAt !== null) return refuse('directory.delegation-revoked', { source: parent.source });
  const handsDown = parent.to === details.from && parent.authority === 'TL.' && details.authority === 'KT.';
  return handsDown ? null : refuse('directory.only-head-gives', { name: giver?.name ?? '' });
}
