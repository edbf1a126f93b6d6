import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import { join } from 'node:path';
import { z } from 'zod';
import {
  AgencyIdSchema,
  AppError,
  HashSchema,
  InstantSchema,
  PersonIdSchema,
} from '#shared/kernel/public.ts';
import { nodeFiles, writeWhole, type FileOperations } from '#shared/node/files/public.ts';

/** What one backup holds: enough to prove, years later, that it is whole and which moment of the log it is. */
export const ManifestSchema = z.object({
  format: z.literal('antin-backup'),
  version: z.literal(1),
  agencyId: AgencyIdSchema,
  /** Whose desk it is, where each person of the agency has one of their own. */
  person: PersonIdSchema.nullable().default(null),
  madeAt: InstantSchema,
  schemaVersion: z.int().min(0),
  head: z.object({ seq: z.int().min(0), hash: HashSchema }),
  /** Blobs that were damaged or missing on the machine when the backup was made, and so are not in it. */
  damaged: z.array(HashSchema),
  files: z.array(
    z.object({
      // Nothing else has a place in a backup, and no name leads out of its folder.
      path: z
        .string()
        .regex(/^(?:office[.]db|keys[.]json|desk[.]json|spare[.]sealed|blobs\/[0-9a-f]{2}\/[0-9a-f]{64})$/u),
      size: z.int().min(0),
      sha256: HashSchema,
    }),
  ),
});
export type Manifest = z.infer<typeof ManifestSchema>;

const manifestName = 'manifest.json';
const sealName = 'manifest.mac';

export function writeManifest(
  folder: string,
  manifest: Manifest,
  dataKey: Uint8Array,
  files: FileOperations,
): void {
  const bytes = new TextEncoder().encode(`${JSON.stringify(manifest, null, 1)}\n`);
  writeWhole(join(folder, manifestName), bytes, files);
  writeWhole(
    join(folder, sealName),
    new TextEncoder().encode(`${macOf(bytes, dataKey).toString('hex')}\n`),
    files,
  );
}

/** The manifest, before anybody has proved with the key that it is the one that was written. */
export function readManifest(folder: string, files: FileOperations = nodeFiles): Manifest {
  const path = join(folder, manifestName);
  if (!files.exists(path)) throw new AppError('store.backup-missing');
  try {
    return ManifestSchema.parse(JSON.parse(new TextDecoder().decode(files.readWhole(path))));
  } catch (error) {
    throw new AppError('store.backup-damaged', { file: manifestName }, error);
  }
}

/** Only who holds the data key can have written this manifest. */
export function assertManifestSealed(
  folder: string,
  dataKey: Uint8Array,
  files: FileOperations = nodeFiles,
): void {
  const path = join(folder, sealName);
  const kept = files.exists(path) ? new TextDecoder().decode(files.readWhole(path)).trim() : '';
  const due = macOf(files.readWhole(join(folder, manifestName)), dataKey);
  const isSealed = /^[0-9a-f]{64}$/u.test(kept) && timingSafeEqual(Buffer.from(kept, 'hex'), due);
  if (!isSealed) throw new AppError('store.backup-damaged', { file: manifestName });
}

function macOf(bytes: Uint8Array, dataKey: Uint8Array): Buffer {
  const key = new Uint8Array(hkdfSync('sha256', dataKey, '', 'antin backup v1', 32));
  return createHmac('sha256', key).update(bytes).digest();
}
