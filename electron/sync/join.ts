import { createPublicKey, generateKeyPairSync, sign } from 'node:crypto';
import { AppError, CommandIdSchema, DeviceIdSchema, type AgencyId } from '#shared/kernel/public.ts';
import { readInvitation, type InvitationText } from '#shared/node/agency-log/public.ts';
import { PushReplySchema, protocolVersion, signedText, type PushRequest } from '#shared/sync/public.ts';
import type { Clock } from '../platform/clock.ts';
import type { DeviceKey } from '../store/joined-desk.ts';
import { meetServer, openDoor, type Door, type ServerAddress } from './server-door.ts';
import { askCertificate } from './session.ts';

export type Joined = Readonly<{ invitation: InvitationText; server: ServerAddress; device: DeviceKey }>;

/** A key of a desk's own, that never leaves it. */
export function newDevice(clock: Clock): DeviceKey {
  return { id: DeviceIdSchema.parse(clock.newId()), key: generateKeyPairSync('ed25519').privateKey };
}

export function mustRead(text: string): InvitationText {
  const invitation = readInvitation(text);
  if (invitation === null) throw new AppError('sync.no-invitation');
  return invitation;
}

/** What a desk says to join, made once: however often it is sent, the server takes it once and answers the same. */
export type JoinAsked = Readonly<{ device: DeviceKey; request: PushRequest }>;

export function askToJoin(invitation: InvitationText, name: string, clock: Clock): JoinAsked {
  const { agencyId, personId, invitationId, code } = invitation;
  const device = newDevice(clock);
  const command = {
    id: CommandIdSchema.parse(clock.newId()),
    name: 'sync.enrolDevice',
    actor: personId,
    onBehalfOf: null,
    claimedAt: clock.now(),
    body: { deviceId: device.id, invitationId, code, name, publicKey: publicKeyOf(device) },
  };
  const text = signedText(agencyId, device.id, { dseq: 1, command });
  const signature = sign(null, Buffer.from(text), device.key).toString('base64');
  const commands = [{ dseq: 1, command, signature }];
  return { device, request: { version: protocolVersion, agencyId, device: device.id, commands } };
}

/** Meets the server an invitation names: the one with the authority that was told. */
export async function meet({
  url,
  authority,
}: Pick<InvitationText, 'url' | 'authority'>): Promise<ServerAddress> {
  return { url, authority: await meetServer(url, authority) };
}

/** Has the desk's key enrolled, and fetches its first certificate. Nothing counts before the server has agreed. */
export async function sendJoin(server: ServerAddress, { device, request }: JoinAsked): Promise<void> {
  const door = openDoor(server);
  const { results, stopped } = await door.post('/v1/push', request, PushReplySchema);
  const [result] = results;
  if (stopped !== null && stopped.why !== 'gap') throw new AppError(`server.${stopped.why}`);
  if (result === undefined) throw new AppError('sync.server-fault', { status: 200 });
  if (result.refusal !== null) throw new AppError(result.refusal.code, result.refusal.params);
  await firstCertificate(door, { agencyId: request.agencyId, device });
}

/** A desk that joined goes on without it: the first session asks again. */
export async function firstCertificate(
  door: Door,
  asking: Readonly<{ agencyId: AgencyId; device: DeviceKey }>,
): Promise<void> {
  await askCertificate(door, asking).catch((error: unknown) => {
    if (!(error instanceof AppError)) throw error;
  });
}

/** Raw Ed25519, base64. */
export function publicKeyOf({ key }: DeviceKey): string {
  return createPublicKey(key).export({ format: 'der', type: 'spki' }).subarray(-32).toString('base64');
}

/** Joins at once, for who keeps nothing of it until the server has agreed. */
export async function join(text: string, name: string, clock: Clock): Promise<Joined> {
  const invitation = mustRead(text);
  const asked = askToJoin(invitation, name, clock);
  const server = await meet(invitation);
  await sendJoin(server, asked);
  return { invitation, server, device: asked.device };
}
