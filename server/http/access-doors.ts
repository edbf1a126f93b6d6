import type { FastifyInstance } from 'fastify';
import {
  FindLinesSchema,
  TakeLinesSchema,
  type AccessHead,
  type FindLines,
  type FoundLines,
} from '#shared/access/public.ts';
import { mayRead, personAggregate, readingScope, whyNotCall, type Person } from '#shared/directory/public.ts';
import { documentAggregate } from '#shared/documents/public.ts';
import type { DeviceId } from '#shared/kernel/public.ts';
import { deviceAggregate } from '#shared/sync/public.ts';
import type { AgencyServer } from '#shared/node/agency-log/public.ts';
import type { Serving } from '../log/serving.ts';
import { checked, mustBelieve, Refused, speaker } from './asking.ts';
import type { AppParts } from './build-app.ts';

/** The doors of the access log: a desk brings its own lines, and those who may look over others ask for everybody's. */
export function openAccessDoors(app: FastifyInstance, { server, sessions }: AppParts): void {
  app.post('/v1/access/take', async (request): Promise<AccessHead> => {
    const desk = await believed(server, speaker({ sessions }, request.headers.authorization));
    const person = await server.looking((look) => personAt(look, desk));
    if (person === null) throw new Refused(403, 'directory.person-left');
    return server.access.take({ desk, person: person.id }, checked(TakeLinesSchema, request.body));
  });
  app.post('/v1/access/find', async (request): Promise<FoundLines> => {
    const desk = await believed(server, speaker({ sessions }, request.headers.authorization));
    const asked = checked(FindLinesSchema, request.body);
    const isTheirs = await server.looking((look) => mayLook(look, personAt(look, desk), asked));
    // One answer for what is not there and for what is not theirs.
    if (!isTheirs) throw new Refused(403, 'access.not-yours');
    return server.access.find(asked);
  });
}

async function believed(server: Serving, device: DeviceId | null): Promise<DeviceId> {
  if (device === null) throw new Refused(401, 'server.no-session');
  await mustBelieve(server, device);
  return device;
}

type Look = AgencyServer['look'];

function personAt(look: Look, desk: DeviceId): Person | null {
  const device = look(deviceAggregate, desk);
  return device === null ? null : look(personAggregate, device.person);
}

/** Everything for those who may see the whole log; of one paper also those who read it and may see who else did. */
function mayLook(look: Look, person: Person | null, { by, filter: { on } }: FindLines): boolean {
  if (whyNotCall('access.lines', person) === null) return true;
  if (person === null || by !== 'line' || on?.kind !== 'document') return false;
  const paper = look(documentAggregate, on.id);
  const isReader = paper !== null && mayRead(readingScope(person), paper);
  return isReader && whyNotCall('access.of', person) === null;
}
