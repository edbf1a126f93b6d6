import type { FastifyInstance } from 'fastify';
import { personAggregate } from '#shared/directory/public.ts';
import { isRefusal, type DeviceId } from '#shared/kernel/public.ts';
import {
  ToldSchema,
  agendaItemAggregate,
  hearersOf,
  itemOf,
  meetingAggregate,
  type Told,
} from '#shared/meetings/public.ts';
import { deviceAggregate } from '#shared/sync/public.ts';
import type { Serving } from '../log/serving.ts';
import { Refused, checked, mustBelieve, speaker } from './asking.ts';
import type { Metrics } from './metrics.ts';
import type { Sessions } from './sessions.ts';

export const TellRequestSchema = ToldSchema.omit({ by: true });

export type TellingParts = Readonly<{
  server: Pick<Serving, 'looking' | 'whyNotBelieve'>;
  sessions: Sessions;
  metrics: Pick<Metrics, 'count'>;
  /** Gives something told to the desks that listen, but not back to the one it came from. */
  told: (told: Told, hears: (device: DeviceId) => boolean) => void;
  /** The desks that listen now. */
  listening: () => readonly DeviceId[];
}>;

/** The door for what people in a meeting tell each other and nobody keeps; the server alone says who hears it. */
export function openTellingDoor(app: FastifyInstance, parts: TellingParts): void {
  app.post('/v1/tellings', async (request) => {
    const device = speaker(parts, request.headers.authorization);
    if (device === null) throw new Refused(401, 'server.no-session');
    await mustBelieve(parts.server, device);
    const asked = checked(TellRequestSchema, request.body);
    const { told, hearers } = await parts.server.looking((look) => {
      const by = look(deviceAggregate, device)?.person;
      if (by === undefined) throw new Refused(401, 'server.unknown-device');
      const said: Told = { ...asked, by };
      const item = itemOf(said);
      const meeting = look(meetingAggregate, asked.meetingId);
      const found = hearersOf(said, meeting, item === null ? null : look(agendaItemAggregate, item));
      if (isRefusal(found)) throw new Refused(403, found.code);
      const hears = (one: DeviceId): boolean => {
        const listener = one === device ? null : look(deviceAggregate, one);
        if (listener === null || listener.revokedBecause !== null) return false;
        return found.includes(listener.person) && look(personAggregate, listener.person)?.active === true;
      };
      return { told: said, hearers: new Set(parts.listening().filter(hears)) };
    });
    parts.metrics.count('tellings');
    parts.told(told, (one) => hearers.has(one));
    return { out: true };
  });
}
