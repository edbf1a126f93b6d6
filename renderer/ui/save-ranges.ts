import { maxBlobBytes } from '#shared/kernel/public.ts';
import type { RangeSource } from './pdf-file.ts';

/** Reads a file whole, in parts, and hands it to the system to keep under a name. */
export async function saveRanges({ size, read }: RangeSource, name: string, type: string): Promise<void> {
  const parts: ArrayBuffer[] = [];
  for (let offset = 0; offset < size; offset += maxBlobBytes) {
    const part = await read(offset, Math.min(maxBlobBytes, size - offset));
    parts.push(part instanceof Blob ? await part.arrayBuffer() : new Uint8Array(part).buffer);
  }
  const address = URL.createObjectURL(new Blob(parts, { type }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
}
