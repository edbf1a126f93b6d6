import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectNode, root } from './project-node.mjs';
import { sentence } from './sentences.mjs';

/**
 * Installs what package.json asks for and is not there, and brings back the project's Node where install scripts
 * were off. Gives the path of that Node.
 * @returns {string}
 */
export function ensureInstalled() {
  const missing = missingPackages();
  if (missing.length > 0) {
    console.log(sentence('setup.installing', { count: missing.length }));
    // Nothing but Node itself needs its install script, and an older npm would try to compile the database.
    npm(['install', '--ignore-scripts']);
    const still = missingPackages();
    if (still.length > 0) throw new Error(sentence('setup.install-incomplete', { names: still.join(', ') }));
  }
  buildTokens();
  const node = projectNode();
  if (node !== null) return node;
  console.log(sentence('setup.repairing-node'));
  npm(['rebuild', 'node', '--ignore-scripts=false']);
  const repaired = projectNode();
  if (repaired === null) throw new Error(sentence('setup.node-missing', { version: process.versions.node }));
  return repaired;
}

/**
 * Signing tokens are reached by native code that is compiled here. Where there is no compiler the office works without
 * tokens, says so once, and is not asked again.
 */
function buildTokens() {
  const folder = join(root, 'node_modules', 'pkcs11js');
  const tried = join(folder, '.tried');
  const built = join(folder, 'build/Release/pkcs11.node');
  if (!existsSync(folder) || existsSync(built) || existsSync(tried)) return;
  writeFileSync(tried, '');
  try {
    npm(['rebuild', 'pkcs11js', '--ignore-scripts=false']);
  } catch {
    console.log(sentence('setup.no-tokens'));
  }
}

/**
 * Names whose installed version is not the pinned one. Every version is pinned exactly, so no stamp file is needed.
 * @returns {readonly string[]}
 */
function missingPackages() {
  const wanted = readJson(join(root, 'package.json'));
  // npm writes this file last: without it an install was cut short.
  if (!existsSync(join(root, 'node_modules', '.package-lock.json'))) {
    return Object.keys(wanted.devDependencies);
  }
  const pinned = Object.entries({ ...wanted.dependencies, ...wanted.devDependencies });
  return pinned
    .filter(([name, range]) => installedVersion(name) !== String(range).replace(/^npm:.*@/, ''))
    .map(([name]) => name);
}

/** @param {string} name */
function installedVersion(name) {
  const file = join(root, 'node_modules', name, 'package.json');
  return existsSync(file) ? readJson(file).version : null;
}

/** @param {string} file */
function readJson(file) {
  return JSON.parse(readFileSync(file, 'utf8'));
}

/** @param {readonly string[]} args */
function npm(args) {
  const own = process.env['npm_execpath'];
  const [command, first] = own?.endsWith('.js') ? [process.execPath, [own]] : ['npm', []];
  const options = /** @type {const} */ ({ cwd: root, stdio: 'inherit' });
  const done = spawnSync(command, [...first, ...args, '--loglevel=error'], {
    ...options,
    shell: process.platform === 'win32',
  });
  if (done.error) throw new Error(sentence('setup.npm-missing'), { cause: done.error });
  if (done.status === 0) return;
  throw new Error(sentence('setup.install-failed', { command: `npm ${args.join(' ')}` }));
}
