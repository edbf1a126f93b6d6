// `npm test`, `npm run check` (all but the browser) and `npm run soak` (without a time limit). Plain JavaScript
// without packages, since nothing may be installed yet.
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { canOpenWindow, findChromium } from '../cli/setup/browser.mjs';
import { buildDesktop } from '../cli/setup/build.mjs';
import { installedElectron } from '../cli/setup/electron.mjs';
import { ensureInstalled } from '../cli/setup/install.mjs';
import { root } from '../cli/setup/project-node.mjs';
import { findCorpus } from './setup/corpus.mjs';
import { countPlaywright, countVitest } from './setup/counting.mjs';
import { commandFor, installPrograms, missingPrograms } from './setup/debian.mjs';
import { endAll, runTool } from './setup/tool.mjs';

const limitMs = 87 * 60_000;
const checkOnly = process.argv.includes('--check');
const soak = process.argv.includes('--soak');
const strict = process.env['CI'] === 'true';
const startedAt = Date.now();

/** What `npm run soak -- WORD` runs alone. */
const soaks = [
  { word: 'pdfs', name: 'ordinary PDFs', script: 'tests/soak/pdfs.ts' },
  { word: 'edxml', name: 'messages between agencies', script: 'tests/soak/edxml.ts' },
  { word: 'packages', name: 'archive packages', script: 'tests/soak/packages.ts' },
  { word: 'desks', name: 'many desks', script: 'tests/load/run.ts' },
  { word: 'kills', name: 'kills', script: 'tests/soak/kills.ts' },
];

let passed = 0;
let failed = 0;
/** @type {string[]} */
const skipped = [];
/** @type {string[]} */
const failures = [];

for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) {
  process.on(signal, () => {
    endAll();
    process.exit(130);
  });
}

try {
  await runEverything(ensureInstalled());
} catch (error) {
  fail('set-up', error instanceof Error ? error.message : String(error));
}
report();

