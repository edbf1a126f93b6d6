import { maxBlobBytes } from '#shared/kernel/public.ts';
import type { Export } from '#shared/documents/public.ts';
import { core } from '../../app/client.ts';
import type { RangeSource } from '../../ui/pdf-file.ts';

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

/** Reads a file made on request whole and hands it to the system to keep. */
export async function saveExport(made: Export, type: string): Promise<void> {
  const parts: ArrayBuffer[] = [];
  for (let offset = 0; offset < made.size; offset += maxBlobBytes) {
    const length = Math.min(maxBlobBytes, made.size - offset);
    const { bytes } = await core.documents.readExport({ exportId: made.exportId, offset, length });
    parts.push(await bytes.arrayBuffer());
  }
  const address = URL.createObjectURL(new Blob(parts, { type }));
  const link = document.createElement('a');
  link.href = address;
  link.download = made.name;
  link.click();
  URL.revokeObjectURL(address);
}
