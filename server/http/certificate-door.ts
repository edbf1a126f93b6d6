import { randomBytes } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { CommandIdSchema, uuidV7From, type AgencyId, type CommandId } from '#shared/kernel/public.ts';
import {
  SessionRequestSchema,
  certificateText,
  type Device,
  type DeviceCertificate,
  type SessionRequest,
} from '#shared/sync/public.ts';
import type { Serving } from '../log/serving.ts';
import { checked, Refused } from './asking.ts';
import type { AppParts } from './build-app.ts';
import type { Sessions } from './sessions.ts';

/** The door at which a device's key gets it its certificate: the first, and every next one. */
export function openCertificateDoor(app: FastifyInstance, parts: AppParts): void {
  const newId = () => CommandIdSchema.parse(uuidV7From(Date.now(), randomBytes(10)));
  app.post('/v1/certificate', async (request) => {
    const asked = checked(SessionRequestSchema, request.body);
    try {
      return await answerCertificate({ ...parts, newId }, asked);
    } catch (error) {
      if (error instanceof Refused && error.status === 403) {
        parts.say({ what: 'certificate refused', device: asked.device, code: error.code });
      }
      throw error;
    }
  });
}

type Parts = Readonly<{
  agencyId: AgencyId;
  server: Pick<Serving, 'certify'>;
  sessions: Pick<Sessions, 'use'>;
  issue: (device: Device) => DeviceCertificate;
  newId: () => CommandId;
  decided: () => void;
}>;

/** A certificate for a device that signed the number it was given; in the log before it is handed out. */
export async function answerCertificate(
  { agencyId, server, sessions, issue, newId, decided }: Parts,
  { device, challenge, signature }: SessionRequest,
): Promise<DeviceCertificate> {
  if (!sessions.use(challenge)) throw new Refused(401, 'server.stale-challenge');
  const text = certificateText(agencyId, device, challenge);
  const given = await server.certify({ device, text, signature, commandId: newId(), issue });
  if ('stopped' in given) throw new Refused(401, `server.${given.stopped}`);
  if ('refusal' in given) throw new Refused(403, given.refusal.code);
  decided();
  return given.certificate;
}
