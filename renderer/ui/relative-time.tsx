import type { Day, Instant } from '#shared/kernel/public.ts';
import { formatDay, formatExact, sayDay, sayInstant } from './moments.ts';
import { useMoment } from './moment-context.tsx';
import { useWords } from './use-words.ts';

/** An instant as people say it, the exact one on hover. */
export function RelativeTime({ at }: Readonly<{ at: Instant }>) {
  const words = useWords();
  const { now } = useMoment();
  return (
    <time className="figures" dateTime={at} title={formatExact(at)}>
      {sayInstant(at, now, words)}
    </time>
  );
}

/** A day as people say it, the full date on hover. */
export function RelativeDay({ day }: Readonly<{ day: Day }>) {
  const words = useWords();
  const { today } = useMoment();
  return (
    <time className="figures" dateTime={day} title={formatDay(day)}>
      {sayDay(day, today, words)}
    </time>
  );
}
