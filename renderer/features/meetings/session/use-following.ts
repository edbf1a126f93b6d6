import { useCallback, useEffect, useRef, useState } from 'react';
import type { PersonId } from '#shared/kernel/public.ts';
import type { Meeting } from '#shared/meetings/public.ts';
import { ask, core } from '../../../app/client.ts';
import type { MeetingLine } from './meeting-line.ts';
import { isSame, wasTold, wroteDown, type Shown, type ShownPage } from './shown-page.ts';
import { useSittingDo } from './use-sitting-ask.ts';

/** What is looked at here, and how that stands to what the chair shows. */
export type Following = Readonly<{
  /** What the chair shows; null where everybody goes their own way. */
  shown: Shown | null;
  looked: Shown | null;
  /** Whether what is looked at was turned to here. */
  isOwn: boolean;
  /** This person turned pages themselves and has not come back. */
  isAway: boolean;
  /** Whether this person may show pages, and whether this window does so now. */
  may: boolean;
  leads: boolean;
  lead: (leads: boolean) => void;
  turn: (to: Shown) => void;
  /** Shows something to everybody, whoever leads. */
  show: (to: Shown) => void;
  comeBack: () => void;
}>;

/** A page that rests this long is written down, so that whoever comes back finds the place. */
const restMs = 700;

type Given = Readonly<{ meeting: Meeting; me: PersonId; line: MeetingLine; may: boolean }>;

export function useFollowing({ meeting, me, line, may }: Given): Following {
  const [own, setOwn] = useState<Shown | null>(null);
  const [wantsToLead, setLeads] = useState(me === meeting.chair);
  const shown = useShown(meeting, line);
  const show = useShowing(meeting, line);
  const leads = may && wantsToLead;
  // Of two who lead, whoever turned last does.
  useEffect(
    () =>
      line.onTold(({ by, telling }) => {
        if (telling.is === 'page' && by !== me && leads) setOwn(null);
      }),
    [line, me, leads],
  );
  return {
    shown,
    looked: own ?? shown,
    isOwn: own !== null,
    isAway: own !== null && !leads && shown !== null,
    may,
    leads,
    lead: (wanted) => {
      setLeads(wanted);
      if (wanted && own !== null) show(own, 0);
    },
    turn: (to) => {
      // Who turned back to the chair's page is with the chair again.
      setOwn(!leads && isSame(to, shown) ? null : to);
      if (leads) show(to, shown?.item === to.item ? restMs : 0);
    },
    show: (to) => {
      setOwn(leads ? to : null);
      show(to, 0);
    },
    comeBack: () => {
      setOwn(null);
    },
  };
}

/** The page the chair is at, as soon as it is told. */
function useShown({ shown: written }: Meeting, line: MeetingLine): Shown | null {
  const [page, setPage] = useState<ShownPage>({ shown: written, told: [] });
  const latest = useRef(written);
  useEffect(() => {
    if (isSame(latest.current, written)) return;
    latest.current = written;
    setPage((before) => wroteDown(before, written, Date.now()));
  }, [written]);
  useEffect(
    () =>
      line.onTold(({ telling }) => {
        if (telling.is === 'page') setPage((before) => wasTold(before, telling.shown, Date.now()));
      }),
    [line],
  );
  return page.shown;
}

/** Tells a page at once and writes it down when it has rested. */
function useShowing({ id: meetingId }: Meeting, line: MeetingLine): (to: Shown, ms: number) => void {
  const run = useSittingDo();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(
    () => () => {
      clearTimeout(timer.current);
    },
    [],
  );
  return useCallback(
    (to: Shown, ms: number) => {
      line.tell({ is: 'page', shown: to });
      clearTimeout(timer.current);
      timer.current = setTimeout(() => {
        run(() => ask(core.meetings.showPage, { meetingId, shown: to }));
      }, ms);
    },
    [line, meetingId, run],
  );
}
