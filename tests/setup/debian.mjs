import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { findProgram } from '../../cli/setup/browser.mjs';

/** What the suites call outside, and the Debian package that brings it. */
const packages = /** @type {const} */ ({
  chromium: 'chromium',
  pdfsig: 'poppler-utils',
  qpdf: 'qpdf',
  mutool: 'mupdf-tools',
  openssl: 'openssl',
  certutil: 'libnss3-tools',
  'softhsm2-util': 'softhsm2',
  postgres: 'postgresql',
  python3: 'python3',
  xmllint: 'libxml2-utils',
  unzip: 'unzip',
});

/**
 * Programs that are not there.
 * @returns {readonly (keyof typeof packages)[]}
 */
export function missingPrograms() {
  const names = /** @type {(keyof typeof packages)[]} */ (Object.keys(packages));
  return names.filter((name) => !isThere(name));
}

/** @param {string} name */
function isThere(name) {
  // Debian keeps the database's programs of each version in a folder of their own.
  return name === 'postgres' ? existsSync('/usr/lib/postgresql') : findProgram(name) !== null;
}

/**
 * The command that brings them.
 * @param {readonly (keyof typeof packages)[]} programs
 */
export function commandFor(programs) {
  return `sudo apt-get install --yes ${programs.map((name) => packages[name]).join(' ')}`;
}

/** Installs what is missing where this machine lets us: Debian, and root. */
export function installPrograms() {
  const missing = missingPrograms();
  const allowed = process.getuid?.() === 0 && existsSync('/etc/debian_version');
  if (missing.length === 0 || !allowed) return;
  console.log(`Installing ${missing.join(', ')}`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const names = missing.map((name) => packages[name]);
  for (const args of [['update'], ['install', '--yes', '--no-install-recommends', ...names]]) {
    const done = spawnSync('apt-get', ['-qq', ...args], { env, stdio: ['ignore', 'ignore', 'inherit'] });
    if (done.status !== 0) return;
  }
}
