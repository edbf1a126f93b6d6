import { Button } from '@mantine/core';
import { IconAlertCircle } from '@tabler/icons-react';
import { EmptyState } from './empty-state.tsx';
import { sentenceOf } from './sentence-of.ts';
import { useWords } from './use-words.ts';

/** Rows that are on the way: quiet lines in their places, no spinner. */
export function ListLoading({ label }: Readonly<{ label: string }>) {
  const words = useWords();
  return (
    <div className="list-loading" role="status" aria-label={`${label}: ${words('ui.list.loading')}`}>
      {[82, 64, 73, 55, 78, 60].map((percent) => (
        <span key={percent} className="dense-blank" style={{ width: `${percent}%` }} />
      ))}
    </div>
  );
}

/** A list that could not be had, with what happened and a way to try again. */
export function ListFailed({ error, retry }: Readonly<{ error: unknown; retry: () => void }>) {
  const words = useWords();
  return (
    <div className="list-empty" role="alert">
      <EmptyState icon={IconAlertCircle} title={words('ui.list.failed')} help={sentenceOf(error, words)}>
        <Button variant="default" onClick={retry}>
          {words('ui.list.retry')}
        </Button>
      </EmptyState>
    </div>
  );
}
