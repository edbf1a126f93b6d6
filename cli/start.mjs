// `npm start`: plain JavaScript without packages, since nothing may be installed yet.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { canOpenWindow, findChromium } from './setup/browser.mjs';
import { buildDesktop, buildRenderer } from './setup/build.mjs';
import { findElectron } from './setup/electron.mjs';
import { ensureInstalled } from './setup/install.mjs';
import { compileCache, root } from './setup/project-node.mjs';
import { sentence } from './setup/sentences.mjs';

/** @type {Set<import('node:child_process').ChildProcess>} */
const running = new Set();

try {
  process.exitCode = await start(process.argv.slice(2));
} catch (error) {
  if (process.env['ANTIN_DEBUG'] === '1') console.error(error);
  else console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 70;
}

/**
 * Opens the office; gives the exit code when it was closed.
 * @param {readonly string[]} args `--browser` leaves Electron aside, `--no-window` only prints the address; the rest
 *   goes to the office
 * @returns {Promise<number>}
 */
async function start(args) {
  const node = ensureInstalled();
  const rest = args.filter((arg) => arg !== '--browser' && arg !== '--no-window');
  const hasWindow = canOpenWindow() && !args.includes('--no-window');
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
    process.on(signal, () => stop(signal));
  }
  const electron = hasWindow && !args.includes('--browser') ? findElectron(node) : null;
  if (electron !== null) {
    buildDesktop(node);
    return ended(launch(electron, [root, ...rest], { stdio: 'inherit' }));
  }
  buildRenderer(node);
  return serve(node, rest, hasWindow ? findChromium() : null);
}

/**
 * The office on 127.0.0.1, shown in an installed browser where a window can be opened.
 * @param {string} node
 * @param {readonly string[]} args
 * @param {string | null} chromium
 */
function serve(node, args, chromium) {
  const guard = new URL('./setup/stop-with-parent.mjs', import.meta.url).href;
  const flags = ['--disable-warning=ExperimentalWarning', '--import', guard];
  const office = launch(node, [...flags, join(root, 'electron/host/browser-main.ts'), ...args], {
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    env: { ...process.env, NODE_COMPILE_CACHE: compileCache },
    // Out of the terminal's reach: Ctrl+C comes once, from here, so that the office can close its books.
    detached: process.platform !== 'win32',
  });
  if (office.stdout === null) throw new Error('the office has no output to read');
  createInterface({ input: office.stdout }).on('line', (line) => {
    console.log(line);
    const address = /^ANTIN_READY (\S+)$/.exec(line)?.[1];
    if (address !== undefined) show(address, chromium);
  });
  return ended(office);
}

/**
 * @param {string} address
 * @param {string | null} chromium
 */
function show(address, chromium) {
  if (chromium === null) {
    console.log(sentence('setup.open-address', { address }));
    return;
  }
  // A profile of its own, removed afterwards: no page of the office stays in somebody's everyday browser.
  const profile = mkdtempSync(join(tmpdir(), 'antin-'));
  const flags = [
    '--no-first-run',
    '--no-default-browser-check',
    '--disable-sync',
    '--disable-background-networking',
  ];
  const window = launch(chromium, [`--app=${address}`, `--user-data-dir=${profile}`, ...flags], {
    stdio: 'ignore',
  });
  window.once('exit', (code) => {
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
    // A browser that could not open its window leaves the office up, for any other browser here.
    if (code === null || code === 0) stop('SIGTERM');
    else console.log(sentence('setup.open-address', { address }));
  });
}

/**
 * @param {string} program
 * @param {readonly string[]} args
 * @param {import('node:child_process').SpawnOptions} options
 */
function launch(program, args, options) {
  const child = spawn(program, args, { cwd: root, ...options });
  running.add(child);
  child.once('exit', () => running.delete(child));
  return child;
}

/**
 * @param {import('node:child_process').ChildProcess} child
 * @returns {Promise<number>}
 */
function ended(child) {
  return new Promise((done, fail) => {
    child.once('error', fail);
    child.once('exit', (code) => {
      stop('SIGTERM');
      done(code ?? 0);
    });
  });
}

/** @param {NodeJS.Signals} signal */
function stop(signal) {
  for (const child of running) child.kill(signal);
}
