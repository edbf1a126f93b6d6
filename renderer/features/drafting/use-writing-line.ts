import { useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { WorkingDraftSchema, readDraft, writeFields, type WorkingDraft } from '#shared/drafting/public.ts';
import type { DocumentId } from '#shared/kernel/public.ts';
import { toast } from '../../ui/toasts.tsx';
import { useWords } from '../../ui/use-words.ts';
import type { Words } from '../../ui/words.ts';
import { WritingLine, type LineState, type Overwritten } from './writing-line.ts';

export type Writing = Readonly<{ line: WritingLine; state: LineState }>;

/** The line to a draft for as long as it is shown. */
export function useWritingLine(documentId: DocumentId): Writing {
  const words = useWords();
  const latest = useRef(words);
  useEffect(() => {
    latest.current = words;
  });
  const [line] = useState(() => new WritingLine(documentId));
  useEffect(() => {
    const close = line.open((what) => {
      offerBack(line, what, latest.current);
    });
    const keep = (): void => {
      void line.flush();
    };
    addEventListener('pagehide', keep);
    document.addEventListener('visibilitychange', keep);
    return () => {
      removeEventListener('pagehide', keep);
      document.removeEventListener('visibilitychange', keep);
      close();
    };
  }, [line]);
  return { line, state: useSyncExternalStore(line.subscribe, line.state) };
}

/** How often the draft has changed since it was first asked for; whoever asks is drawn anew with every key. */
export function useChanges({ doc }: WritingLine): number {
  const [changes, setChanges] = useState(0);
  useEffect(() => {
    const count = (): void => {
      setChanges((known) => known + 1);
    };
    doc.on('update', count);
    return () => {
      doc.off('update', count);
    };
  }, [doc]);
  return changes;
}

/** The draft as it stands in this window; null while it is not whole. */
export function draftIn({ doc }: WritingLine): WorkingDraft | null {
  return WorkingDraftSchema.safeParse(readDraft(doc)).data ?? null;
}

/** One of two values had to give way: whoever wrote it is told, and can put it back. */
function offerBack(line: WritingLine, { field, before }: Overwritten, words: Words): void {
  if (before === undefined || before === '' || (Array.isArray(before) && before.length === 0)) return;
  toast({
    text: words('drafting.overwritten', { field: words(`drafting.field.${field}`) }),
    undo: () => {
      writeFields(line.doc, { [field]: before });
    },
  });
}
