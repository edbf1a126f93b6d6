import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { validatePackage } from '#shared/node/packages/public.ts';
import { packageStage, playPackage } from '../../support/packages/play.ts';

const folder = resolve(import.meta.dirname, '../../../test-results/fuzz');

test('a changed package neither breaks the validator, nor holds it up, nor passes for what it is not', async () => {
  const stage = await packageStage();
  // The unchanged ones are sound, so that the changed ones have something to pass for.
  for (const zip of stage.zips) {
    writeFileSync(stage.file, zip);
    expect(await validatePackage(stage.file)).toEqual([]);
  }
  mkdirSync(folder, { recursive: true });
  const found: string[] = [];
  for (let seed = 1; seed <= 500; seed += 1) {
    const finding = await playPackage(stage, seed);
    if (finding === null) continue;
    const file = join(folder, `package-${seed}.zip`);
    writeFileSync(file, finding.bytes);
    found.push(`seed ${seed}: ${finding.what} (${file})`);
  }
  stage.close();
  expect(found).toEqual([]);
}, 60_000);
