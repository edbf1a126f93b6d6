import type { Export } from '#shared/documents/public.ts';
import type { RangeSource } from '../ui/pdf-file.ts';
import { saveRanges } from '../ui/save-ranges.ts';
import { core } from './client.ts';

/** A file made on request, as a source of ranges. */
export function exportSource({ exportId, size }: Pick<Export, 'exportId' | 'size'>): RangeSource {
  return {
    size,
    read: async (offset, length) => {
      const { bytes } = await core.documents.readExport({ exportId, offset, length });
      return new Uint8Array(await bytes.arrayBuffer());
    },
  };
}

/** Hands a file made on request to the system to keep. */
export async function saveExport(made: Export, type: string): Promise<void> {
  await saveRanges(exportSource(made), made.name, type);
}
