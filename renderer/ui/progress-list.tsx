import { Button, Progress } from '@mantine/core';
import { IconAlertTriangle, IconCheck, IconClock, IconLoader2, IconPlayerStop } from '@tabler/icons-react';
import { useWords } from './use-words.ts';
import './progress-list.css';

/** One thing of many being done; `sentence` says the result, above all what went wrong and what to do. */
export type ProgressItem = Readonly<{
  id: string;
  label: string;
  state: 'waiting' | 'running' | 'done' | 'failed' | 'cancelled';
  sentence?: string | null;
}>;

type ProgressListProps = Readonly<{
  title: string;
  items: readonly ProgressItem[];
  onRetry?: (ids: readonly string[]) => void;
  onCancel?: () => void;
}>;

const shapes = {
  waiting: IconClock,
  running: IconLoader2,
  done: IconCheck,
  failed: IconAlertTriangle,
  cancelled: IconPlayerStop,
};

/** Many acts at once: how far they are, what worked and what did not, with retry and stop. */
export function ProgressList({ title, items, onRetry, onCancel }: ProgressListProps) {
  const words = useWords();
  const done = items.filter((item) => item.state === 'done').length;
  const failed = items.filter((item) => item.state === 'failed');
  const unfinished = items.some((item) => item.state === 'waiting' || item.state === 'running');
  const settled =
    items.length - items.filter((item) => item.state === 'waiting' || item.state === 'running').length;
  const sorted = items.toSorted((a, b) => Number(b.state === 'failed') - Number(a.state === 'failed'));
  return (
    <section className="progress-list" aria-label={title}>
      <header>
        <strong>{title}</strong>
        <span className="figures dim" role="status">
          {words('ui.progress.done', { done, total: items.length })}
          {failed.length > 0 && (
            <span className="progress-failed">
              {' '}
              · {words('ui.progress.failed', { count: failed.length })}
            </span>
          )}
        </span>
        {unfinished && onCancel !== undefined && (
          <Button size="compact-sm" variant="default" onClick={onCancel}>
            {words('ui.progress.cancel')}
          </Button>
        )}
        {!unfinished && failed.length > 0 && onRetry !== undefined && (
          <Button
            size="compact-sm"
            variant="default"
            onClick={() => {
              onRetry(failed.map((item) => item.id));
            }}
          >
            {words('ui.progress.retryAll', { count: failed.length })}
          </Button>
        )}
      </header>
      {unfinished && (
        <Progress
          value={(100 * settled) / Math.max(1, items.length)}
          size={4}
          aria-label={title}
          transitionDuration={120}
        />
      )}
      <ul>
        {sorted.map((item) => {
          const Shape = shapes[item.state];
          return (
            <li key={item.id} data-state={item.state}>
              <Shape size="1rem" stroke={1.75} aria-hidden />
              <span className="progress-text">
                <span className="one-line">{item.label}</span>
                {(item.sentence ?? null) !== null && (
                  <span className="progress-sentence">{item.sentence}</span>
                )}
              </span>
              <span className="dim progress-state">{words(`ui.progress.state.${item.state}`)}</span>
              {item.state === 'failed' && onRetry !== undefined && (
                <Button
                  size="compact-xs"
                  variant="subtle"
                  onClick={() => {
                    onRetry([item.id]);
                  }}
                >
                  {words('ui.progress.retry')}
                </Button>
              )}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
