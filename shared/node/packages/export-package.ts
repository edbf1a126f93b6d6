import { createHash } from 'node:crypto';
import { AppError } from '../../kernel/public.ts';
import { admit } from './admit.ts';
import { bagOf } from './write-bag.ts';
import { contentsOf, type Content } from './contents.ts';
import type { FieldForm } from './field-order.ts';
import { folderOf, objectIdOf } from './layout.ts';
import type { Package } from './model.ts';
import { makeWhole } from './output.ts';
import type { Software } from './write-mets.ts';
import { openZip } from './zip-writer.ts';

export type ExportOrder = Readonly<{
  package: Package;
  /** A file that is not there yet. */
  to: string;
  software: Software;
  form?: FieldForm;
  /** A bag (RFC 8493) holds the same package as its payload. */
  as?: 'package' | 'bag';
  signal?: AbortSignal;
  onProgress?: (progress: Progress) => void;
}>;

export type Progress = Readonly<{ files: number; bytes: number; ofFiles: number; ofBytes: number }>;

/**
 * Writes a package as one ZIP, in the memory of a piece. Every file's hash is looked at while it goes by; one that is not
 * what it is said to be stops the export. Cancelled or failed, nothing is left.
 */
export async function exportPackage(order: ExportOrder): Promise<void> {
  const { package: given, to, software, form = 'schemas' } = order;
  admit(given);
  stopWhenAsked(order.signal);
  const own = contentsOf(given, { form, software });
  const contents = order.as === 'bag' ? bagOf(own, given, software) : own;
  const folder = folderOf(objectIdOf(given));
  const watch = openWatch(order, contents);
  await makeWhole(to, async (output) => {
    const zip = openZip(output, given.createdAt);
    for (const content of contents.all()) {
      await zip.add(`${folder}/${content.path}`, content.size, watch(content));
    }
    await zip.end();
    stopWhenAsked(order.signal);
  });
}

/** A file's bytes on their way, with their count and hash looked at before the last of them counts as written. */
function openWatch(
  { signal, onProgress }: ExportOrder,
  { files: ofFiles, bytes: ofBytes }: Readonly<{ files: number; bytes: number }>,
): (content: Content) => AsyncGenerator<Uint8Array> {
  const done = { files: 0, bytes: 0 };
  return async function* watched({ size, hash, name, path, open }) {
    const sha256 = createHash('sha256');
    let seen = 0;
    for await (const piece of open()) {
      stopWhenAsked(signal);
      seen += piece.length;
      if (seen > size) break;
      sha256.update(piece);
      done.bytes += piece.length;
      onProgress?.({ ...done, ofFiles, ofBytes });
      yield piece;
    }
    if (seen !== size || sha256.digest('hex') !== hash) {
      throw new AppError('packages.source-changed', { name: name ?? path });
    }
    done.files += 1;
    onProgress?.({ ...done, ofFiles, ofBytes });
  };
}

function stopWhenAsked(signal: AbortSignal | undefined): void {
  if (signal?.aborted === true) throw new AppError('packages.cancelled');
}
