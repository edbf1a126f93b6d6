import type { FastifyInstance, FastifyRequest } from 'fastify';
import { agencyAggregate } from '#shared/directory/public.ts';
import { AppError, type DeviceId } from '#shared/kernel/public.ts';
import {
  BeginIdentityRequestSchema,
  ClientSecretRequestSchema,
  DigestRequestSchema,
  FinishIdentityRequestSchema,
  KeepSecretRequestSchema,
  TryIdentityRequestSchema,
  deviceAggregate,
} from '#shared/sync/public.ts';
import { isAdministrator, type IdentityDesk } from '../features/identity/identity-desk.ts';
import { findProvider } from '../features/identity/provider.ts';
import type { IdentitySecrets } from '../features/identity/secrets.ts';
import { checked, mustBelieve, Refused, speaker } from './asking.ts';
import type { AppParts } from './build-app.ts';

export type IdentityDoors = Readonly<{ desk: IdentityDesk; secrets: IdentitySecrets }>;

/** The doors of joining and signing in by an identity provider, and those at which administrators arrange it. */
export function openIdentityDoors(
  app: FastifyInstance,
  { agencyId, server, sessions, identity: { desk, secrets }, decided, say }: AppParts,
): void {
  const mustSpeak = (request: FastifyRequest): DeviceId => {
    const device = speaker({ sessions }, request.headers.authorization);
    if (device === null) throw new Refused(401, 'server.no-session');
    return device;
  };
  const mustAdminister = async (request: FastifyRequest): Promise<void> => {
    const may = await isAdministrator(server, mustSpeak(request));
    if (!may) throw new Refused(403, 'identity.administrators-only');
  };

  app.post('/v1/here', async () => {
    const agency = await server.look(agencyAggregate, agencyId);
    return { agencyName: agency?.name ?? '', identity: agency?.identity?.name ?? null };
  });
  app.post('/v1/identity/begin', async (request) => {
    const asked = checked(BeginIdentityRequestSchema, request.body);
    if (!sessions.use(asked.challenge)) throw new Refused(401, 'server.stale-challenge');
    return refusing(() => desk.begin(asked));
  });
  app.post('/v1/identity/finish', async (request) => {
    const asked = checked(FinishIdentityRequestSchema, request.body);
    const outcome = await refusing(() => desk.finish(asked)).catch((error: unknown) => {
      say({ what: 'identity refused', code: error instanceof Refused ? error.code : 'server.unexpected' });
      throw error;
    });
    if (outcome.kind === 'join') decided();
    return outcome;
  });
  app.post('/v1/identity/keep', async (request) => {
    const device = mustSpeak(request);
    await mustBelieve(server, device);
    const left = checked(KeepSecretRequestSchema, request.body);
    const known = await server.look(deviceAggregate, device);
    if (known === null) throw new Refused(401, 'server.unknown-device');
    if ((await desk.policy()) === null) throw new Refused(403, 'identity.off');
    secrets.keepFor(device, { ...left, person: known.person });
    return { ok: true };
  });
  app.post('/v1/identity/secret', async (request) => {
    await mustAdminister(request);
    secrets.keepClientSecret(checked(ClientSecretRequestSchema, request.body).secret);
    return { ok: true };
  });
  app.post('/v1/identity/digest', async (request) => {
    await mustAdminister(request);
    return { digest: secrets.digestOf(checked(DigestRequestSchema, request.body).text) };
  });
  app.post('/v1/identity/try', async (request) => {
    await mustAdminister(request);
    const { policy, secret } = checked(TryIdentityRequestSchema, request.body);
    const { signIn, claims } = await refusing(() => findProvider(policy, secret ?? secrets.clientSecret()));
    return { signIn, givesClaim: claims === null ? null : claims.includes(policy.claim) };
  });
}

/** What is refused here is refused to whoever asked: no fault of the server's. */
async function refusing<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    throw new Refused(error.code === 'identity.provider-away' ? 502 : 403, error.code);
  }
}
