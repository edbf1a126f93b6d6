import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CoreClient } from '../../electron/host/core.ts';
import { systemClock } from '../../electron/platform/clock.ts';
import {
  CommandIdSchema,
  DocumentIdSchema,
  maxBlobBytes,
  type CommandId,
  type DocumentId,
  type Hash,
} from '../../shared/kernel/public.ts';

export function newCommandId(): CommandId {
  return CommandIdSchema.parse(systemClock.newId());
}

export function newDocumentId(): DocumentId {
  return DocumentIdSchema.parse(systemClock.newId());
}

/** Puts a file in at the clerk's door, in pieces, as the screen does. */
export async function receive(clerk: CoreClient, name: string, bytes: Uint8Array) {
  const { uploadId } = await clerk.documents.beginUpload({ name, size: bytes.length });
  for (let offset = 0; offset < bytes.length; offset += maxBlobBytes) {
    const piece = new Blob([new Uint8Array(bytes.subarray(offset, offset + maxBlobBytes))]);
    await clerk.documents.appendUpload({ uploadId, offset, bytes: piece });
  }
  const documentId = newDocumentId();
  const { reply, duplicates } = await clerk.documents.receiveFile({
    commandId: newCommandId(),
    documentId,
    uploadId,
  });
  return { documentId, reply, duplicates };
}

type Wanted = Readonly<{ documentId: DocumentId; hash: Hash; size: number }>;

/** Reads a document's file back through the contract, in ranges. */
export async function readWhole(client: CoreClient, { documentId, hash, size }: Wanted): Promise<Uint8Array> {
  const whole = new Uint8Array(size);
  for (let offset = 0; offset < size;) {
    const { bytes } = await client.documents.readFile({ documentId, hash, offset, length: maxBlobBytes });
    whole.set(new Uint8Array(await bytes.arrayBuffer()), offset);
    offset += bytes.size;
  }
  return whole;
}

/** What was made on request, read in ranges as a window does. */
export async function readExport(
  client: CoreClient,
  { exportId, size }: Readonly<{ exportId: string; size: number }>,
): Promise<Uint8Array> {
  const whole = new Uint8Array(size);
  for (let offset = 0; offset < size;) {
    const { bytes } = await client.documents.readExport({ exportId, offset, length: maxBlobBytes });
    whole.set(new Uint8Array(await bytes.arrayBuffer()), offset);
    offset += bytes.size;
  }
  return whole;
}

export function saveInto(folder: string, name: string, bytes: Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
}
