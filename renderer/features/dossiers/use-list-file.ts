import { useMutation } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import type { ListPreview } from '#shared/dossiers/public.ts';
import { AppError, maxBlobBytes } from '#shared/kernel/public.ts';
import { core } from '../../app/client.ts';
import { sentenceOf } from '../../ui/sentence-of.ts';
import { useWords } from '../../ui/use-words.ts';

export type ReadList = ListPreview & Readonly<{ name: string }>;

/** A CSV of a danh mục, read and judged line by line; nothing is written here. */
export function useListFile(first: File | null) {
  const words = useWords();
  const reading = useMutation({
    mutationFn: async (file: File): Promise<ReadList> => {
      if (file.size > maxBlobBytes) throw new AppError('dossiers.csv-too-large');
      const bytes = new Blob([await file.arrayBuffer()]);
      return { ...(await core.dossiers.previewFileList({ file: bytes })), name: file.name };
    },
  });
  const { mutate: read } = reading;
  const begun = useRef(false);
  useEffect(() => {
    if (first === null || begun.current) return;
    begun.current = true;
    read(first);
  }, [first, read]);
  return {
    read,
    list: reading.data ?? null,
    reading: reading.isPending,
    error: reading.error === null ? null : sentenceOf(reading.error, words),
  };
}
