import { spawn } from 'node:child_process';
import { delimiter, join } from 'node:path';
import { compileCache, root } from '../../cli/setup/project-node.mjs';

/** @typedef {Readonly<{ ok: boolean, output: string, timedOut: boolean }>} Outcome */

/** @type {Set<import('node:child_process').ChildProcess>} */
const running = new Set();

// Colours only for a terminal: a log is read as it stands.
const plain = process.stdout.isTTY ? { FORCE_COLOR: '1' } : { NO_COLOR: '1' };

/**
 * Runs one tool on the project's Node, in a process group of its own so that nothing it started outlives it.
 * @param {Readonly<{ node: string, args: readonly string[], limitMs: number, live: boolean, env: NodeJS.ProcessEnv }>} call
 * @returns {Promise<Outcome>}
 */
export function runTool({ node, args, limitMs, live, env }) {
  const path = [join(root, 'node_modules', '.bin'), process.env['PATH']].join(delimiter);
  return new Promise((done) => {
    const child = spawn(node, ['--disable-warning=ExperimentalWarning', ...args], {
      cwd: root,
      detached: process.platform !== 'win32',
      env: { ...process.env, ...plain, NODE_COMPILE_CACHE: compileCache, ...env, PATH: path },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    running.add(child);
    let output = '';
    let timedOut = false;
    const limit = Number.isFinite(limitMs)
      ? setTimeout(() => {
          timedOut = true;
          end(child);
        }, limitMs)
      : undefined;
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk) => {
        output += chunk;
        if (live) process.stdout.write(chunk);
      });
    }
    child.on('close', (code) => {
      clearTimeout(limit);
      running.delete(child);
      done({ ok: code === 0 && !timedOut, output, timedOut });
    });
    child.on('error', (error) => done({ ok: false, output: `${output}${error.message}\n`, timedOut }));
  });
}

/** Ends everything that still runs. */
export function endAll() {
  for (const child of running) end(child);
}

/** @param {import('node:child_process').ChildProcess} child */
function end(child) {
  if (child.pid === undefined) return;
  try {
    if (process.platform === 'win32') child.kill('SIGKILL');
    else process.kill(-child.pid, 'SIGKILL');
  } catch {
    // It ended by itself in the meantime.
  }
}
