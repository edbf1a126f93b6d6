import { closeSync, mkdirSync, openSync, readdirSync, renameSync, rmSync, writeSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { namesToKeep } from '../../shared/exchange/public.ts';
import type { ContentSink } from '../../shared/node/edxml/public.ts';

export type KeptFile = Readonly<{ name: string; as: string }>;

/** Attachments go into files of no name while the message is read, and get theirs once all of it proved sound. */
export type Keeping = Readonly<{
  sinkFor: (index: number) => ContentSink;
  keep: (names: readonly string[]) => readonly KeptFile[];
  /** Leaves nothing of them in the folder. */
  drop: () => void;
}>;

export function keepIn(folder: string): Keeping {
  mkdirSync(folder, { recursive: true });
  const mark = randomBytes(6).toString('hex');
  const open = new Map<number, number>();
  const partOf = (index: number): string => join(folder, `.antin-${mark}-${index}.part`);
  let parts = 0;
  return {
    sinkFor: (index) => {
      // Only a file that was not there: nothing is written through a link somebody left.
      const file = openSync(partOf(index), 'wx');
      open.set(index, file);
      parts = Math.max(parts, index + 1);
      return {
        write: (bytes) => writeAll(file, bytes),
        end: () => {
          closeSync(file);
          open.delete(index);
        },
      };
    },
    keep: (names) => {
      const present = readdirSync(folder);
      return namesToKeep(names, present).map(({ name }, index) => {
        // Taken first, so that whoever writes the same name at this moment is refused and not overwritten.
        closeSync(openSync(join(folder, name), 'wx'));
        renameSync(partOf(index), join(folder, name));
        return { name: names[index] ?? name, as: name };
      });
    },
    drop: () => {
      for (const file of open.values()) closeSync(file);
      for (let index = 0; index < parts; index += 1) rmSync(partOf(index), { force: true });
    },
  };
}

function writeAll(file: number, bytes: Uint8Array): void {
  for (let written = 0; written < bytes.length;) written += writeSync(file, bytes, written);
}
