import { z } from 'zod';
import { agencyAggregate, personAggregate, type Agency } from '../directory/public.ts';
import {
  HashSchema,
  InstantSchema,
  defineCommand,
  ref,
  refuse,
  type Act,
  type CommandContext,
  type Hash,
  type Refusal,
  type States,
} from '../kernel/public.ts';
import { authorityAggregate, certificateAggregate } from './authority-aggregates.ts';
import { whyNotKeepers } from './keepers.ts';
import {
  IssuedSchema,
  IssuingLevelSchema,
  KeepersSchema,
  RevocationChoiceSchema,
  RootSchema,
  SerialSchema,
  levelRevocationChoices,
  revocationReasonText,
  type CertificateHolder,
  type Revoked,
} from './authority-model.ts';

/** Makes the agency its own certificate authority. Not on the contract: the core makes the keys and the certificates. */
export const found = defineCommand({
  name: 'authority.found',
  body: z.object({
    root: RootSchema,
    level: IssuingLevelSchema,
    keepers: KeepersSchema,
    /** SHA-256 of the root the agency's certificates went back to until now. */
    formerRoot: HashSchema.nullable(),
  }),
  reads: (_body, ctx) => [ref('authority', ctx.agencyId), ref('agency', ctx.agencyId)],
  decide: ({ body: { root, level, keepers, formerRoot }, states, ctx }) => {
    const agency = states.of(agencyAggregate, ctx.agencyId);
    if (agency === null) return refuse('directory.unknown-agency');
    if (states.of(authorityAggregate, ctx.agencyId) !== null) return refuse('signing.authority-there');
    return (
      whyNotKeepers(keepers) ?? [
        { type: 'authorityFounded', on: ref('authority', ctx.agencyId), body: { root, level, keepers } },
        {
          type: 'agencyCertified',
          on: ref('agency', ctx.agencyId),
          body: { rootCertificate: root.certificate },
        },
        ...keepsTrusting(agency, formerRoot, ctx),
      ]
    );
  },
});

/** Records a certificate as it was issued, and names it in the directory as its holder's. */
export const certify = defineCommand({
  name: 'authority.certify',
  body: IssuedSchema,
  reads: ({ serial, holder, renews }, ctx) => [
    ref('authority', ctx.agencyId),
    ref('agency', ctx.agencyId),
    ref('certificate', serial),
    ...(holder.use === 'person' ? [ref('person', holder.person)] : []),
    ...(renews === null ? [] : [ref('certificate', renews)]),
  ],
  decide: ({ body, states, ctx }) => {
    const refusal =
      whyNotLevel(body.level, states, ctx) ??
      whyNotHolder(body.holder, states) ??
      whyNotRenewal(body.renews, body.holder, states);
    if (refusal !== null) return refusal;
    if (states.of(certificateAggregate, body.serial) !== null) return refuse('signing.certificate-there');
    const issued = { ...body, issuedBy: ctx.actor, issuedAt: ctx.recordedAt };
    const { holder, certificate } = body;
    return [
      { type: 'certificateIssued', on: ref('certificate', body.serial), body: issued },
      holder.use === 'person'
        ? { type: 'personCertified', on: ref('person', holder.person), body: { certificate } }
        : {
            type: 'agencyCertified',
            on: ref('agency', ctx.agencyId),
            body: { sealCertificate: certificate },
          },
    ];
  },
});

/** Takes a certificate back, with the moment from which it counts for nothing; the list is made anew in the same breath. */
export const takeBack = defineCommand({
  name: 'authority.takeBack',
  body: z.object({
    serial: SerialSchema,
    since: InstantSchema,
    reason: RevocationChoiceSchema,
    why: revocationReasonText,
  }),
  reads: ({ serial }) => [ref('certificate', serial)],
  decide: ({ body: { serial, ...said }, states, ctx }) => {
    const certificate = states.of(certificateAggregate, serial);
    if (certificate === null) return refuse('signing.unknown-certificate');
    if (certificate.revoked !== null) return refuse('signing.certificate-revoked-already');
    if (said.since > ctx.recordedAt || said.since < certificate.validFrom) {
      return refuse('signing.revocation-moment-wrong');
    }
    const body: Revoked = { ...said, revokedBy: ctx.actor };
    return [{ type: 'certificateRevoked', on: ref('certificate', serial), body }];
  },
});

/** Puts a fresh issuing level in place, and takes others back where the keepers said so. */
export const replaceLevel = defineCommand({
  name: 'authority.replaceLevel',
  body: z.object({
    level: IssuingLevelSchema,
    revoke: z.object({ reason: z.enum(levelRevocationChoices), why: revocationReasonText }).nullable(),
  }),
  reads: (_body, ctx) => [ref('authority', ctx.agencyId)],
  decide: ({ body: { level, revoke }, states, ctx }) => {
    const authority = states.of(authorityAggregate, ctx.agencyId);
    if (authority === null) return refuse('signing.no-authority');
    const on = ref('authority', ctx.agencyId);
    const taken = revoke === null ? [] : authority.levels.filter(({ revoked }) => revoked === null);
    return [
      ...taken.map(({ serial }) => ({
        type: 'levelRevoked',
        on,
        body: { serial, revoked: { ...revoke, since: ctx.recordedAt, revokedBy: ctx.actor } },
      })),
      { type: 'levelIssued', on, body: { level } },
    ];
  },
});

/** What was signed under the root before stays provable. */
function keepsTrusting(agency: Agency, former: Hash | null, { actor, agencyId }: CommandContext): Act[] {
  const { rootCertificate: certificate, trustedRoots } = agency;
  const isThere = trustedRoots.some(({ fingerprint }) => fingerprint === former);
  if (certificate === null || former === null || isThere) return [];
  const body = { fingerprint: former, certificate, trustedBy: actor };
  return [{ type: 'rootTrusted', on: ref('agency', agencyId), body }];
}

function whyNotLevel(serial: string, states: States, ctx: CommandContext): Refusal | null {
  const authority = states.of(authorityAggregate, ctx.agencyId);
  if (authority === null) return refuse('signing.no-authority');
  const level = authority.levels.find((one) => one.serial === serial);
  const isGood = level?.revoked === null && level.validTo > ctx.recordedAt;
  return isGood ? null : refuse('signing.level-ended');
}

function whyNotHolder(holder: CertificateHolder, states: States): Refusal | null {
  if (holder.use === 'seal') return null;
  const person = states.of(personAggregate, holder.person);
  if (person === null) return refuse('directory.unknown-person');
  return person.active ? null : refuse('directory.person-left');
}

function whyNotRenewal(renews: string | null, holder: CertificateHolder, states: States): Refusal | null {
  if (renews === null) return null;
  const before = states.of(certificateAggregate, renews);
  if (before === null) return refuse('signing.unknown-certificate');
  // A certificate that was taken back is not carried on; its holder gets one of its own (RFC 3647 4.6).
  if (before.revoked !== null) return refuse('signing.certificate-revoked-already');
  const owner = (one: CertificateHolder) => (one.use === 'person' ? one.person : one.use);
  return owner(before.holder) === owner(holder) ? null : refuse('signing.unknown-certificate');
}
