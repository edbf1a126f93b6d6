import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { root } from '../../cli/setup/project-node.mjs';

/**
 * The folder of real documents: named by ANTIN_CORPUS, beside this repository, or beside the one it was cloned from.
 * @returns {string | null}
 */
export function findCorpus() {
  const named = process.env['ANTIN_CORPUS'];
  if (named !== undefined) return existsSync(named) ? named : null;
  const origin = spawnSync('git', ['config', '--get', 'remote.origin.url'], { cwd: root, encoding: 'utf8' });
  const parents = [dirname(root), dirname((origin.stdout ?? '').trim())];
  return parents.map((parent) => join(parent, 'shared', 'corpus')).find(existsSync) ?? null;
}
