import { z } from 'zod';
import {
  MeetingIdSchema,
  PersonIdSchema,
  refuse,
  type AgendaItemId,
  type PersonId,
  type Refusal,
} from '../kernel/public.ts';
import type { AgendaItem } from './item-model.ts';
import { ShownSchema, type Meeting } from './meeting-model.ts';
import { whyNotChair, whyNotItem, whyNotMeeting } from './why-not.ts';

/** A window that takes part in the talk with voice and picture, for as long as it is open. */
const WindowSchema = z.string().regex(/^[\w-]{1,40}$/u);

/** What the windows of a talk say to each other so that they can be connected (RFC 8829). */
export const SignalSchema = z.discriminatedUnion('is', [
  /** Says that a window is in the talk, to all or back to one who said so. */
  z.object({ is: z.literal('here') }),
  z.object({ is: z.literal('gone') }),
  z.object({ is: z.enum(['offer', 'answer']), sdp: z.string().max(100_000) }),
  z.object({
    is: z.literal('way'),
    candidate: z.string().max(2000),
    mid: z.string().max(100).nullable(),
    line: z.int().min(0).max(100).nullable(),
  }),
]);
export type Signal = Readonly<z.infer<typeof SignalSchema>>;

/** Said between those who sit in a meeting while they sit, and kept nowhere. */
export const TellingSchema = z.discriminatedUnion('is', [
  /** The page the chair turns to, before it rests and is written down. */
  z.object({ is: z.literal('page'), shown: ShownSchema }),
  z.object({
    is: z.literal('signal'),
    from: WindowSchema,
    /** Null for everybody in the meeting. */
    to: z.object({ person: PersonIdSchema, window: WindowSchema }).nullable(),
    signal: SignalSchema,
  }),
]);
export type MeetingTelling = Readonly<z.infer<typeof TellingSchema>>;

export const ToldSchema = z.object({
  meetingId: MeetingIdSchema,
  by: PersonIdSchema,
  telling: TellingSchema,
});
export type Told = Readonly<z.infer<typeof ToldSchema>>;

/** What the wake line says of something told in a meeting, before it. */
export const tellingWake = 'told ';

/** Who hears something that is told in a meeting; a page only whoever reads its item. */
export function hearersOf(
  { telling, by }: Pick<Told, 'telling' | 'by'>,
  meeting: Meeting | null,
  item: AgendaItem | null,
): Refusal | readonly PersonId[] {
  if (telling.is === 'signal') {
    const not = whyNotMeeting(meeting, 'attend', by);
    if (not !== null || meeting === null) return not ?? [];
    const { to } = telling;
    if (to === null) return meeting.people;
    return meeting.people.includes(to.person) ? [to.person] : refuse('meetings.not-invited');
  }
  const not = whyNotChair(meeting, 'speak', by) ?? whyNotItem(item, by);
  if (not !== null || meeting === null || item === null) return not ?? [];
  if (!meeting.order.includes(item.id)) return refuse('meetings.unknown-item');
  return meeting.people.filter((person) => item.readers.includes(person));
}

/** The item that what is told is about. */
export function itemOf({ telling }: Pick<Told, 'telling'>): AgendaItemId | null {
  return telling.is === 'page' ? telling.shown.item : null;
}
