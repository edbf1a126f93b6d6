import { Tabs } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import type { Day, Instant } from '#shared/kernel/public.ts';
import { ActionBar, type Action } from './action-bar.tsx';
import { Deadline, StateMark, UrgencyMark, type Tone, type Urgency } from './marks.tsx';
import { RelativeTime } from './relative-time.tsx';
import { SplitPanes } from './split-panes.tsx';
import { useWords } from './use-words.ts';
import './document-pane.css';

export const documentTabs = ['facts', 'course', 'signatures', 'related'] as const;
export type DocumentTab = (typeof documentTabs)[number];

export type DocumentPaneProps = Readonly<{
  /** Number and symbol or what stands for it, e.g. `15/QĐ-UBND`, `Số đến 1204`. */
  reference: string;
  title: string;
  /** The one line above: state, who holds it, since when, deadline. */
  standing: Readonly<{
    state: string;
    tone?: Tone;
    waiting?: boolean;
    holder: string | null;
    since: Instant | null;
    due: Day | null;
    done?: boolean;
    urgency?: Urgency;
  }>;
  /** The page itself. */
  page: ReactNode;
  tabs: Readonly<Record<DocumentTab, ReactNode>>;
  /** How many things a tab holds, shown beside its name. */
  counts?: Partial<Readonly<Record<DocumentTab, number>>>;
  actions: readonly Action[];
  /** At the right of the top line: open in a new window, close. */
  corner?: ReactNode;
}>;

/** One document: where it stands, the page, four tabs about it, and the next likely acts. */
export function DocumentPane(props: DocumentPaneProps) {
  const { reference, title, standing, page, tabs, counts = {}, actions, corner } = props;
  return (
    <article className="document" aria-label={`${reference} ${title}`}>
      <header className="document-head">
        <div className="document-standing">
          <Standing {...standing} />
          <span className="document-corner">{corner}</span>
        </div>
        <h2 className="document-title two-lines" title={title}>
          <span className="document-reference figures">{reference}</span> {title}
        </h2>
      </header>
      <div className="document-body">
        <SplitPanes
          name="document"
          sized="end"
          width={{ initial: 21, min: 17, max: 34 }}
          start={<div className="document-page">{page}</div>}
          end={<DocumentTabs tabs={tabs} counts={counts} />}
        />
      </div>
      {actions.length > 0 && (
        <footer className="document-acts">
          <ActionBar actions={actions} label={reference} />
        </footer>
      )}
    </article>
  );
}

function Standing({
  state,
  tone = 'plain',
  waiting = false,
  holder,
  since,
  due,
  done = false,
  urgency = 'normal',
}: DocumentPaneProps['standing']) {
  const words = useWords();
  return (
    <p className="standing">
      <StateMark label={state} tone={tone} waiting={waiting} />
      <UrgencyMark urgency={urgency} />
      {holder !== null && (
        <span>
          <strong>{holder}</strong> <span className="dim">{words('ui.document.holder')}</span>
        </span>
      )}
      {since !== null && (
        <span className="dim">
          {words('ui.document.since')} <RelativeTime at={since} />
        </span>
      )}
      {due !== null && <Deadline due={due} done={done} />}
    </p>
  );
}

function DocumentTabs({
  tabs,
  counts,
}: Readonly<Pick<DocumentPaneProps, 'tabs'> & { counts: NonNullable<DocumentPaneProps['counts']> }>) {
  const words = useWords();
  const [shown, setShown] = useState<DocumentTab>('facts');
  return (
    <Tabs
      className="document-tabs"
      value={shown}
      onChange={(value) => {
        setShown(documentTabs.find((tab) => tab === value) ?? 'facts');
      }}
    >
      <Tabs.List grow aria-label={words('ui.document.panel')}>
        {documentTabs.map((tab) => (
          <Tabs.Tab key={tab} value={tab}>
            {words(`ui.document.tab.${tab}`)}
            {counts[tab] !== undefined && counts[tab] > 0 && (
              <span className="tab-count figures">{counts[tab]}</span>
            )}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      {documentTabs.map((tab) => (
        <Tabs.Panel key={tab} value={tab} className="document-tab">
          {tabs[tab]}
        </Tabs.Panel>
      ))}
    </Tabs>
  );
}
