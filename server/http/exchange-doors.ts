import type { FastifyInstance } from 'fastify';
import type { z } from 'zod';
import { mostAlarms, type AlarmsReplySchema } from '#shared/exchange/public.ts';
import { isAdministrator } from '../features/identity/identity-desk.ts';
import { Refused, speaker } from './asking.ts';
import type { AppParts } from './build-app.ts';

/** The door at which an administrator's desk asks what the gateway had to say. */
export function openExchangeDoors(app: FastifyInstance, { server, sessions, alarms, lines }: AppParts): void {
  app.post('/v1/exchange/alarms', async (request): Promise<z.infer<typeof AlarmsReplySchema>> => {
    const device = speaker({ sessions }, request.headers.authorization);
    if (device === null) throw new Refused(401, 'server.no-session');
    if (!(await isAdministrator(server, device))) throw new Refused(403, 'exchange.administrators-only');
    return { alarms: alarms().toReversed().slice(0, mostAlarms), lines: [...lines()] };
  });
}
