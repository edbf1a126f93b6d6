import { dayOf, type Day, type Instant } from '#shared/kernel/public.ts';
import type { Meeting } from '#shared/meetings/public.ts';
import { formatClock, sayDay } from '../../ui/moments.ts';
import type { Words } from '../../ui/words.ts';

/** When people meet, `08:00–10:00 thứ Sáu 27/11`, or until when a round may be answered. */
export function sayWhen(
  { kind, startsAt, endsAt }: Pick<Meeting, 'kind' | 'startsAt' | 'endsAt'>,
  today: Day,
  words: Words,
): string {
  const said = (at: Instant) =>
    words('ui.moment.at', { clock: formatClock(at), day: sayDay(dayOf(at), today, words) });
  if (kind === 'round') return words('meetings.until', { when: said(endsAt) });
  const isOneDay = dayOf(startsAt) === dayOf(endsAt);
  const to = isOneDay
    ? words('ui.moment.at', {
        clock: `${formatClock(startsAt)}–${formatClock(endsAt)}`,
        day: sayDay(dayOf(startsAt), today, words),
      })
    : `${said(startsAt)} – ${said(endsAt)}`;
  return to;
}
