import { IconFileText } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import type { DocumentId } from '#shared/kernel/public.ts';
import { core } from '../../app/client.ts';
import { exportSource } from '../../app/made-file.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Note } from '../../ui/gate.tsx';
import type { RangeSource } from '../../ui/pdf-file.ts';
import { PdfView } from '../../ui/pdf-view.tsx';
import { sentenceOf } from '../../ui/sentence-of.ts';
import { useWords } from '../../ui/use-words.ts';
import { draftIn, useChanges } from './use-writing-line.ts';
import type { WritingLine } from './writing-line.ts';

type DraftPreviewProps = Readonly<{ documentId: DocumentId; line: WritingLine }>;

const restMs = 500;

/** The page as it would be signed now; the last one stays until the next is ready. */
export function DraftPreview({ documentId, line }: DraftPreviewProps) {
  const words = useWords();
  const changes = useChanges(line);
  const [source, setSource] = useState<RangeSource | null>(null);
  const [error, setError] = useState<unknown>(null);
  const setting = useRef(false);
  const again = useRef(false);
  useEffect(() => {
    let gone = false;
    // One page is set at a time; what was written meanwhile is set next.
    const setPage = async (): Promise<void> => {
      if (setting.current) {
        again.current = true;
        return;
      }
      setting.current = true;
      again.current = false;
      try {
        const draft = draftIn(line);
        const page = draft === null ? null : await core.drafting.preview({ documentId, draft });
        if (!gone && page !== null) setSource(exportSource(page));
        if (!gone) setError(null);
      } catch (failed) {
        if (!gone) setError(failed);
      }
      setting.current = false;
      if (again.current) void setPage();
    };
    const timer = setTimeout(() => void setPage(), changes === 0 ? 0 : restMs);
    return () => {
      gone = true;
      clearTimeout(timer);
    };
  }, [documentId, line, changes]);
  return (
    <div className="draft-preview">
      {error !== null && <Note tone="soon">{sentenceOf(error, words)}</Note>}
      {source === null ? (
        error !== null && <EmptyState icon={IconFileText} title={words('drafting.preview.none')} />
      ) : (
        <div className="draft-preview-pages">
          <PdfView source={source} label={words('drafting.preview')} keepPlace />
        </div>
      )}
    </div>
  );
}
