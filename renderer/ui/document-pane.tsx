import { ActionIcon } from '@mantine/core';
import { IconLayoutSidebarRight } from '@tabler/icons-react';
import { useRef, type ReactNode } from 'react';
import type { Day, Instant } from '#shared/kernel/public.ts';
import { ActionBar, type Action } from './action-bar.tsx';
import { useShortcut } from './commands.tsx';
import { DocumentTabs, type DocumentTab } from './document-tabs.tsx';
import { Hint } from './hint.tsx';
import { Deadline, StateMark, UrgencyMark, type Tone, type Urgency } from './marks.tsx';
import type { SyncState } from './sync-dot.tsx';
import { RelativeTime } from './relative-time.tsx';
import { rootPx, SplitPanes } from './split-panes.tsx';
import { useRemembered } from './remembered.ts';
import { useWidth } from './use-element.ts';
import { useWords } from './use-words.ts';
import './document-pane.css';

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
    /** How well what happened is kept, as a word and its sentence; absent where there is nothing to say. */
    kept?: Readonly<{ label: string; sentence: string; state: SyncState }> | null;
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

const narrowRem = 36; // below this the page and its panel do not fit side by side

/** One document: where it stands, the page, four tabs about it, and the next likely acts. */
export function DocumentPane(props: DocumentPaneProps) {
  const { reference, title, standing, page, tabs, counts = {}, actions, corner } = props;
  const words = useWords();
  const box = useRef<HTMLElement>(null);
  const narrow = useWidth(box) < narrowRem * rootPx();
  const [hidden, setHidden] = useRemembered('document.panel.hidden', (kept) => kept === true);
  const toggle = (): void => {
    setHidden(!hidden);
  };
  const toggleLabel = words(hidden ? 'ui.document.showPanel' : 'ui.document.hidePanel');
  useShortcut({ keys: ']', label: toggleLabel, run: toggle, enabled: !narrow });
  return (
    <article className="document" aria-label={`${reference} ${title}`} ref={box}>
      <header className="document-head">
        <div className="document-standing">
          <Standing {...standing} />
          <span className="document-corner">
            {!narrow && (
              <Hint text={toggleLabel} keys="]">
                <ActionIcon
                  variant="subtle"
                  color="gray"
                  className="quiet-button"
                  aria-label={toggleLabel}
                  aria-pressed={!hidden}
                  onClick={toggle}
                >
                  <IconLayoutSidebarRight size="1.125rem" stroke={1.6} />
                </ActionIcon>
              </Hint>
            )}
            {corner}
          </span>
        </div>
        <h2 className="document-title two-lines" title={title}>
          <span className="document-reference figures">{reference}</span> {title}
        </h2>
      </header>
      <div className="document-body">
        <Body page={page} tabs={tabs} counts={counts} layout={layoutOf(narrow, hidden)} />
      </div>
      {actions.length > 0 && (
        <footer className="document-acts">
          <ActionBar actions={actions} label={reference} shownAtMost={narrow ? 2 : 3} />
        </footer>
      )}
    </article>
  );
}

type Layout = 'beside' | 'tabs' | 'page';

function layoutOf(narrow: boolean, hidden: boolean): Layout {
  if (narrow) return 'tabs';
  return hidden ? 'page' : 'beside';
}

type BodyProps = Readonly<Pick<DocumentPaneProps, 'page' | 'tabs'>> &
  Readonly<{ counts: NonNullable<DocumentPaneProps['counts']>; layout: Layout }>;

function Body({ page, tabs, counts, layout }: BodyProps) {
  if (layout === 'tabs') return <DocumentTabs tabs={tabs} counts={counts} page={page} />;
  if (layout === 'page') return <div className="document-page">{page}</div>;
  return (
    <SplitPanes
      name="document"
      sized="end"
      width={{ initial: 19, min: 17, max: 34 }}
      start={<div className="document-page">{page}</div>}
      end={<DocumentTabs tabs={tabs} counts={counts} page={null} />}
    />
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
  kept = null,
}: DocumentPaneProps['standing']) {
  const words = useWords();
  return (
    <p className="standing">
      <StateMark label={state} tone={tone} waiting={waiting} />
      <UrgencyMark urgency={urgency} />
      {holder !== null && (
        <span className="standing-holder">{words('ui.document.heldBy', { name: holder })}</span>
      )}
      {since !== null && (
        <span className="dim">
          {words('ui.document.since')} <RelativeTime at={since} />
        </span>
      )}
      {due !== null && <Deadline due={due} done={done} />}
      {kept !== null && (
        <span className="standing-kept" data-state={kept.state} title={kept.sentence}>
          <span className="sync-shape" aria-hidden />
          {kept.label}
        </span>
      )}
    </p>
  );
}
