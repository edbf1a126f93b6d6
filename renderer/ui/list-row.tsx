import { IconCloudUp } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { Day, Instant } from '#shared/kernel/public.ts';
import { Deadline, UrgencyMark, type Urgency } from './marks.tsx';
import { RelativeTime } from './relative-time.tsx';
import { useWords } from './use-words.ts';
import './list-row.css';

type ListRowProps = Readonly<{
  /** Who it is from or whose turn it is. */
  lead: string;
  reference?: string;
  title: string;
  state?: ReactNode;
  urgency?: Urgency;
  due?: Day | null;
  at?: Instant | null;
  /** Waits for this person: shown heavier. */
  unread?: boolean;
  /** Something about it has not gone to the server yet. */
  onlyHere?: boolean;
}>;

/** A document in a dense list, three lines in 4.5 rem: who and when, what, where it stands. */
export function ListRow(props: ListRowProps) {
  const {
    lead,
    reference,
    title,
    state,
    urgency = 'normal',
    due = null,
    at = null,
    unread = false,
    onlyHere = false,
  } = props;
  const words = useWords();
  return (
    <div className="list-row" data-unread={unread || undefined}>
      <div className="list-row-line">
        <span className="list-row-lead one-line">{lead}</span>
        {at !== null && (
          <span className="dim list-row-at">
            <RelativeTime at={at} />
          </span>
        )}
      </div>
      <div className="list-row-title one-line" title={title}>
        {reference !== undefined && <span className="list-row-reference">{reference}</span>}
        {title}
      </div>
      <div className="list-row-line list-row-standing">
        {state}
        <UrgencyMark urgency={urgency} />
        {due !== null && <Deadline due={due} short />}
        {onlyHere && (
          <span className="list-row-here" title={words('ui.onlyHere')}>
            <IconCloudUp size="0.875rem" stroke={1.75} aria-hidden />
            <span className="unseen">{words('ui.onlyHere')}</span>
          </span>
        )}
      </div>
    </div>
  );
}
