import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import type { ImportLine } from '#shared/directory/public.ts';
import { AppError, maxBlobBytes } from '#shared/kernel/public.ts';
import { core } from '../../../app/client.ts';
import { sentenceOf } from '../../../ui/sentence-of.ts';
import { toast } from '../../../ui/toasts.tsx';
import { useWords } from '../../../ui/use-words.ts';
import { directoryKey } from '../../directory/public.ts';

export type Preview = Readonly<{ name: string; bytes: Blob; lines: readonly ImportLine[] }>;

/** A people file: read and judged line by line first, taken only when the administrator says so. */
export function useImport(first: File | null, onDone: () => void) {
  const words = useWords();
  const client = useQueryClient();
  const reading = useMutation({
    mutationFn: async (file: File): Promise<Preview> => {
      if (file.size > maxBlobBytes) throw new AppError('directory.csv-too-large');
      // Kept as it was read: what is taken is what was shown, even if the file changes meanwhile.
      const bytes = new Blob([await file.arrayBuffer()]);
      const { lines } = await core.directory.previewPeople({ file: bytes });
      return { name: file.name, bytes, lines };
    },
  });
  const taking = useMutation({
    mutationFn: ({ bytes }: Preview) => core.directory.importPeople({ file: bytes }),
    onSuccess: async ({ added, skipped }) => {
      await client.invalidateQueries({ queryKey: directoryKey });
      toast({ text: words('administration.import.done', { added, skipped }) });
      onDone();
    },
  });
  const { mutate: read } = reading;
  const begun = useRef(false);
  useEffect(() => {
    if (first === null || begun.current) return;
    begun.current = true;
    read(first);
  }, [first, read]);
  const error = reading.error ?? taking.error;
  return {
    preview: reading.data ?? null,
    read,
    reading: reading.isPending,
    take: (preview: Preview): void => {
      if (!taking.isPending) taking.mutate(preview);
    },
    taking: taking.isPending,
    error: error === null ? null : sentenceOf(error, words),
  };
}
