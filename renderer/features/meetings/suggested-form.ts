import { dayOf, instantFrom, type Instant } from '#shared/kernel/public.ts';
import type { Suggestion } from '#shared/meetings/public.ts';
import { formatClock } from '../../ui/moments.ts';
import type { MeetingForm } from './meeting-form.ts';

/** A meeting as it was last time, on a day of the body's series where one was chosen. */
export function suggestedForm(form: MeetingForm, last: Suggestion, startsAt: Instant | null): MeetingForm {
  const { title, place, minutes } = last;
  const before = { ...form, title: form.title === '' ? title : form.title, place };
  if (startsAt === null) return before;
  const endsAt = instantFrom(Date.parse(startsAt) + minutes * 60_000);
  return { ...before, day: dayOf(startsAt), from: formatClock(startsAt), to: formatClock(endsAt) };
}
