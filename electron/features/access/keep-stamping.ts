import { isStampLate, stampsAggregate, stampsId } from '#shared/access/public.ts';
import { agencyAggregate, usualStamping } from '#shared/directory/public.ts';
import { AppError, CommandIdSchema, PersonIdSchema } from '#shared/kernel/public.ts';
import { stampHead } from '#shared/node/access-log/public.ts';
import type { Desk } from '../../store/desk.ts';
import { readState } from '../../store/read-state.ts';

const lookEveryMs = 10 * 60_000;

/** Has the head of a desk's own log stamped where that is due; false where it is not. */
export async function stampOwnHead(desk: Desk, newId: () => string, isClosing: boolean): Promise<boolean> {
  const { db, log, agencyId, now } = desk;
  const head = log.head();
  const given = await stampHead({
    agency: readState(db, agencyAggregate, agencyId),
    stamps: readState(db, stampsAggregate, stampsId),
    head,
    now,
    isClosing,
    entriesAfter: (seq, limit) => Promise.resolve(log.entriesAfter(seq, limit)),
  });
  if (given === null || !db.open) return false;
  const reply = desk.execute({
    id: CommandIdSchema.parse(newId()),
    name: 'access.stamp',
    // No person asks for it: the office does, in its own name.
    actor: PersonIdSchema.parse(agencyId),
    onBehalfOf: null,
    claimedAt: now(),
    body: given,
  });
  return reply.ok;
}

/** Stamps of the log's head, and whether one has been owed for days. */
export function stampsHere({ db, log, agencyId, now }: Desk) {
  const agency = readState(db, agencyAggregate, agencyId);
  const { newest = [], count = 0 } = readState(db, stampsAggregate, stampsId) ?? {};
  const stamping = agency?.stamping ?? usualStamping;
  const isAsked = agency?.proof != null && stamping.every !== 'never';
  const since = log.entriesAfter(0, 1)[0]?.entry.recordedAt ?? now();
  const late = isAsked && isStampLate(newest[0] ?? null, { since, now: now() });
  return { stamps: [...newest], count, late, stamping };
}

/** Looks now and then whether a stamp is due; a service that is away is asked again the next time. */
export function keepStamping(desk: Desk, newId: () => string, onFault: (error: unknown) => void): () => void {
  const timer = setInterval(() => {
    void stampOwnHead(desk, newId, false).catch((error: unknown) => {
      if (!(error instanceof AppError)) onFault(error);
    });
  }, lookEveryMs).unref();
  return () => {
    clearInterval(timer);
  };
}
