import { IconFileText } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import type { WorkingDraft } from '#shared/drafting/public.ts';
import type { DocumentId } from '#shared/kernel/public.ts';
import { core } from '../../app/client.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Note } from '../../ui/gate.tsx';
import type { RangeSource } from '../../ui/pdf-file.ts';
import { PdfView } from '../../ui/pdf-view.tsx';
import { sentenceOf } from '../../ui/sentence-of.ts';
import { useWords } from '../../ui/use-words.ts';

type DraftPreviewProps = Readonly<{
  documentId: DocumentId;
  read: () => WorkingDraft;
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
        const page = await core.drafting.preview({ documentId, draft: latest.current() });
        if (!gone) setSource(exportSource(page));
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

function exportSource({ exportId, size }: Readonly<{ exportId: string; size: number }>): RangeSource {
  return {
    size,
    read: async (offset, length) => {
      const { bytes } = await core.documents.readExport({ exportId, offset, length });
      return new Uint8Array(await bytes.arrayBuffer());
    },
  };
}
