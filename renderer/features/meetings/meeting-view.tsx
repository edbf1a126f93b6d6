import { Tabs } from '@mantine/core';
import { useRef, useState } from 'react';
import { inviteeOf, isPresiding, type MeetingPage } from '#shared/meetings/public.ts';
import type { MeetingId } from '#shared/kernel/public.ts';
import { useShortcut } from '../../ui/commands.tsx';
import { ListFailed } from '../../ui/list-states.tsx';
import { StateMark } from '../../ui/marks.tsx';
import { useMoment } from '../../ui/moment-context.tsx';
import { SplitPanes, rootPx } from '../../ui/split-panes.tsx';
import { useWidth } from '../../ui/use-element.ts';
import { useWords } from '../../ui/use-words.ts';
import { useDirectory } from '../directory/public.ts';
import { useMe } from '../session/public.ts';
import { Agenda } from './agenda.tsx';
import { MeetingActs } from './meeting-acts.tsx';
import { MeetingDialogs, type Doing } from './meeting-doing.tsx';
import { MeetingFacts } from './meeting-facts.tsx';
import { PaperPages, type OpenPaper } from './paper-pages.tsx';
import { PeopleTable } from './people-table.tsx';
import { Positions } from './positions.tsx';
import { SerialsToNote } from './session/serials-to-note.tsx';
import { useMeeting } from './use-meeting.ts';
import { sayWhen } from './when-words.ts';
import { WrittenVotes } from './written-votes.tsx';
import './meetings.css';

/** One meeting: when and where, its agenda and papers, who was asked, and what they say beforehand. */
export function MeetingView({ meetingId }: Readonly<{ meetingId: MeetingId }>) {
  const words = useWords();
  const { data, error, refetch } = useMeeting(meetingId);
  useShortcut({ keys: 'Escape', label: words('documents.backToList'), run: focusList });
  if (error !== null && data === undefined) return <ListFailed error={error} retry={() => void refetch()} />;
  if (data === undefined) return null; // one local call; anything drawn here would only flash
  return <WholeMeeting page={data} />;
}

const narrowRem = 60; // below this a paper takes the place of the agenda instead of standing beside it

function WholeMeeting({ page }: Readonly<{ page: MeetingPage }>) {
  const box = useRef<HTMLElement>(null);
  const isNarrow = useWidth(box) < narrowRem * rootPx();
  const [doing, setDoing] = useState<Doing | null>(null);
  const [paper, setPaper] = useState<OpenPaper | null>(null);
  const tabs = <MeetingTabs page={page} onDo={setDoing} onRead={setPaper} />;
  const pages =
    paper === null ? null : (
      <PaperPages
        page={page}
        open={paper}
        onOpen={setPaper}
        onClose={() => {
          setPaper(null);
        }}
      />
    );
  return (
    <article className="document" aria-label={page.meeting.title} ref={box}>
      <MeetingHead page={page} />
      <SerialsToNote />
      <div className="document-body">
        {pages === null || isNarrow ? (
          (pages ?? tabs)
        ) : (
          <SplitPanes
            name="meeting-paper"
            sized="end"
            width={{ initial: 42, min: 24, max: 60 }}
            start={tabs}
            end={pages}
          />
        )}
      </div>
      <MeetingActs page={page} onDo={setDoing} />
      {doing !== null && (
        <MeetingDialogs
          page={page}
          doing={doing}
          onClose={() => {
            setDoing(null);
          }}
        />
      )}
    </article>
  );
}

function MeetingHead({ page: { meeting } }: Readonly<{ page: MeetingPage }>) {
  const words = useWords();
  const { today } = useMoment();
  const { nameOf } = useDirectory();
  const { state, chair, place, title } = meeting;
  return (
    <header className="document-head">
      <div className="document-standing">
        <p className="standing">
          <StateMark
            label={words(`state.meeting.${state}`)}
            tone={state === 'in-session' ? 'action' : 'plain'}
            waiting={state === 'in-session'}
          />
          <span className="figures">{sayWhen(meeting, today, words)}</span>
          {place !== '' && <span>{place}</span>}
          <span className="dim">{words('meetings.chairedBy', { name: nameOf(chair) })}</span>
        </p>
      </div>
      <h2 className="document-title two-lines" title={title}>
        {title}
      </h2>
    </header>
  );
}

const tabNames = ['agenda', 'people', 'positions', 'facts'] as const;

type MeetingTabsProps = Readonly<{
  page: MeetingPage;
  onDo: (doing: Doing) => void;
  onRead: (paper: OpenPaper) => void;
}>;

function MeetingTabs({ page, onDo, onRead }: MeetingTabsProps) {
  const words = useWords();
  const { person } = useMe();
  const { meeting, items } = page;
  const [shown, setShown] = useState<(typeof tabNames)[number]>('agenda');
  const isRound = meeting.kind === 'round';
  // What members say beforehand is theirs and those who prepare it; guests have the rest.
  const hasPositions = inviteeOf(meeting, person.id)?.votes === true || isPresiding(meeting, person.id);
  const tabs = tabNames.filter((name) => name !== 'positions' || hasPositions);
  return (
    <Tabs
      className="document-tabs"
      value={shown}
      keepMounted={false}
      onChange={(value) => {
        setShown(tabs.find((tab) => tab === value) ?? 'agenda');
      }}
    >
      <Tabs.List grow aria-label={words('meetings.tabs')}>
        {tabs.map((tab) => (
          <Tabs.Tab key={tab} value={tab}>
            {words(isRound && tab === 'positions' ? 'meetings.tab.votes' : `meetings.tab.${tab}`)}
            {tab === 'agenda' && items.length > 0 && (
              <span className="tab-count figures">{items.length}</span>
            )}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      <Tabs.Panel value="agenda" className="document-tab meeting-tab" tabIndex={0}>
        <Agenda page={page} onDo={onDo} onRead={onRead} />
      </Tabs.Panel>
      <Tabs.Panel value="people" className="document-tab" tabIndex={0}>
        <PeopleTable page={page} />
      </Tabs.Panel>
      {hasPositions && (
        <Tabs.Panel value="positions" className="document-tab" tabIndex={0}>
          {isRound ? <WrittenVotes page={page} onDo={onDo} /> : <Positions page={page} onDo={onDo} />}
        </Tabs.Panel>
      )}
      <Tabs.Panel value="facts" className="document-tab" tabIndex={0}>
        <MeetingFacts page={page} />
      </Tabs.Panel>
    </Tabs>
  );
}

function focusList(): void {
  document.querySelector<HTMLElement>('.dense-list')?.focus();
}
