import { randomBytes } from 'node:crypto';
import {
  agencyAggregate,
  isStrong,
  personAggregate,
  personNamed,
  whyNotEnrolBy,
  type Claims,
  type IdentityPolicy,
  type Person,
} from '#shared/directory/public.ts';
import {
  AppError,
  CommandIdSchema,
  instantFrom,
  isRefusal,
  uuidV7From,
  type AgencyId,
  type DeviceId,
  type Refusal,
} from '#shared/kernel/public.ts';
import { isSigned } from '#shared/node/agency-log/public.ts';
import {
  deviceAggregate,
  identityText,
  type BeginIdentityRequest,
  type FinishIdentityReply,
} from '#shared/sync/public.ts';
import type { Serving } from '../../log/serving.ts';
import { createFlows, type Flow } from './flows.ts';
import { findProvider, type Provider } from './provider.ts';
import type { IdentitySecrets } from './secrets.ts';

export type IdentityParts = Readonly<{
  agencyId: AgencyId;
  server: Serving;
  secrets: IdentitySecrets;
  people: () => Promise<readonly Person[]>;
  nowMs: () => number;
}>;

/** Lets desks be joined and opened by the word of the agency's identity provider. */
export type IdentityDesk = Readonly<{
  policy: () => Promise<IdentityPolicy | null>;
  begin: (asked: BeginIdentityRequest) => Promise<Readonly<{ flow: string; url: string }>>;
  finish: (asked: Readonly<{ flow: string; pickup: string; answer: string }>) => Promise<FinishIdentityReply>;
}>;

export function openIdentityDesk(parts: IdentityParts): IdentityDesk {
  const { agencyId, server, secrets, nowMs } = parts;
  const flows = createFlows(nowMs);
  const policy = async () => (await server.look(agencyAggregate, agencyId))?.identity ?? null;

  async function mustHavePolicy(): Promise<IdentityPolicy> {
    const arranged = await policy();
    if (arranged === null) throw new AppError('identity.off');
    return arranged;
  }

  return {
    policy,
    begin: async (asked) => {
      const arranged = await mustHavePolicy();
      const doorKey = await keyShown(parts, asked);
      const provider: Provider = await findProvider(arranged, secrets.clientSecret());
      const journey = await provider.begin(asked.redirect);
      const { device, wants, pickup } = asked;
      const flow = flows.begin({ device, wants, pickup, policy: arranged, provider, journey, doorKey });
      return { flow, url: journey.url };
    },
    finish: async (asked) => {
      const outcome = flows.finish(asked, async (flow) => {
        const arranged = await mustHavePolicy();
        // Arranged anew meanwhile, it is another provider's word or another rule.
        if (JSON.stringify(arranged) !== JSON.stringify(flow.policy)) throw new AppError('identity.stale');
        const claims = await flow.provider.finish(flow.journey, asked.answer);
        const people = await parts.people();
        const person = mustBe(personNamed(claims, { policy: arranged, people, digestOf: secrets.digestOf }));
        return flow.wants.kind === 'join'
          ? enrol(parts, { flow, person, claims, name: flow.wants.name, publicKey: flow.wants.publicKey })
          : { kind: 'open', secret: await secretFor(parts, flow, person) };
      });
      if (outcome === null) throw new AppError('identity.stale');
      return outcome;
    },
  };
}

/** Who begins holds the key it joins with, or the one of the door it wants opened, which is told. */
async function keyShown(
  { agencyId, server, secrets }: IdentityParts,
  asked: BeginIdentityRequest,
): Promise<string | null> {
  const { device, wants, signature } = asked;
  const text = identityText(agencyId, device, asked);
  if (wants.kind === 'join') {
    if (!isSigned(wants.publicKey, text, signature)) throw new AppError('server.bad-signature');
    return null;
  }
  const known = await server.look(deviceAggregate, device);
  if (known === null) throw new AppError('server.unknown-device');
  const left = secrets.leftBy(device).find(({ doorKey }) => isSigned(doorKey, text, signature));
  if (left === undefined) throw new AppError('identity.no-secret');
  // Said to nobody but the desk itself: it takes its data away.
  if (known.revokedBecause !== null) throw new AppError('server.revoked');
  return left.doorKey;
}

type Enrolling = Readonly<{ flow: Flow; person: Person; claims: Claims; name: string; publicKey: string }>;

async function enrol(
  { server, agencyId, nowMs }: IdentityParts,
  { flow, person, claims, name, publicKey }: Enrolling,
): Promise<FinishIdentityReply> {
  const refused = whyNotEnrolBy(claims, person, flow.policy);
  if (refused !== null) throw asError(refused);
  const { entry } = await server.decide({
    id: CommandIdSchema.parse(uuidV7From(nowMs(), randomBytes(10))),
    name: 'sync.enrolByIdentity',
    actor: person.id,
    onBehalfOf: null,
    claimedAt: instantFrom(nowMs()),
    body: {
      deviceId: flow.device,
      name,
      publicKey,
      issuer: flow.policy.issuer,
      strong: isStrong(claims, flow.policy),
    },
  });
  if (entry.refusal !== null) throw asError(entry.refusal);
  const agency = await server.look(agencyAggregate, agencyId);
  const { id: personId, name: personName, post } = person;
  return { kind: 'join', personId, personName, post, agencyName: agency?.name ?? '' };
}

/** What the desk left here, for the person whose desk it is and nobody else, while both are believed. */
async function secretFor(
  { server, secrets }: IdentityParts,
  { device: id, doorKey }: Flow,
  person: Person,
): Promise<string> {
  const device = await server.look(deviceAggregate, id);
  const left = secrets.leftBy(id).find((one) => one.doorKey === doorKey);
  if (device === null || left === undefined) throw new AppError('identity.no-secret');
  if (device.revokedBecause !== null) throw new AppError('server.revoked');
  if (device.person !== person.id || left.person !== person.id) throw new AppError('identity.another-person');
  return left.secret;
}

function mustBe(found: Person | Refusal): Person {
  if (isRefusal(found)) throw asError(found);
  return found;
}

function asError({ code, params }: Refusal): AppError {
  return new AppError(code, params);
}

/** Whether a device's person administers the agency. */
export async function isAdministrator(server: Serving, device: DeviceId): Promise<boolean> {
  const known = await server.look(deviceAggregate, device);
  if (known === null || known.revokedBecause !== null) return false;
  const person = await server.look(personAggregate, known.person);
  return person?.active === true && person.roles.includes('administrator');
}
