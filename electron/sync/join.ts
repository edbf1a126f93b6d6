import { createPublicKey, generateKeyPairSync, sign } from 'node:crypto';
import { AppError, CommandIdSchema, DeviceIdSchema } from '#shared/kernel/public.ts';
import { readInvitation, type InvitationText } from '#shared/node/agency-log/public.ts';
import { PushReplySchema, protocolVersion, signedText } from '#shared/sync/public.ts';
import type { Clock } from '../platform/clock.ts';
import type { DeviceKey } from '../store/joined-desk.ts';
import { meetServer, openDoor, type ServerAddress } from './server-door.ts';

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

/**
 * Joins an agency by an invitation: meets the server it names and has this desk's key enrolled there. Nothing counts
 * before the server has agreed.
 */
export async function join(
  text: string,
  name: string,
  clock: Clock,
  device: DeviceKey = newDevice(clock),
): Promise<Joined> {
  const invitation = mustRead(text);
  const { agencyId, personId, invitationId, code, url } = invitation;
  const server: ServerAddress = { url, authority: await meetServer(url, invitation.authority) };
  const raw = createPublicKey(device.key)
    .export({ format: 'der', type: 'spki' })
    .subarray(-32)
    .toString('base64');
  const command = {
    id: CommandIdSchema.parse(clock.newId()),
    name: 'sync.enrolDevice',
    actor: personId,
    onBehalfOf: null,
    claimedAt: clock.now(),
    body: { deviceId: device.id, invitationId, code, name, publicKey: raw },
  };
  const signature = sign(
    null,
    Buffer.from(signedText(agencyId, device.id, { dseq: 1, command })),
    device.key,
  );
  const commands = [{ dseq: 1, command, signature: signature.toString('base64') }];
  const request = { version: protocolVersion, agencyId, device: device.id, commands };
  const reply = await openDoor(server).post('/v1/push', request, PushReplySchema);
  const [result] = reply.results;
  if (result === undefined) throw new AppError('sync.server-fault', { status: 200 });
  if (result.refusal !== null) throw new AppError(result.refusal.code, result.refusal.params);
  return { invitation, server, device };
}
