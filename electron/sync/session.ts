import { sign } from 'node:crypto';
import type { AgencyId } from '#shared/kernel/public.ts';
import { AppError } from '#shared/kernel/public.ts';
import {
  CertificateReplySchema,
  ChallengeReplySchema,
  SessionReplySchema,
  certificateText,
  sessionText,
} from '#shared/sync/public.ts';
import type { DeviceKey } from '../store/joined-desk.ts';
import type { Door } from './server-door.ts';

type Speaking = Readonly<{ agencyId: AgencyId; device: DeviceKey }>;

/**
 * A token that speaks for a device for a while, given for a number it signs. Whether the certificate still holds, or
 * should be renewed, is for the server's clock to say.
 */
export async function openSession(door: Door, speaking: Speaking): Promise<string> {
  const opened = await oneSession(door, speaking).catch(async (error: unknown) => {
    if (!(error instanceof AppError) || error.code !== 'server.certificate-over') throw error;
    await askCertificate(door, speaking);
    return oneSession(door, speaking);
  });
  if (opened.renew) {
    // There is a month for it: whatever went wrong, the next session asks again.
    await askCertificate(door, speaking).catch((error: unknown) => {
      if (!(error instanceof AppError)) throw error;
    });
  }
  return opened.token;
}

/** Asks for the device's certificate, or its next one; it comes to every desk with the log. */
export async function askCertificate(door: Door, { agencyId, device }: Speaking): Promise<void> {
  const { challenge } = await door.post('/v1/challenge', {}, ChallengeReplySchema);
  const signature = signed(device, certificateText(agencyId, device.id, challenge));
  await door.post('/v1/certificate', { device: device.id, challenge, signature }, CertificateReplySchema);
}

async function oneSession(door: Door, { agencyId, device }: Speaking) {
  const { challenge } = await door.post('/v1/challenge', {}, ChallengeReplySchema);
  const signature = signed(device, sessionText(agencyId, device.id, challenge));
  return door.post('/v1/session', { device: device.id, challenge, signature }, SessionReplySchema);
}

function signed({ key }: DeviceKey, text: string): string {
  return sign(null, Buffer.from(text), key).toString('base64');
}
