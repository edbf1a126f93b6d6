import { existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import { AppError, InstantSchema, PersonIdSchema } from '#shared/kernel/public.ts';
import { nodeFiles, writeWhole, type FileOperations } from '#shared/node/files/public.ts';
import { asStoreError, whenStoreFails } from '#shared/node/sqlite/public.ts';
import { KeyDoorSchema } from './key-door.ts';
import { WrappedKeySchema } from './key-wrapping.ts';
import { TriesSchema } from './lock-out.ts';

/** `keys.json`: who may sign in on this machine, readable before anybody has, and each one's wrapped data key. */
export const KeyringFileSchema = z.object({
  version: z.literal(1),
  /** The latest instant this file has seen; a clock set back counts from here. */
  seenAt: InstantSchema,
  people: z.array(
    z.object({
      id: PersonIdSchema,
      name: z.string(),
      post: z.string(),
      tries: TriesSchema,
      key: WrappedKeySchema,
      /** The way in by the agency's identity provider, where there is one. */
      door: KeyDoorSchema.nullable().default(null),
    }),
  ),
});
export type KeyringFile = z.infer<typeof KeyringFileSchema>;
export type KeyringPerson = KeyringFile['people'][number];

export function readKeyringFile(path: string): KeyringFile {
  const text = whenStoreFails(() => {
    if (!existsSync(path)) throw new AppError('store.keys-missing');
    return readFileSync(path, 'utf8');
  });
  try {
    return KeyringFileSchema.parse(JSON.parse(text));
  } catch (error) {
    throw new AppError('store.keys-damaged', {}, error);
  }
}

/** Replaces the file whole; returns only when it is on the disk. */
export function writeKeyringFile(path: string, file: KeyringFile, files: FileOperations = nodeFiles): void {
  try {
    writeWhole(path, new TextEncoder().encode(`${JSON.stringify(file, null, 2)}\n`), files);
  } catch (error) {
    throw asStoreError(error) ?? error;
  }
}
