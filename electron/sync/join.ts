import { generateKeyPairSync, sign } from 'node:crypto';
import { AppError, CommandIdSchema, DeviceIdSchema } from '#shared/kernel/public.ts';
import { readInvitation, type InvitationText } from '#shared/node/agency-log/public.ts';
import { PushReplySchema, protocolVersion, signedText } from '#shared/sync/public.ts';
import type { Clock } from '../platform/clock.ts';
import type { DeviceKey } from '../store/joined-desk.ts';
import { meetServer, openDoor, type ServerAddress } from './server-door.ts';

export type Joined = Readonly<{ invitation: InvitationText; server: ServerAddress; device: DeviceKey }>;

/**
 * Joins an agency by an invitation: meets the server it names, makes a key that never leaves this machine, and has it
 * enrolled. Nothing is kept here before the server has agreed.
 */
export async function join(text: string, name: string, clock: Clock): Promise<Joined> {
  const invitation = readInvitation(text);
  if (invitation === null) throw new AppError('sync.no-invitation');
  const { agencyId, personId, invitationId, code, url } = invitation;
  const server: ServerAddress = { url, authority: await meetServer(url, invitation.authority) };
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const device: DeviceKey = { id: DeviceIdSchema.parse(clock.newId()), key: privateKey };
  const raw = publicKey.export({ format: 'der', type: 'spki' }).subarray(-32).toString('base64');
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
    privateKey,
  );
  const commands = [{ dseq: 1, command, signature: signature.toString('base64') }];
  const request = { version: protocolVersion, agencyId, device: device.id, commands };
  const reply = await openDoor(server).post('/v1/push', request, PushReplySchema);
  const [result] = reply.results;
  if (result === undefined) throw new AppError('sync.server-fault', { status: 200 });
  if (result.refusal !== null) throw new AppError(result.refusal.code, result.refusal.params);
  return { invitation, server, device };
}
