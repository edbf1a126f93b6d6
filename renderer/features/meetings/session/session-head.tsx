import { Button } from '@mantine/core';
import { IconArrowLeft, IconPresentation, IconTextSize } from '@tabler/icons-react';
import type { Meeting, MeetingPage } from '#shared/meetings/public.ts';
import { pathTo } from '../../../app/paths.ts';
import { Link } from '../../../app/router.tsx';
import { StateMark } from '../../../ui/marks.tsx';
import { useWords } from '../../../ui/use-words.ts';
import { hallPath, meetingsPath } from '../meeting-paths.ts';
import { spanOf, useNowMs } from './clock.ts';

type SessionHeadProps = Readonly<{
  page: MeetingPage;
  isLarge: boolean;
  onLarge: (isLarge: boolean) => void;
}>;

/** The name of the meeting, how long it has been going on, and the ways out of the room. */
export function SessionHead({ page, isLarge, onLarge }: SessionHeadProps) {
  const words = useWords();
  const { meeting } = page;
  return (
    <header className="sitting-head">
      <Link to={pathTo(meetingsPath, { id: meeting.id })} className="sitting-out">
        <IconArrowLeft size="1rem" stroke={1.75} aria-hidden />
        <span>{words('sitting.out')}</span>
      </Link>
      <h1>{meeting.title}</h1>
      <StateMark
        label={words(`state.meeting.${meeting.state}`)}
        tone={meeting.state === 'in-session' ? 'action' : 'plain'}
      />
      {meeting.state === 'in-session' && <Clock page={page} />}
      <span className="sitting-head-acts">
        <Button
          size="compact-sm"
          variant={isLarge ? 'filled' : 'default'}
          aria-pressed={isLarge}
          leftSection={<IconTextSize size="1rem" stroke={1.75} aria-hidden />}
          onClick={() => {
            onLarge(!isLarge);
          }}
        >
          {words('sitting.large')}
        </Button>
        <Button
          size="compact-sm"
          variant="default"
          component="a"
          href={pathTo(hallPath, { id: meeting.id })}
          target="_blank"
          rel="noopener"
          leftSection={<IconPresentation size="1rem" stroke={1.75} aria-hidden />}
        >
          {words('sitting.hall')}
        </Button>
      </span>
    </header>
  );
}

/** How long they have sat, and how that stands to the agenda. */
function Clock({ page }: Readonly<{ page: MeetingPage }>) {
  const words = useWords();
  const now = useNowMs();
  const { meeting } = page;
  if (meeting.begunAt === null) return null;
  const late = lateMs(page, now);
  return (
    <span className="sitting-clock figures" role="timer">
      <span className="unseen">{words('sitting.clock')} </span>
      {spanOf(now - Date.parse(meeting.begunAt))}
      {late > 60_000 && (
        <span className="sitting-late"> · {words('sitting.late', { count: Math.floor(late / 60_000) })}</span>
      )}
    </span>
  );
}

/** By how much the present item has outlasted its place in the agenda. */
function lateMs({ meeting, items }: MeetingPage, now: number): number {
  const place = placeOf(meeting);
  if (meeting.begunAt === null || place < 0) return 0;
  const planned = items.slice(0, place + 1).reduce((sum, { item }) => sum + (item?.minutes ?? 0), 0);
  return now - Date.parse(meeting.begunAt) - planned * 60_000;
}

function placeOf({ shown, order }: Meeting): number {
  return shown === null ? -1 : order.indexOf(shown.item);
}
