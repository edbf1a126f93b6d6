import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { AppError, DocumentIdSchema, type DeviceId, type DocumentId } from '#shared/kernel/public.ts';
import { DraftRequestSchema, type DraftReply, type DraftRequest } from '#shared/sync/public.ts';
import type { Serving } from '../log/serving.ts';
import { checked, Refused, speaker } from './asking.ts';
import type { Metrics } from './metrics.ts';
import type { Seats } from './seats.ts';
import type { Sessions } from './sessions.ts';

const PlaceSchema = z.object({ document: DocumentIdSchema });

type AnswerParts = Readonly<{
  server: Pick<Serving, 'writerAt' | 'exchangeWords'>;
  seats: Seats;
  metrics: Pick<Metrics, 'count'>;
  /** Somebody wrote at a draft, came or went: the desks beside may look. */
  wake: (devices: readonly DeviceId[], document: DocumentId) => void;
}>;

export type DraftParts = AnswerParts & Readonly<{ sessions: Sessions }>;

/** The door for drafts: everybody's words merge here, whoever is at one hears of the others (`sync.md` 3.6). */
export function openDraftDoors(app: FastifyInstance, parts: DraftParts): void {
  const answer = draftAnswers(parts);
  app.post('/v1/drafts/:document', async (request): Promise<DraftReply> => {
    const device = speaker(parts, request.headers.authorization);
    if (device === null) throw new Refused(401, 'server.no-session');
    const { document } = checked(PlaceSchema, request.params);
    return answer(device, document, checked(DraftRequestSchema, request.body));
  });
}

/** What a server answers a desk that asks about a draft, whatever carries the question. */
export function draftAnswers({ server, seats, metrics, wake }: AnswerParts) {
  return async (device: DeviceId, document: DocumentId, asked: DraftRequest): Promise<DraftReply> => {
    const writer = await server.writerAt(device, document);
    // One answer for what is not there and for what is not theirs.
    if (writer === null) throw new Refused(404, 'server.no-such-draft');
    const update = writer.open && asked.update !== null ? Buffer.from(asked.update, 'base64') : null;
    const words = { update, have: Buffer.from(asked.have, 'base64') };
    const answered = await server.exchangeWords(document, words).catch((error: unknown) => {
      if (error instanceof AppError && error.code.startsWith('drafting.')) {
        throw new Refused(400, 'server.malformed');
      }
      throw error;
    });
    if (update !== null) metrics.count('draft_bytes_in', update.length);
    const beside = seats.desksBeside(document, device);
    const here = asked.here.map((one) => ({ ...one, person: writer.person }));
    const isNews = seats.take(document, device, writer.open ? here : []);
    if (answered.isNew || isNews) wake(beside, document);
    return {
      update: Buffer.from(answered.update).toString('base64'),
      have: Buffer.from(answered.have).toString('base64'),
      open: writer.open,
      others: [...seats.othersThan(document, device)],
    };
  };
}
