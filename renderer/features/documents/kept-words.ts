import type { DocumentPage } from '#shared/documents/public.ts';
import type { DocumentPaneProps } from '../../ui/document-pane.tsx';
import type { Words } from '../../ui/words.ts';

/** Where the newest of a document is kept, or what was asked of the server for it; nothing at a desk that stands alone. */
export function sayKept(
  { kept, asked, row }: DocumentPage,
  words: Words,
): NonNullable<DocumentPaneProps['standing']['kept']> | null {
  if (kept === 'alone') return null;
  if (asked !== null || row.awaitsNumber) {
    return {
      state: 'owed',
      label: words('documents.kept.asked'),
      sentence: words('documents.kept.asked.sentence'),
    };
  }
  const state = kept === 'safe' ? 'safe' : 'owed';
  return {
    state,
    label: words(`documents.kept.${kept}`),
    sentence: words(`documents.kept.${kept}.sentence`),
  };
}
