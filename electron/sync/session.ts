import { sign } from 'node:crypto';
import type { AgencyId } from '#shared/kernel/public.ts';
import { ChallengeReplySchema, SessionReplySchema, sessionText } from '#shared/sync/public.ts';
import type { DeviceKey } from '../store/joined-desk.ts';
import type { Door } from './server-door.ts';

/** A token that speaks for a device for a while, given for a number it signs. */
export async function openSession(
  door: Door,
  { agencyId, device }: Readonly<{ agencyId: AgencyId; device: DeviceKey }>,
): Promise<string> {
  const { challenge } = await door.post('/v1/challenge', {}, ChallengeReplySchema);
  const text = sessionText(agencyId, device.id, challenge);
  const signature = sign(null, Buffer.from(text), device.key).toString('base64');
  const { token } = await door.post(
    '/v1/session',
    { device: device.id, challenge, signature },
    SessionReplySchema,
  );
  return token;
}
