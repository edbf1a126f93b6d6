import { useMutation } from '@tanstack/react-query';
import type { StoredFile } from '#shared/documents/public.ts';
import type { DocumentId } from '#shared/kernel/public.ts';
import { core } from '../../app/client.ts';
import { saveStored } from '../../app/files.ts';
import { saveExport } from '../../app/made-file.ts';
import { toast } from '../../ui/toasts.tsx';
import { useWords } from '../../ui/use-words.ts';

/** `size` may be less than the whole: an earlier state of a signed file is its beginning. */
type Taken = Pick<StoredFile, 'hash' | 'size' | 'name'>;

/** Saves a stored file as it is, signatures and all. */
export function useSaving(documentId: DocumentId) {
  return useMutation({ mutationFn: (file: Taken) => saveStored({ documentId, ...file }) });
}

/** Saves the pages of a file for paper, each with the mark of who prints it. */
export function usePrinting(documentId: DocumentId) {
  const words = useWords();
  return useMutation({
    mutationFn: async ({ hash, size }: Taken) => {
      await saveExport(await core.documents.printFile({ documentId, hash, size }), 'application/pdf');
    },
    onSuccess: () => {
      toast({ text: words('documents.file.printed') });
    },
  });
}
