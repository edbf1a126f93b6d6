import { constants } from 'node:fs';
import { lstat, open, opendir } from 'node:fs/promises';
import { join } from 'node:path';
import { faultInPath, openClashCheck } from './path-check.ts';
import type { Source, SourceEntry, SourceParts } from './source.ts';

/** A package in a folder. Links are told and never followed, not even one that comes while we look. */
export async function openFolder({ path: root, limits, findings }: SourceParts): Promise<Source> {
  const entries = new Map<string, SourceEntry>();
  const clashes = openClashCheck(findings);
  const waiting = [''];
  let bytes = 0;
  for (let folder = waiting.pop(); folder !== undefined; folder = waiting.pop()) {
    const names: string[] = [];
    for await (const { name } of await opendir(join(root, folder))) names.push(name);
    for (const name of names.toSorted()) {
      const path = folder === '' ? name : `${folder}/${name}`;
      if (entries.size + waiting.length >= limits.mostEntries) {
        findings.add('too-many-entries', path, { limit: limits.mostEntries });
        return { entries, close };
      }
      // What is no text becomes this sign, and could not be opened under it.
      const fault = name.includes('\ufffd') ? 'path-encoding' : faultInPath(path);
      if (fault !== null) findings.add(fault, path);
      const stats = await lstat(join(root, path));
      if (stats.isSymbolicLink()) findings.add('link', path);
      else if (stats.isDirectory()) waiting.push(path);
      else if (!stats.isFile()) findings.add('odd-entry', path);
      else if (clashes.add(path) && fault === null) {
        bytes += stats.size;
        entries.set(path, { size: stats.size, open: () => piecesOf(join(root, path)) });
      }
    }
  }
  clashes.end();
  if (bytes > limits.mostBytes) findings.add('total-size', '', { limit: limits.mostBytes });
  return { entries, close };
}

function close(): void {
  // Files are opened one by one.
}

async function* piecesOf(path: string): AsyncGenerator<Uint8Array> {
  const handle = await open(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0));
  try {
    for await (const piece of handle.createReadStream({ autoClose: false, highWaterMark: 256 * 1024 })) {
      if (piece instanceof Uint8Array) yield piece;
    }
  } finally {
    await handle.close();
  }
}
