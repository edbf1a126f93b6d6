import { randomBytes } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { CommandIdSchema, uuidV7From } from '#shared/kernel/public.ts';
import { SessionRequestSchema, certificateText } from '#shared/sync/public.ts';
import { checked, Refused } from './asking.ts';
import type { AppParts } from './build-app.ts';

/** The door at which a device's key gets it its certificate: the first, and every next one. */
export function openCertificateDoor(
  app: FastifyInstance,
  { agencyId, server, sessions, issue, decided, say }: AppParts,
): void {
  app.post('/v1/certificate', async (request) => {
    const { device, challenge, signature } = checked(SessionRequestSchema, request.body);
    if (!sessions.use(challenge)) throw new Refused(401, 'server.stale-challenge');
    const given = await server.certify({
      device,
      text: certificateText(agencyId, device, challenge),
      signature,
      commandId: CommandIdSchema.parse(uuidV7From(Date.now(), randomBytes(10))),
      issue,
    });
    if ('stopped' in given) throw new Refused(401, `server.${given.stopped}`);
    if ('refusal' in given) {
      say({ what: 'certificate refused', device, code: given.refusal.code });
      throw new Refused(403, given.refusal.code);
    }
    decided();
    return given.certificate;
  });
}
