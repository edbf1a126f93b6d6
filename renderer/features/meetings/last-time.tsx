import { Button } from '@mantine/core';
import { IconHistory } from '@tabler/icons-react';
import { dayOf, type Instant } from '#shared/kernel/public.ts';
import type { Suggestion } from '#shared/meetings/public.ts';
import { useMoment } from '../../ui/moment-context.tsx';
import { formatClock, sayDay } from '../../ui/moments.ts';
import { useWords } from '../../ui/use-words.ts';

type LastTimeProps = Readonly<{ last: Suggestion; onTake: (startsAt: Instant | null) => void }>;

/** Fills the meeting in as it was last time, or on one of the next days of its series. */
export function LastTime({ last, onTake }: LastTimeProps) {
  const words = useWords();
  const { today } = useMoment();
  if (last.from === null && last.startsAt.length === 0) return null;
  return (
    <div className="stances" role="group" aria-label={words('meetings.suggested')}>
      {last.from !== null && (
        <Button
          size="compact-xs"
          variant="default"
          leftSection={<IconHistory size="0.875rem" stroke={1.75} aria-hidden />}
          onClick={() => {
            onTake(null);
          }}
        >
          {words('meetings.lastTime')}
        </Button>
      )}
      {last.startsAt.map((startsAt) => (
        <Button
          key={startsAt}
          size="compact-xs"
          variant="default"
          onClick={() => {
            onTake(startsAt);
          }}
        >
          {words('ui.moment.at', {
            clock: formatClock(startsAt),
            day: sayDay(dayOf(startsAt), today, words),
          })}
        </Button>
      ))}
    </div>
  );
}
