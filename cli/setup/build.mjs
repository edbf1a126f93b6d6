import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { builds, isFresh, markFresh } from './freshness.mjs';
import { root } from './project-node.mjs';
import { sentence } from './sentences.mjs';

/**
 * Builds the screens into `out/renderer` when their sources changed.
 * @param {string} node
 */
export function buildRenderer(node) {
  if (isFresh(builds.renderer)) return;
  run(node, [join(root, 'cli/setup/build-renderer.mjs')]);
  markFresh(builds.renderer);
}

/**
 * Builds everything Electron loads into `out` when its sources changed.
 * @param {string} node
 */
export function buildDesktop(node) {
  if (isFresh(builds.desktop) && isFresh(builds.renderer)) return;
  run(node, [join(root, 'node_modules/electron-vite/bin/electron-vite.js'), 'build', '--logLevel', 'warn']);
  markFresh(builds.desktop);
  markFresh(builds.renderer);
}

/**
 * @param {string} node
 * @param {readonly string[]} args
 */
function run(node, args) {
  console.log(sentence('setup.building'));
  const done = spawnSync(node, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] });
  if (done.status !== 0) throw new Error(sentence('setup.build-failed'));
}
