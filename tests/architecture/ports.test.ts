import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';

const tests = resolve(import.meta.dirname, '..');

test('no two files of tests, which may run at once, name one port', () => {
  const named = new Map<string, Set<string>>();
  for (const folder of ['integration', 'crash']) {
    for (const path of readdirSync(join(tests, folder), { recursive: true, encoding: 'utf8' })) {
      if (!path.endsWith('.test.ts')) continue;
      const file = join(folder, path);
      for (const [port] of readFileSync(join(tests, file), 'utf8').matchAll(/\b20_[4-9]\d\d\b/gu)) {
        named.set(port, (named.get(port) ?? new Set()).add(file));
      }
    }
  }
  expect(named.size).toBeGreaterThan(20);
  expect([...named].filter(([, files]) => files.size > 1)).toEqual([]);
});
