import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '../..');

/** What decides, keeps and carries for many desks: proved by the simulation only where it is the same code. */
const shipped = [
  'shared/node/agency-log/server.ts',
  'shared/node/agency-log/fan-out.ts',
  'shared/node/sequencer/sequencer.ts',
  'shared/node/blobs/blobs.ts',
  'shared/node/blobs/arriving.ts',
  'shared/node/draft-texts/sqlite-texts.ts',
  'server/log/serving.ts',
  'server/http/file-doors.ts',
  'server/http/draft-doors.ts',
  'server/http/sessions.ts',
  'server/http/shown-files.ts',
  'electron/store/joined-desk.ts',
  'electron/store/replica.ts',
  'electron/store/files-between.ts',
  'electron/store/draft-room.ts',
  'electron/sync/keep-in-step.ts',
  'electron/sync/link.ts',
  'electron/sync/file-traffic.ts',
  'electron/sync/draft-traffic.ts',
  'electron/sync/server-door.ts',
  'electron/sync/session.ts',
] as const;

/** Every file that is loaded when this one is; imports of types alone are erased and load nothing. */
function loadedBy(...starts: readonly string[]): ReadonlySet<string> {
  const found = new Set<string>();
  const look = (path: string): void => {
    if (found.has(path) || !existsSync(join(root, path))) return;
    found.add(path);
    const text = readFileSync(join(root, path), 'utf8');
    const imports = /^(?:import|export)\s(?!type\b)[^;]*?from '(?<from>[#.][^']+)'/gmu;
    for (const { groups } of text.matchAll(imports)) {
      const from = groups?.['from'] ?? '';
      look(from.startsWith('#') ? from.slice(1) : join(dirname(path), from));
    }
  };
  for (const start of starts) look(start);
  return found;
}

test('the simulation plays the code that ships, and not another of its own', () => {
  const simulation = loadedBy('tests/simulation/play-seed.ts');
  const programs = loadedBy('server/main.ts', 'electron/host/core.ts');
  expect(shipped.filter((path) => !simulation.has(path))).toEqual([]);
  expect(shipped.filter((path) => !programs.has(path))).toEqual([]);
});
