import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { benchActs, benchReads, type Figure } from '../../tests/bench/bench-office.ts';
import { benchTypeset } from '../../tests/bench/bench-typeset.ts';
import { fillOffice } from '../../tests/bench/large-office.ts';
import { sentence } from '../setup/sentences.mjs';

const names = ['office', 'typeset'] as const;

/** `antin bench [office|typeset] [--documents N] [--json]`: each figure with its budget or physical limit beside it. */
export async function run(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { documents: { type: 'string' }, json: { type: 'boolean' } },
  });
  const wanted = positionals.length === 0 ? names : names.filter((name) => positionals.includes(name));
  if (wanted.length === 0) {
    process.stderr.write(`antin bench [${names.join('|')}] [--documents N] [--json]\n`);
    return 64;
  }
  const figures: Figure[] = [];
  if (wanted.includes('typeset')) figures.push(...(await benchTypeset(200)));
  if (wanted.includes('office')) figures.push(...(await benchOffice(Number(values.documents ?? 200_000))));
  const machine = `${cpus().length} x ${cpus()[0]?.model ?? '?'}`;
  if (values.json === true) process.stdout.write(`${JSON.stringify({ machine, figures })}\n`);
  else process.stdout.write([machine, ...figures.map(lineOf), ''].join('\n'));
  return 0;
}

async function benchOffice(documents: number): Promise<readonly Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'antin-bench-'));
  try {
    const start = performance.now();
    const office = fillOffice(folder, documents, (done) => process.stderr.write(`\r${done}/${documents}`));
    const seconds = Math.round((performance.now() - start) / 1000);
    process.stderr.write(
      `\r${sentence('bench.filled', { documents, words: office.distinctWords, seconds })}\n`,
    );
    const reads = await benchReads(office, 50);
    const acts = await benchActs(office, 2000);
    office.desk.db.close();
    return [...acts, ...reads];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function lineOf({ name, timing, budgetMs }: Figure): string {
  const budget = budgetMs === null ? '' : `  ${sentence('bench.budget', { ms: budgetMs })}`;
  const figures = `p50 ${timing.p50.toFixed(3)} ms  p99 ${timing.p99.toFixed(3)} ms  ${timing.perSecond}/s`;
  return `${name.padEnd(56)} ${figures}${budget}`;
}
