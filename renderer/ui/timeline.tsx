import type { Icon } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { Instant } from '#shared/kernel/public.ts';
import type { Tone } from './marks.tsx';
import { RelativeTime } from './relative-time.tsx';
import { useWords } from './use-words.ts';
import './timeline.css';

/** One act in a sentence: who did what, what they said, when. */
export type TimelineEntry = Readonly<{
  id: string;
  icon?: Icon;
  who: string;
  what: string;
  /** What the person wrote, quoted below. */
  said?: string | null;
  at: Instant;
  tone?: Tone;
  more?: ReactNode;
}>;

type TimelineProps = Readonly<{
  entries: readonly TimelineEntry[];
  /** What story it is, where it is not simply what happened. */
  label?: string;
}>;

/** What happened in plain sentences, in the order they are given. */
export function Timeline({ entries, label }: TimelineProps) {
  const words = useWords();
  return (
    <ol className="timeline" aria-label={label ?? words('ui.timeline.label')}>
      {entries.map(({ id, icon: IconDrawn, who, what, said = null, at, tone = 'plain', more }) => (
        <li key={id} data-tone={tone}>
          <span className="timeline-mark" aria-hidden>
            {IconDrawn === undefined ? null : <IconDrawn size="0.8125rem" stroke={2} />}
          </span>
          <div className="timeline-text">
            <span>
              <strong>{who}</strong> {what}
            </span>
            {said !== null && <q className="timeline-said">{said}</q>}
            <span className="dim timeline-when">
              <RelativeTime at={at} />
            </span>
            {more}
          </div>
        </li>
      ))}
    </ol>
  );
}
