// `npm run soak -- edxml`: changed messages (`--cases`, `--from SEED`), and messages of 25 to 400 MiB whose reading has to
// stay in proportion and within bounds. What is found is kept in test-results/fuzz with its seed.
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { playMessage } from '../support/edxml/play.ts';
import { messageStage } from '../support/edxml/stage.ts';

const { values } = parseArgs({
  options: { cases: { type: 'string' }, from: { type: 'string' } },
  strict: false,
});
const cases = Number(values.cases ?? 100_000);
const from = Number(values.from ?? 1);
const folder = resolve(import.meta.dirname, '../../test-results/fuzz');
const mebi = 1024 * 1024;
/** A run of its own for each size, in a heap no attachment fits into: whoever held one whole would end. */
const heap = '--max-old-space-size=64';
/** Over what an empty one takes. */
const mostGrowthBytes = 256 * mebi;

const isSound = playAll() && readLarge();
process.exitCode = isSound ? 0 : 1;

function playAll(): boolean {
  mkdirSync(folder, { recursive: true });
  const stage = messageStage();
  let found = 0;
  for (let seed = from; seed < from + cases; seed += 1) {
    const finding = playMessage(stage, seed);
    if (finding !== null) {
      found += 1;
      const file = join(folder, `edxml-${seed}.edxml`);
      writeFileSync(file, finding.bytes);
      process.stdout.write(`seed ${seed}: ${finding.what} (${file})\n`);
    }
    if ((seed - from) % 10_000 === 9_999) {
      process.stdout.write(`${seed - from + 1}/${cases} messages, ${found} findings\n`);
    }
  }
  process.stdout.write(
    `${cases} changed messages of seeds ${from} to ${from + cases - 1}, ${found} findings\n`,
  );
  return found === 0;
}

type Measured = Readonly<{ ms: number; rss: number }>;

function readLarge(): boolean {
  const empty = measure(0, 'bare');
  const sizes = [25, 100, 200, 400];
  let isSound = true;
  for (const kind of ['bare', 'signed', 'rows'] as const) {
    const measured = sizes.map((size) => ({ size, ...measure(size, kind) }));
    for (const { size, ms, rss } of measured) {
      const grown = (rss - empty.rss) / mebi;
      const speed = Math.round((size / ms) * 1000);
      process.stdout.write(
        `${kind}, ${size} MiB: ${Math.round(ms)} ms, ${speed} MiB/s, ${Math.round(grown)} MiB more memory\n`,
      );
      if (rss - empty.rss > mostGrowthBytes) isSound = false;
    }
    const [first, last] = [measured[1], measured.at(-1)];
    // Four times as much may take no more than six times as long.
    if (first === undefined || last === undefined || last.ms > first.ms * 6) isSound = false;
  }
  if (!isSound) process.stdout.write('reading is not in proportion to the size, or takes too much memory\n');
  return isSound;
}

function measure(size: number, kind: 'bare' | 'signed' | 'rows'): Measured {
  const script = join(import.meta.dirname, 'read-large-message.ts');
  const { stdout, stderr, status } = spawnSync(process.execPath, [heap, script, String(size), kind], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(stderr);
  const measured: unknown = JSON.parse(stdout);
  if (typeof measured !== 'object' || measured === null || !('ms' in measured) || !('rss' in measured)) {
    throw new Error(stdout);
  }
  return { ms: Number(measured.ms), rss: Number(measured.rss) };
}
