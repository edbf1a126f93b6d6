import { dayOf, instantAt, type Day } from '#shared/kernel/public.ts';
import { MeetingFieldsSchema, type Meeting } from '#shared/meetings/public.ts';
import { formatClock } from '../../ui/moments.ts';

/** A meeting as it is written down. */
export type MeetingForm = Readonly<{
  kind: Meeting['kind'];
  title: string;
  place: string;
  day: Day | null;
  from: string | null;
  to: string | null;
}>;

export const emptyMeeting: MeetingForm = {
  kind: 'session',
  title: '',
  place: '',
  day: null,
  from: '08:00',
  to: '11:30',
};

export function formOf({ kind, title, place, startsAt, endsAt }: Meeting): MeetingForm {
  return { kind, title, place, day: dayOf(startsAt), from: formatClock(startsAt), to: formatClock(endsAt) };
}

/** What is sent; null while something is missing. A round in writing stands at its last hour. */
export function fieldsOf({ kind, title, place, day, from, to }: MeetingForm) {
  const starts = kind === 'round' ? to : from;
  if (day === null || starts === null || to === null) return null;
  const read = MeetingFieldsSchema.safeParse({
    title,
    place: kind === 'round' ? '' : place,
    startsAt: instantAt(day, starts),
    endsAt: instantAt(day, to),
  });
  return read.success ? read.data : null;
}
