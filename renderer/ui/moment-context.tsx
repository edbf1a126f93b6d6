import { createContext, useContext, useEffect, useMemo, useState, type ReactNode } from 'react';
import { dayOf, instantFrom, type Day, type Instant, type WorkingCalendar } from '#shared/kernel/public.ts';

/** The present for the screens: the instant (renewed every half minute), the day and the working calendar. */
export type Moment = Readonly<{ now: Instant; today: Day; calendar: WorkingCalendar }>;

const MomentContext = createContext<Moment | null>(null);

export function MomentProvider(
  props: Readonly<{ calendar: WorkingCalendar; clock: () => number; children: ReactNode }>,
) {
  const { calendar, clock, children } = props;
  const [now, setNow] = useState(() => instantFrom(clock()));
  useEffect(() => {
    const timer = setInterval(() => {
      setNow(instantFrom(clock()));
    }, 30_000);
    return () => {
      clearInterval(timer);
    };
  }, [clock]);
  const moment = useMemo(() => ({ now, today: dayOf(now), calendar }), [now, calendar]);
  return <MomentContext value={moment}>{children}</MomentContext>;
}

export function useMoment(): Moment {
  const moment = useContext(MomentContext);
  if (moment === null) throw new Error('useMoment needs MomentProvider');
  return moment;
}
