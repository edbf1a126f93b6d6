import { useMutation } from '@tanstack/react-query';
import type { Export } from '#shared/documents/public.ts';
import type { PrintForm } from '#shared/dossiers/public.ts';
import { saveExport } from '../../app/made-file.ts';
import { sentenceOf } from '../../ui/sentence-of.ts';
import { toast } from '../../ui/toasts.tsx';
import { useWords } from '../../ui/use-words.ts';

const types: Readonly<Record<PrintForm, string>> = { pdf: 'application/pdf', csv: 'text/csv' };

/** Has a list made and hands it to the system to keep. */
export function usePrinting(make: (form: PrintForm) => Promise<Export>) {
  const words = useWords();
  const making = useMutation({
    mutationFn: async (form: PrintForm) => {
      await saveExport(await make(form), types[form]);
    },
    onError: (error) => {
      toast({ text: sentenceOf(error, words), tone: 'danger' });
    },
  });
  return { print: making.mutate, busy: making.isPending };
}
