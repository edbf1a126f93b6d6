import { whyNotCall } from '#shared/directory/public.ts';
import { dayOf, InstantSchema, type Instant } from '#shared/kernel/public.ts';
import type { Tone } from '../../../ui/marks.tsx';
import { formatClock, sayDay } from '../../../ui/moments.ts';
import type { Words } from '../../../ui/words.ts';
import type { DirectoryPerson } from '../../directory/public.ts';

type PersonMark = Readonly<{ label: string; tone: Tone }>;

/** Until when a person cannot sign in after too many wrong passphrases; null when they can. */
export function lockedUntil({ lockedUntil: until }: DirectoryPerson, now: Instant): Instant | null {
  const ends = InstantSchema.safeParse(until);
  return ends.success && ends.data > now ? ends.data : null;
}

/** What an administrator has to know of a person at a glance, the most pressing first. */
export function marksOf(person: DirectoryPerson, now: Instant, words: Words): readonly PersonMark[] {
  if (!person.active) return [{ label: words('directory.left'), tone: 'soon' }];
  const until = lockedUntil(person, now);
  const signs = whyNotCall('workflow.signFile', person) === null;
  return [
    ...(until === null ? [] : [{ label: sayLocked(until, now, words), tone: 'danger' as const }]),
    ...(person.hasKey ? [] : [{ label: words('administration.people.noPassphrase'), tone: 'soon' as const }]),
    ...(signs && person.certificate === null
      ? [{ label: words('administration.people.noCertificate'), tone: 'plain' as const }]
      : []),
  ];
}

/** `Bị khóa đến 14:05`, with the day where it is not today. */
export function sayLocked(until: Instant, now: Instant, words: Words): string {
  const day = dayOf(until);
  const clock = formatClock(until);
  const at =
    day === dayOf(now) ? clock : words('ui.moment.at', { clock, day: sayDay(day, dayOf(now), words) });
  return words('administration.people.locked', { at });
}
