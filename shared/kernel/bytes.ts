import { z } from 'zod';

/** Bytes cross the contract as a Blob of at most 4 MiB a call (`design.md` 13). */
export const maxBlobBytes = 4 * 1024 * 1024;

/** The part of the platform's Blob that both sides use; structural, because rooms know neither DOM nor Node. */
export type BytesBlob = Readonly<{ size: number; type: string; arrayBuffer: () => Promise<ArrayBuffer> }>;

export const BlobSchema = z.custom<BytesBlob>(
  (value) =>
    typeof value === 'object' &&
    value !== null &&
    'arrayBuffer' in value &&
    'size' in value &&
    typeof value.size === 'number' &&
    value.size <= maxBlobBytes,
);
