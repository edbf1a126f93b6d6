import { z } from 'zod';
import { AppError, isRefusal, type MeetingId } from '#shared/kernel/public.ts';
import {
  agendaItemAggregate,
  hearersOf,
  itemOf,
  meetingAggregate,
  type MeetingTelling,
  type Told,
} from '#shared/meetings/public.ts';
import type { Signed } from '../../host/context.ts';
import { readState } from '../../store/read-state.ts';
import { eachUntilOver, type Listening } from '../session/public.ts';

type Asked = Readonly<{ meetingId: MeetingId; telling: MeetingTelling }>;

/** Tells the windows of this desk at once, and through the server those of others, as far as it can be had. */
export async function tell(signed: Signed, asked: Asked): Promise<Readonly<{ out: boolean }>> {
  const { open, person } = signed;
  const { db } = open.desk;
  const told: Told = { ...asked, by: person.id };
  const item = itemOf(told);
  const hearers = hearersOf(
    told,
    readState(db, meetingAggregate, asked.meetingId),
    item === null ? null : readState(db, agendaItemAggregate, item),
  );
  if (isRefusal(hearers)) throw new AppError(hearers.code, hearers.params);
  open.tellings.pass(told, (one) => hearers.includes(one));
  if (open.shared === null) return { out: false };
  return open.shared.speak('/v1/tellings', asked, z.object({ out: z.boolean() })).catch((error: unknown) => {
    // What is kept nowhere is not sent later either.
    if (error instanceof AppError && error.code === 'sync.server-away') return { out: false };
    throw error;
  });
}

/** As many things told as wait for a window that is slow to take them. */
const mostWaiting = 500;

/** What others in a meeting tell, for as long as the window listens. */
export function hear(
  listening: Listening,
  meetingId: MeetingId,
): AsyncGenerator<Omit<Told, 'meetingId'>, void> {
  const { open, person } = listening.signed;
  const meeting = readState(open.desk.db, meetingAggregate, meetingId);
  if (meeting?.people.includes(person.id) !== true) throw new AppError('meetings.unknown');
  return eachUntilOver(listening, {
    subscribe: (push: (told: Omit<Told, 'meetingId'>) => void) =>
      open.tellings.listen(meetingId, {
        person: person.id,
        hear: ({ by, telling }) => {
          push({ by, telling });
        },
      }),
    most: mostWaiting,
  });
}
