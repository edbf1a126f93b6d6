import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../..');

const copied = [
  'shared',
  'electron',
  'renderer',
  'server',
  'cli',
  'resources',
  'tests/architecture',
  'tests/support',
  '.dependency-cruiser.cjs',
  '.oxlintrc.json',
  '.gitignore',
  'package.json',
  'tsconfig.base.json',
  'tsconfig.json',
];

export type PlantedCopy = Readonly<{ folder: string; remove: () => void }>;

export type ToolAnswer = Readonly<{ ok: boolean; output: string }>;

/** A copy of the sources in a folder of its own, with more files planted in it, path to text. */
export function plantedCopy(planted: Readonly<Record<string, string>>, name = 'antin'): PlantedCopy {
  const parent = mkdtempSync(join(tmpdir(), 'antin-copy-'));
  const folder = join(parent, name);
  mkdirSync(folder);
  for (const path of copied) {
    cpSync(join(root, path), join(folder, path), {
      recursive: true,
      filter: (source) => !source.includes('node_modules'),
    });
  }
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'), 'junction');
  for (const [path, text] of Object.entries(planted)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return { folder, remove: () => rmSync(parent, { recursive: true, force: true }) };
}

/** Runs a Node program in a folder; both outputs together, never throwing. */
export function runIn(folder: string, args: readonly string[]): Promise<ToolAnswer> {
  return new Promise((done) => {
    const options = { cwd: folder, maxBuffer: 64 * 1024 * 1024 };
    execFile(process.execPath, args, options, (error, stdout, stderr) => {
      done({ ok: error === null, output: stdout + stderr });
    });
  });
}

/** The path of a tool's program in the project's packages. */
export function toolPath(path: string): string {
  return join(root, 'node_modules', path);
}
