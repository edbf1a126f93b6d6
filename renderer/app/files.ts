import { maxBlobBytes, type DocumentId, type Hash } from '#shared/kernel/public.ts';
import { core } from './client.ts';

/** Sends a whole file to the core piece by piece; the call that takes it names it by what this gives. */
export async function uploadWhole(file: File): Promise<string> {
  const { uploadId } = await core.documents.beginUpload({ name: file.name, size: file.size });
  for (let offset = 0; offset < file.size; offset += maxBlobBytes) {
    await core.documents.appendUpload({ uploadId, offset, bytes: file.slice(offset, offset + maxBlobBytes) });
  }
  return uploadId;
}

type Stored = Readonly<{ documentId: DocumentId; hash: Hash; size: number; name: string }>;

/** Reads a stored file of a document whole, bit by bit as it is, and hands it to the system to keep. */
export async function saveStored({ documentId, hash, size, name }: Stored): Promise<void> {
  const parts: ArrayBuffer[] = [];
  for (let offset = 0; offset < size; offset += maxBlobBytes) {
    const length = Math.min(maxBlobBytes, size - offset);
    const { bytes } = await core.documents.readFile({ documentId, hash, offset, length, purpose: 'save' });
    parts.push(await bytes.arrayBuffer());
  }
  const address = URL.createObjectURL(new Blob(parts, { type: 'application/octet-stream' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
}
