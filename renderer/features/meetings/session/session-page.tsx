import { useState } from 'react';
import { MeetingIdSchema, type MeetingId } from '#shared/kernel/public.ts';
import type { AgendaItem, MeetingPage } from '#shared/meetings/public.ts';
import { useParams } from '../../../app/router.tsx';
import { ActionBar } from '../../../ui/action-bar.tsx';
import { useShortcut } from '../../../ui/commands.tsx';
import { ListFailed } from '../../../ui/list-states.tsx';
import { useRemembered } from '../../../ui/remembered.ts';
import { useWords } from '../../../ui/use-words.ts';
import { sessionPath } from '../meeting-paths.ts';
import { useMeeting } from '../use-meeting.ts';
import { AgendaPane } from './agenda-pane.tsx';
import { LiveNews } from './live-news.tsx';
import { useMeetingLine } from './meeting-line.ts';
import { PaperPane } from './paper-pane.tsx';
import { PeoplePart } from './people-part.tsx';
import { ResultsPane } from './results-pane.tsx';
import { SerialsToNote } from './serials-to-note.tsx';
import { SessionHead } from './session-head.tsx';
import { SittingDialogs, type Asked } from './sitting-dialogs.tsx';
import { SpeakersPart } from './speakers-part.tsx';
import { TalkPart } from './talk-part.tsx';
import { useFollowing } from './use-following.ts';
import { useSitting, type Sitting } from './use-sitting.ts';
import { useSittingActs } from './use-sitting-acts.ts';
import { VotePart } from './vote-part.tsx';
import './session.css';

/** Phiên họp: who is there, what is spoken of, who speaks, and what is voted on. */
export function SessionPage() {
  const id = MeetingIdSchema.safeParse(useParams(sessionPath)?.['id']);
  return id.success ? <Session key={id.data} meetingId={id.data} /> : null;
}

function Session({ meetingId }: Readonly<{ meetingId: MeetingId }>) {
  const { data, error, refetch } = useMeeting(meetingId);
  const sitting = useSitting(data);
  if (data === undefined && error !== null) {
    return <ListFailed error={error} retry={() => void refetch()} />;
  }
  if (data === undefined || sitting === null) return null;
  return <Room page={data} sitting={sitting} />;
}

function Room({ page, sitting }: Readonly<{ page: MeetingPage; sitting: Sitting }>) {
  const words = useWords();
  const [asked, setAsked] = useState<Asked | null>(null);
  const [isLarge, setLarge] = useRemembered('sitting.large', (kept) => kept === true);
  const { meeting, items, me, current, vote, presides } = sitting;
  const line = useMeetingLine(meeting.id);
  const isOver = meeting.state === 'ended' || meeting.state === 'signed';
  const following = useFollowing({
    meeting,
    me,
    line,
    may: presides && meeting.state === 'in-session',
  });
  const look = (item: AgendaItem): void => {
    following.turn({ item: item.id, paper: item.papers[0]?.id ?? null, page: 1 });
  };
  const goTo = (item: AgendaItem): void => {
    following.show({ item: item.id, paper: item.papers[0]?.id ?? null, page: 1 });
  };
  const actions = useSittingActs(sitting, { ask: setAsked, goTo });
  useShortcut({
    keys: 'T',
    label: words('sitting.follow.back'),
    run: following.comeBack,
    enabled: following.isAway,
  });
  useShortcut({
    keys: 'V',
    label: words('sitting.vote.to'),
    run: () => {
      document.querySelector<HTMLElement>('.sitting-ballot button, .sitting-ballot input')?.focus();
    },
    enabled: vote?.vote.state === 'open',
  });
  const looked = items.find(({ item }) => item !== null && item.id === following.looked?.item)?.item ?? null;
  return (
    <div className="sitting" data-large={isLarge || undefined}>
      <SessionHead page={page} isLarge={isLarge} onLarge={setLarge} />
      <LiveNews sitting={sitting} />
      <SerialsToNote />
      <div className="sitting-body">
        <AgendaPane
          items={items}
          current={current?.item.id ?? null}
          looked={looked?.id ?? null}
          onLook={look}
        />
        {isOver ? (
          <ResultsPane sitting={sitting} />
        ) : (
          <PaperPane key={looked?.id ?? 'none'} item={looked} following={following} />
        )}
        <div
          className="sitting-side"
          // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrolling region must be reachable by keyboard
          tabIndex={0}
          role="group"
          aria-label={words('sitting.side')}
          data-scrolls
        >
          {vote !== null && <VotePart key={vote.vote.id} sitting={sitting} shown={vote} />}
          {!isOver && <Floor sitting={sitting} line={line} onAsk={setAsked} />}
          <PeoplePart sitting={sitting} />
        </div>
      </div>
      <footer className="sitting-foot">
        <ActionBar label={words('sitting.acts')} actions={actions} />
      </footer>
      <SittingDialogs
        sitting={sitting}
        asked={asked}
        onClose={() => {
          setAsked(null);
        }}
      />
    </div>
  );
}

type FloorProps = Readonly<{
  sitting: Sitting;
  line: ReturnType<typeof useMeetingLine>;
  onAsk: (asked: Asked) => void;
}>;

/** Who speaks, in the room and from afar, as long as the meeting lasts. */
function Floor({ sitting, line, onAsk }: FloorProps) {
  return (
    <>
      <SpeakersPart
        sitting={sitting}
        onCall={(speech) => {
          onAsk({ is: 'call', speech });
        }}
      />
      <TalkPart meeting={sitting.meeting} me={sitting.me} line={line} />
    </>
  );
}
