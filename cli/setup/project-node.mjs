import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { constants } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository's folder, found from the real path of this file. */
export const root = resolve(fileURLToPath(new URL('../..', import.meta.url)));

/** Where Node keeps what it made of the sources, so that a second start takes half the time. */
export const compileCache = join(root, 'node_modules', '.cache', 'compile');

/** TypeScript is loaded as it stands, and the database crashes on anything older. */
export const oldestNode = 24;

export function isModernNode() {
  return Number(process.versions.node.split('.')[0]) >= oldestNode;
}

/**
 * The path of the project's own Node, or null where it is not installed or does not run.
 * @returns {string | null}
 */
export function projectNode() {
  const name = process.platform === 'win32' ? 'node.exe' : 'node';
  const places = [join(root, 'node_modules', 'node', 'bin', name), join(root, 'node_modules', '.bin', name)];
  for (const place of places) {
    if (!existsSync(place)) continue;
    const answer = spawnSync(place, ['--version'], { encoding: 'utf8' });
    if (answer.status === 0 && Number(answer.stdout.slice(1).split('.')[0]) >= oldestNode) return place;
  }
  return null;
}

const forwarded = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']);

/**
 * Runs a script on another Node with this terminal, passes signals on and gives its exit code.
 * @param {string} node
 * @param {readonly string[]} args
 * @returns {Promise<number>}
 */
export function runOn(node, args) {
  return new Promise((done, fail) => {
    const child = spawn(node, ['--disable-warning=ExperimentalWarning', ...args], { stdio: 'inherit' });
    for (const signal of forwarded) {
      process.on(signal, () => {
        // The terminal has told the child already.
        if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
      });
    }
    child.on('error', fail);
    child.on('exit', (code, signal) => done(code ?? 128 + (signal === null ? 0 : constants.signals[signal])));
  });
}
