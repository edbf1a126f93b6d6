import type { Delegation } from '#shared/directory/public.ts';
import type { Day } from '#shared/kernel/public.ts';
import { formatDay } from '../../ui/moments.ts';
import type { Words } from '../../ui/words.ts';

export type Standing = 'revoked' | 'ahead' | 'over' | 'inForce';

/** Where a delegation stands on a day. */
export function standingOf({ revokedAt, fromDay, toDay }: Delegation, today: Day): Standing {
  if (revokedAt !== null) return 'revoked';
  if (today < fromDay) return 'ahead';
  return toDay !== null && today > toDay ? 'over' : 'inForce';
}

/** The kinds of papers in words; `none` is said where the list is empty. */
export function sayKinds(kinds: readonly string[], none: string, words: Words): string {
  if (kinds.length === 0) return none;
  return kinds
    .map((kind) => {
      const said = words(`kind.${kind}`);
      return said === `kind.${kind}` ? kind : said;
    })
    .join(', ');
}

/** From a day, until a day or without end. */
export function sayDays(from: Day, to: Day | null, words: Words): string {
  return to === null
    ? words('directory.days.open', { from: formatDay(from) })
    : words('directory.days', { from: formatDay(from), to: formatDay(to) });
}
