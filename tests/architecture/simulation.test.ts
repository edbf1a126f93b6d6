import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '../..');

/** What carries papers between agencies, at both ends and between them. */
const between = [
  'server/features/exchange/collect.ts',
  'server/features/exchange/gateway-parts.ts',
  'server/features/exchange/gateway.ts',
  'server/features/exchange/hub-session.ts',
  'server/features/exchange/look-at-page.ts',
  'server/features/exchange/read-page.ts',
  'server/features/exchange/send-out.ts',
  'server/features/exchange/statements.ts',
  'server/features/exchange/take-in.ts',
  'server/hub/hub-answers.ts',
  'server/hub/hub-store.ts',
  'server/hub/tidy-hub.ts',
  'shared/exchange/dispatch-commands.ts',
  'shared/exchange/delivery-commands.ts',
  'shared/exchange/ledger-commands.ts',
  'shared/exchange/recall-commands.ts',
  'shared/exchange/reconcile.ts',
  'shared/exchange/status-due.ts',
  'shared/exchange/transitions.ts',
  'shared/node/exchange/aside-store.ts',
  'shared/node/exchange/cover.ts',
  'shared/node/exchange/gateway-store.ts',
  'shared/node/exchange/note-owed.ts',
  'shared/node/exchange/parts.ts',
  'shared/node/exchange/recipients.ts',
  'shared/node/exchange/restored-store.ts',
  'shared/node/exchange/sealed-content.ts',
] as const;

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

test('so do the stories between agencies', () => {
  const simulation = loadedBy('tests/simulation/exchange/play-story.ts');
  const programs = loadedBy('server/main.ts');
  expect(between.filter((path) => !simulation.has(path))).toEqual([]);
  expect(between.filter((path) => !programs.has(path))).toEqual([]);
});
