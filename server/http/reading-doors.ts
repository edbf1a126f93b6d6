import type { FastifyInstance } from 'fastify';
import { personAggregate } from '#shared/directory/public.ts';
import { documentAggregate, documentName } from '#shared/documents/public.ts';
import { instantFrom, type DeviceId, type ReadingId } from '#shared/kernel/public.ts';
import type { AgencyServer } from '#shared/node/agency-log/public.ts';
import {
  ReadingPieceRequestSchema,
  isReadable,
  readingAggregate,
  readingPieceBytes,
  type ReadingPiece,
} from '#shared/reading/public.ts';
import { deviceAggregate } from '#shared/sync/public.ts';
import { checked, mustBelieve, Refused, speaker } from './asking.ts';
import type { AppParts } from './build-app.ts';

/** The door of the reading room: what was lent, to whom it was lent, until its day by the server's clock. */
export function openReadingDoors(app: FastifyInstance, { server, sessions, files, nowMs }: AppParts): void {
  app.post('/v1/reading/piece', async (request): Promise<ReadingPiece> => {
    const device = speaker({ sessions }, request.headers.authorization);
    if (device === null) throw new Refused(401, 'server.no-session');
    await mustBelieve(server, device);
    const { reading, offset } = checked(ReadingPieceRequestSchema, request.body);
    const lent = await server.looking((look) => lentTo(look, device, { reading, nowMs: nowMs() }));
    // One answer for what is not there, what is not theirs, and what is over.
    if (lent === null || !(await files.has(lent.file.hash))) throw new Refused(404, 'reading.over');
    const { hash, size, pages } = lent.file;
    const bytes = Buffer.from(await files.read(hash, offset, readingPieceBytes));
    return { bytes: bytes.toString('base64'), size, hash, pages, title: lent.title };
  });
}

function lentTo(
  look: AgencyServer['look'],
  device: DeviceId,
  { reading: id, nowMs }: Readonly<{ reading: ReadingId; nowMs: number }>,
) {
  const reading = look(readingAggregate, id);
  const own = look(deviceAggregate, device);
  const person = own === null ? null : look(personAggregate, own.person);
  if (reading === null || person?.active !== true || reading.reader !== person.id) return null;
  if (!isReadable(reading, instantFrom(nowMs)) || reading.document === null) return null;
  const paper = look(documentAggregate, reading.document);
  return paper?.file == null ? null : { file: paper.file, title: documentName(paper) };
}
