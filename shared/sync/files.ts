import { z } from 'zod';
import { StoredFileSchema } from '../documents/public.ts';
import { HashSchema, type DeviceId, type Hash } from '../kernel/public.ts';

/** A file by its SHA-256 and its length in bytes. */
export const FileNameSchema = z.object({ hash: HashSchema, size: z.int().positive() });
export type FileName = z.infer<typeof FileNameSchema>;

/** Files travel in pieces of this many bytes: what a broken connection costs at most. */
export const pieceBytes = 1024 * 1024;
export const mostFileBytes = 512 * 1024 * 1024;

export function piecesOf(size: number, bytes = pieceBytes): number {
  return Math.ceil(size / bytes);
}

/** What a desk hashes, before the file itself, to show that it holds it: nobody learns from a hash alone what is here. */
export function possessionText(device: DeviceId): string {
  return `antin file 1\n${device}\n`;
}

/** A desk offers a file it holds; `proof` is the SHA-256 of `possessionText` and the file's bytes. */
export const OfferRequestSchema = FileNameSchema.extend({
  size: z.int().positive().max(mostFileBytes),
  proof: HashSchema,
});
export type OfferRequest = z.infer<typeof OfferRequestSchema>;

export const OfferReplySchema = z.object({
  whole: z.boolean(),
  /** The pieces that came before, by their numbers from 0. */
  have: z.array(z.int().nonnegative()),
});

export const PieceReplySchema = z.object({ whole: z.boolean() });

const hashLength = 64;

/** Everything in a value that could be the name of a file, whatever it stands for: what is mentioned is never let go. */
export function hashesIn(value: unknown): ReadonlySet<Hash> {
  const found = new Set<Hash>();
  const look = (part: unknown): void => {
    if (typeof part === 'string') {
      // Most texts are no hashes by their length: to be refused by a schema costs far more.
      const hash = part.length === hashLength ? HashSchema.safeParse(part).data : undefined;
      if (hash !== undefined) found.add(hash);
    } else if (typeof part === 'object' && part !== null) {
      for (const inner of Object.values(part)) look(inner);
    }
  };
  look(value);
  return found;
}

/** Every stored file that a command, an act or a state speaks of. */
export function filesIn(value: unknown): readonly FileName[] {
  const found = new Map<Hash, FileName>();
  const look = (part: unknown): void => {
    if (typeof part !== 'object' || part === null) return;
    // Most parts are no files by their first look.
    const file = 'hash' in part ? StoredFileSchema.safeParse(part) : null;
    if (file?.success === true) found.set(file.data.hash, { hash: file.data.hash, size: file.data.size });
    else for (const inner of Object.values(part)) look(inner);
  };
  look(value);
  return [...found.values()];
}
