import { lstat } from 'node:fs/promises';
import type { Findings } from './findings.ts';
import { openFolder } from './folder-source.ts';
import type { Limits } from './limits.ts';
import { openZipSource } from './zip-source.ts';

/** A file of a package as it was found; nothing of it has been believed yet. */
export type SourceEntry = Readonly<{ size: number; open: () => AsyncIterable<Uint8Array> }>;

/** What holds a package: a folder, or a ZIP that is read where it lies. Paths that are not safe are not in it. */
export type Source = Readonly<{
  entries: ReadonlyMap<string, SourceEntry>;
  close: () => void;
}>;

export type SourceParts = Readonly<{ path: string; limits: Limits; findings: Findings }>;

/** Null where nothing can be read; the findings say why. */
export async function openSource(parts: SourceParts): Promise<Source | null> {
  try {
    const stats = await lstat(parts.path);
    if (stats.isDirectory()) return await openFolder(parts);
    if (stats.isFile()) return await openZipSource(parts);
  } catch {
    // Whatever the disk says, there is no package to look into.
  }
  parts.findings.add('no-such-package', parts.path);
  return null;
}
