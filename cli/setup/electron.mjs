import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './project-node.mjs';
import { sentence } from './sentences.mjs';

const downloadLimitMs = 120_000;
const program = /** @type {Record<string, string>} */ ({
  darwin: 'Electron.app/Contents/MacOS/Electron',
  win32: 'electron.exe',
});

/** The Electron program where it is there already, or null. */
export function installedElectron() {
  const dist = process.env['ELECTRON_OVERRIDE_DIST_PATH'] ?? join(root, 'node_modules', 'electron', 'dist');
  const path = join(dist, program[process.platform] ?? 'electron');
  return existsSync(path) ? path : null;
}

/**
 * The Electron program, fetched once where it is not there; null where it cannot be had.
 * @param {string} node
 */
export function findElectron(node) {
  const found = installedElectron();
  if (found !== null || process.env['ELECTRON_OVERRIDE_DIST_PATH'] !== undefined) return found;
  return download(node) ? installedElectron() : null;
}

/**
 * A machine without the Internet is asked only once per version, so that every later start is quick.
 * @param {string} node
 */
function download(node) {
  const version = JSON.parse(readFileSync(join(root, 'node_modules/electron/package.json'), 'utf8')).version;
  const refused = join(root, 'out', `electron-${version}-not-available`);
  if (existsSync(refused)) return false;
  console.log(sentence('setup.fetching-electron'));
  const script = join(root, 'node_modules/electron/install.js');
  const done = spawnSync(node, [script], { cwd: root, stdio: 'ignore', timeout: downloadLimitMs });
  if (done.status === 0) return true;
  console.log(sentence('setup.electron-not-available', { file: refused }));
  mkdirSync(join(root, 'out'), { recursive: true });
  writeFileSync(refused, '');
  return false;
}
