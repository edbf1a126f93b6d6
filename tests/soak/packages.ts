// `npm run soak -- packages`: changed archive packages (`--cases`, `--from SEED`), and packages of up to 5 GiB, which are
// written and validated in the memory of a piece and opened by the programs of others. What is found is kept in
// test-results/fuzz with its seed.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { packageStage, playPackage } from '../support/packages/play.ts';

const { values } = parseArgs({
  options: { cases: { type: 'string' }, from: { type: 'string' } },
  strict: false,
});
const cases = Number(values.cases ?? 20_000);
const from = Number(values.from ?? 1);
const folder = resolve(import.meta.dirname, '../../test-results/fuzz');
const mebi = 1024 * 1024;
/** No file fits into it: whoever held one whole would end. */
const heap = '--max-old-space-size=64';
/** Over what the smallest takes. */
const mostGrowthBytes = 100 * mebi;

const Measured = z.object({
  writeMs: z.number(),
  readMs: z.number(),
  rss: z.number(),
  findings: z.literal(0),
});

const isSound = (await playAll()) && writeLarge();
process.exitCode = isSound ? 0 : 1;

async function playAll(): Promise<boolean> {
  mkdirSync(folder, { recursive: true });
  const stage = await packageStage();
  let found = 0;
  for (let seed = from; seed < from + cases; seed += 1) {
    const finding = await playPackage(stage, seed);
    if (finding !== null) {
      found += 1;
      const file = join(folder, `package-${seed}.zip`);
      writeFileSync(file, finding.bytes);
      process.stdout.write(`seed ${seed}: ${finding.what} (${file})\n`);
    }
    if ((seed - from) % 5000 === 4999) {
      process.stdout.write(`${seed - from + 1}/${cases} packages, ${found} findings\n`);
    }
  }
  stage.close();
  process.stdout.write(
    `${cases} changed packages of seeds ${from} to ${from + cases - 1}, ${found} findings\n`,
  );
  return found === 0;
}

function writeLarge(): boolean {
  const place = mkdtempSync(join(tmpdir(), 'antin-packages-'));
  try {
    const [small, ...larger] = [1, 500, 5000].map((size) => measure(place, size));
    return larger.every(({ rss }) => rss - (small?.rss ?? 0) <= mostGrowthBytes);
  } finally {
    rmSync(place, { recursive: true });
  }
}

function measure(place: string, size: number): z.infer<typeof Measured> {
  const file = join(place, `${size}.zip`);
  const script = join(import.meta.dirname, 'write-large-package.ts');
  const { stdout, stderr, status } = spawnSync(process.execPath, [heap, script, String(size), file], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(stderr);
  const measured = Measured.parse(JSON.parse(stdout));
  const { writeMs, readMs, rss } = measured;
  process.stdout.write(
    `${size} MiB: written in ${Math.round(writeMs)} ms, validated in ${Math.round(readMs)} ms, ${Math.round(rss / mebi)} MiB of memory at most\n`,
  );
  execFileSync('unzip', ['-tqq', file]);
  execFileSync('python3', ['-m', 'zipfile', '-t', file]);
  rmSync(file);
  return measured;
}
