import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { root } from './project-node.mjs';

/** @typedef {Readonly<{ sources: readonly string[], stamp: string }>} Build */

const shown = ['renderer', 'shared', 'resources', 'electron.vite.config.ts', 'package.json'];

/** What each build is made of, and the file that remembers the sources it was made from. */
export const builds = {
  renderer: { sources: shown, stamp: 'out/renderer/.built-from' },
  desktop: { sources: [...shown, 'electron'], stamp: 'out/main/.built-from' },
};

/** @param {Build} build */
export function isFresh(build) {
  const stamp = join(root, build.stamp);
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === fingerprint(build.sources);
}

/** @param {Build} build */
export function markFresh(build) {
  const stamp = join(root, build.stamp);
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, fingerprint(build.sources));
}

/**
 * SHA-256 over names and bytes, so that neither a touched file nor a changed clock causes a build.
 * @param {readonly string[]} sources
 */
function fingerprint(sources) {
  const hash = createHash('sha256');
  for (const file of sources.flatMap(filesIn).sort()) {
    hash
      .update(`${file}\0`)
      .update(readFileSync(join(root, file)))
      .update('\0');
  }
  return hash.digest('hex');
}

/**
 * @param {string} source
 * @returns {string[]}
 */
function filesIn(source) {
  const path = join(root, source);
  if (!existsSync(path)) return [];
  if (!statSync(path).isDirectory()) return [source];
  return readdirSync(path).flatMap((name) => filesIn(`${source}/${name}`));
}
