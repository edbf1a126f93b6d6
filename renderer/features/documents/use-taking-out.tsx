import { IconDownload, IconPrinter } from '@tabler/icons-react';
import type { DocumentPage } from '#shared/documents/public.ts';
import { sentenceOf } from '../../ui/sentence-of.ts';
import { toast } from '../../ui/toasts.tsx';
import { useWords } from '../../ui/use-words.ts';
import type { OfferedActions } from './outgoing-actions.tsx';
import { usePrinting, useSaving } from './use-file-out.ts';

/** The page of a document on paper, marked, and the original as it was signed: two acts, for they are not the same file. */
export function useTakingOut({ document }: DocumentPage): OfferedActions {
  const words = useWords();
  const failed = {
    onError: (error: unknown) => {
      toast({ text: sentenceOf(error, words), tone: 'danger' });
    },
  };
  const printing = usePrinting(document.id);
  const saving = useSaving(document.id);
  const { file, destroyed } = document;
  if (file === null || destroyed !== undefined) return { actions: [], dialogs: null };
  return {
    actions: [
      {
        id: 'print',
        label: words('documents.act.print'),
        icon: IconPrinter,
        busy: printing.isPending,
        run: () => {
          printing.mutate(file, failed);
        },
      },
      {
        id: 'original',
        label: words('documents.file.original'),
        icon: IconDownload,
        busy: saving.isPending,
        run: () => {
          saving.mutate(file, failed);
        },
      },
    ],
    dialogs: null,
  };
}