/** @param {string} node */
async function runEverything(node) {
  installPrograms();
  const corpus = findCorpus();
  const env = {
    ...(corpus === null ? {} : { ANTIN_CORPUS: corpus }),
    ANTIN_KILL_ROUNDS: process.env['ANTIN_KILL_ROUNDS'] ?? killRounds(),
    ...(soak ? { ANTIN_EVERY_STEP: '1' } : {}),
  };
  const alone = soaks.find(({ word }) => soak && process.argv.includes(word));
  if (alone !== undefined) {
    await soakWith(node, env, alone);
    return;
  }
  const bin = (/** @type {string} */ path) => join(root, 'node_modules', path);
  /** @type {readonly (readonly [string, readonly string[]])[]} */
  const checks = [
    ['types', [bin('@typescript/native/bin/tsc'), '-b']],
    ['lint', [bin('oxlint/bin/oxlint'), '--type-aware', '--deny-warnings', '--format=unix']],
    ['boundaries', [join(root, 'tests/architecture/boundaries.mjs')]],
    ['unused code', [bin('knip/bin/knip.js')]],
    ['format', [bin('prettier/bin/prettier.cjs'), '--check', '.']],
    ['text', [join(root, 'tests/architecture/text.mjs')]],
  ];
  for (const [name, args] of checks) await check(name, { node, args, env });
  await step('build', () => buildDesktop(node));
  await suite({ node, env, name: 'tests', count: countVitest }, (file) => ({
    args: [
      bin('vitest/vitest.mjs'),
      'run',
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${file}`,
    ],
    env: {},
  }));
  if (soak) await soakAll(node, env);
  if (checkOnly) return;
  if (findChromium() === null) {
    skipped.push(`end-to-end suite (${commandFor(['chromium'])})`);
    return;
  }
  const playwright = [bin('@playwright/test/cli.js'), 'test', '--reporter=list,json'];
  await suite({ node, env, name: 'end-to-end', count: countPlaywright }, (file) => ({
    args: [...playwright, '--project=browser'],
    env: { PLAYWRIGHT_JSON_OUTPUT_NAME: file },
  }));
  if (installedElectron() === null || !canOpenWindow()) {
    // Not a skip: the same screens and the same core were driven above, and the shell on its double.
    console.log('the window itself is not driven here: it needs an Electron binary, a display and no root');
    return;
  }
  await suite({ node, env, name: 'desktop', count: countPlaywright }, (file) => ({
    args: [...playwright, '--project=desktop'],
    env: { PLAYWRIGHT_JSON_OUTPUT_NAME: file },
  }));
}

/**
 * Everything that has no limit of time, one after another.
 * @param {string} node
 * @param {NodeJS.ProcessEnv} env
 */
async function soakAll(node, env) {
  await soakWith(node, env, { name: 'changed files', script: 'tests/fuzz/soak.ts' });
  const stories = ['simulate', '--seeds', '100000'];
  await soakWith(node, env, { name: 'simulation', script: 'cli/antin.mjs', first: stories });
  const between = ['simulate', '--exchange', '--seeds', '20000'];
  await soakWith(node, env, { name: 'simulation of agencies', script: 'cli/antin.mjs', first: between });
  await soakWith(node, env, { name: 'many desks', script: 'tests/load/run.ts', first: [] });
  await soakWith(node, env, { name: 'kills', script: 'tests/soak/kills.ts', first: [] });
  await soakWith(node, env, {
    name: 'messages between agencies',
    script: 'tests/soak/edxml.ts',
    first: [],
  });
  await soakWith(node, env, { name: 'archive packages', script: 'tests/soak/packages.ts', first: [] });
}

/**
 * Plays changed files and blobs, a million unless `--cases` says otherwise (`--from` goes on where a run ended); or, for
 * `soak -- pdfs`, signs ordinary PDFs twice (`--count`, `--from FOLDER`).
 * @param {string} node
 * @param {NodeJS.ProcessEnv} env
 * @param {Readonly<{ name: string, script: string, first?: readonly string[] }>} run
 */
async function soakWith(node, env, { name, script, first }) {
  const began = Date.now();
  const given = process.argv.slice(2).filter((arg) => arg !== '--soak');
  const args = [join(root, script), ...(first ?? given)];
  const { ok } = await runTool({ node, args, limitMs: timeLeft(), live: true, env });
  if (ok) pass(name, began);
  else fail(name, 'what was found is listed above');
}

/** How often the office is killed: a few times for the daily check, more in every run, two thousand times to soak it. */
function killRounds() {
  if (soak) return '2000';
  return checkOnly ? '20' : '60';
}

/**
 * @param {string} name
 * @param {Readonly<{ node: string, args: readonly string[], env: NodeJS.ProcessEnv }>} call
 */
async function check(name, call) {
  const began = Date.now();
  const { ok, output, timedOut } = await runTool({ ...call, limitMs: timeLeft(), live: false });
  if (ok) pass(name, began);
  else fail(name, timedOut ? `${output}out of time` : output);
}

/**
 * @param {string} name
 * @param {() => void} work
 */
async function step(name, work) {
  const began = Date.now();
  try {
    work();
    pass(name, began);
  } catch (error) {
    fail(name, error instanceof Error ? error.message : String(error));
  }
}

/**
 * @param {Readonly<{ node: string, env: NodeJS.ProcessEnv, name: string,
 *   count: (file: string, ok: boolean) => import('./setup/counting.mjs').Count }>} runner
 * @param {(file: string) => Readonly<{ args: readonly string[], env: NodeJS.ProcessEnv }>} call
 */
async function suite({ node, env, name, count }, call) {
  const file = join(root, 'test-results', `${name}.json`);
  rmSync(file, { force: true });
  const own = call(file);
  const began = Date.now();
  const outcome = await runTool({
    node,
    args: own.args,
    limitMs: timeLeft(),
    live: true,
    env: { ...env, ...own.env },
  });
  const counted = count(file, outcome.ok);
  passed += counted.passed;
  failed += counted.failed;
  skipped.push(...counted.skipped);
  if (counted.failed > 0) {
    failures.push(outcome.timedOut ? `${name}: out of time` : `${name}: ${counted.failed}`);
  }
  console.log(`${counted.failed === 0 ? 'ok  ' : 'FAIL'} ${name} (${seconds(began)})`);
}

/** What is left of the limit; at least a second, so that a late step still says that it was late. */
function timeLeft() {
  return soak ? Infinity : Math.max(1000, limitMs - (Date.now() - startedAt));
}

/**
 * @param {string} name
 * @param {number} began
 */
function pass(name, began) {
  passed += 1;
  console.log(`ok   ${name} (${seconds(began)})`);
}

/**
 * @param {string} name
 * @param {string} output
 */
function fail(name, output) {
  failed += 1;
  failures.push(name);
  console.log(`FAIL ${name}\n${output.trimEnd()}`);
}

/** @param {number} began */
function seconds(began) {
  return `${((Date.now() - began) / 1000).toFixed(1)} s`;
}

function report() {
  const missing = missingPrograms();
  console.log('');
  for (const name of skipped) console.log(`skipped: ${name}`);
  if (skipped.length > 0 && missing.length > 0) console.log(`to run them: ${commandFor(missing)}`);
  if (failures.length > 0) console.log(`failed: ${failures.join(', ')}`);
  const skips = skipped.length > 0 ? `, ${skipped.length} skipped` : '';
  console.log(`${passed} passed, ${failed} failed${skips}`);
  process.exitCode = failed > 0 || (strict && skipped.length > 0) ? 1 : 0;
}
