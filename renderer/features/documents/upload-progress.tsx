import { Button } from '@mantine/core';
import { useEffect, useSyncExternalStore } from 'react';
import type { DocumentRow } from '#shared/documents/public.ts';
import { ProgressList } from '../../ui/progress-list.tsx';
import { sentenceOf } from '../../ui/sentence-of.ts';
import { toast } from '../../ui/toasts.tsx';
import { useWords } from '../../ui/use-words.ts';
import type { Words } from '../../ui/words.ts';
import { uploadQueue, type Upload } from './upload-queue.ts';
import './upload-progress.css';

/** How the files that were dropped come in: what worked, what did not and why, with retry and stop. */
export function UploadProgress() {
  const words = useWords();
  const uploads = useSyncExternalStore(uploadQueue.subscribe, uploadQueue.list);
  const busy = uploads.some(({ state }) => state === 'waiting' || state === 'running');
  const smooth = uploads.every((upload) => upload.state === 'done' && sentenceFor(upload, words) === null);
  const count = uploads.length;
  useEffect(() => {
    if (count === 0 || !smooth) return;
    // Nothing to look into: a notice is enough, and the list is the papers' again.
    toast({ text: words('upload.done', { count }) });
    uploadQueue.clear();
  }, [count, smooth, words]);
  if (count === 0) return null;
  return (
    <div className="upload-progress">
      <ProgressList
        title={words('upload.title')}
        items={uploads.map((upload) => ({
          id: upload.id,
          label: upload.name,
          state: upload.state,
          sentence: sentenceFor(upload, words),
        }))}
        onRetry={uploadQueue.retry}
        onCancel={uploadQueue.cancel}
      />
      {!busy && (
        <Button size="compact-sm" variant="subtle" onClick={uploadQueue.clear}>
          {words('upload.clear')}
        </Button>
      )}
    </div>
  );
}

function sentenceFor(upload: Upload, words: Words): string | null {
  const { state, error, duplicates, others, isMailLeft } = upload;
  if (state === 'failed') return sentenceOf(error, words);
  if (others.length > 0) return words('upload.others', { names: others.join(', ') });
  if (state !== 'done') return null;
  const [twin] = duplicates;
  const said = [
    ...(twin === undefined ? [] : [words('upload.twin', { name: nameOf(twin, words) })]),
    ...(isMailLeft ? [words('upload.mail-left')] : []),
  ];
  return said.length === 0 ? null : said.join(' ');
}

function nameOf({ notation, arrivalNumber, subject }: DocumentRow, words: Words): string {
  if (arrivalNumber !== null) return words('documents.arrivalNumber', { number: arrivalNumber });
  return notation === '' ? subject : notation;
}
