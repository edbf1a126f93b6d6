import { useMemo } from 'react';
import type { DocumentId, Hash } from '#shared/kernel/public.ts';
import { core } from '../../app/client.ts';
import type { RangeSource } from '../../ui/pdf-file.ts';
import { PdfView } from '../../ui/pdf-view.tsx';

type DocumentFileProps = Readonly<{ documentId: DocumentId; hash: Hash; size: number; label: string }>;

/** The page itself, read from the core in ranges as it is looked at. */
export function DocumentFile({ documentId, hash, size, label }: DocumentFileProps) {
  const source = useMemo(() => fileSource({ documentId, hash, size }), [documentId, hash, size]);
  return <PdfView key={hash} source={source} label={label} />;
}

/** A stored file of a document as a source of ranges. */
export function fileSource(
  file: Readonly<{ documentId: DocumentId; hash: Hash; size: number }>,
): RangeSource {
  const { documentId, hash, size } = file;
  return {
    size,
    read: async (offset, length) => {
      const { bytes } = await core.documents.readFile({ documentId, hash, offset, length });
      return new Uint8Array(await bytes.arrayBuffer());
    },
  };
}
