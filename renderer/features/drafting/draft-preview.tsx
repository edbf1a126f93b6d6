import { IconFileText } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import type { WorkingDraft } from '#shared/drafting/public.ts';
import type { DocumentId } from '#shared/kernel/public.ts';
import { core } from '../../app/client.ts';
import { exportSource } from '../../app/made-file.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Note } from '../../ui/gate.tsx';
import type { RangeSource } from '../../ui/pdf-file.ts';
import { PdfView } from '../../ui/pdf-view.tsx';
import { sentenceOf } from '../../ui/sentence-of.ts';
import { useWords } from '../../ui/use-words.ts';

type DraftPreviewProps = Readonly<{
  documentId: DocumentId;
  /** The draft as it stands; null while it is not whole. */
  read: () => WorkingDraft | null;
  /** Grows with every change; a new value sets the page anew. */
  change: number;
}>;

const restMs = 500;

/** The page as it would be signed now; the last one stays until the next is ready. */
export function DraftPreview({ documentId, read, change }: DraftPreviewProps) {
  const words = useWords();
  const [source, setSource] = useState<RangeSource | null>(null);
  const [error, setError] = useState<unknown>(null);
  const setting = useRef(false);
  const again = useRef(false);
  const latest = useRef(read);
  useEffect(() => {
    latest.current = read;
  });
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
        const draft = latest.current();
        const page = draft === null ? null : await core.drafting.preview({ documentId, draft });
        if (!gone && page !== null) setSource(exportSource(page));
        if (!gone) setError(null);
      } catch (failed) {
        if (!gone) setError(failed);
      }
      setting.current = false;
      if (again.current) void setPage();
    };
    const timer = setTimeout(() => void setPage(), change === 0 ? 0 : restMs);
    return () => {
      gone = true;
      clearTimeout(timer);
    };
  }, [documentId, change]);
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
