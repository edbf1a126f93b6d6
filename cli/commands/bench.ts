import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { benchActs, benchReads, type Figure } from '../../tests/bench/bench-office.ts';
import { benchArchive } from '../../tests/bench/bench-archive.ts';
import { benchBatch } from '../../tests/bench/bench-batch.ts';
import { benchDrafts } from '../../tests/bench/bench-drafts.ts';
import { benchExchange } from '../../tests/bench/bench-exchange.ts';
import { benchFiles } from '../../tests/bench/bench-files.ts';
import { benchMeeting } from '../../tests/bench/bench-meeting.ts';
import { benchScreens } from '../../tests/bench/bench-screens.ts';
import { benchSign } from '../../tests/bench/bench-sign.ts';
import { benchSync } from '../../tests/bench/bench-sync.ts';
import { benchTypeset } from '../../tests/bench/bench-typeset.ts';
import { benchVerify } from '../../tests/bench/bench-verify.ts';
import { lineOf as rowLine, type SyncRow } from '../../tests/bench/sync/rows.ts';
import { fillOffice } from '../../tests/bench/large-office.ts';
import { sentence } from '../setup/sentences.mjs';

const names = [
  'archive',
  'exchange',
  'meeting',
  'office',
  'screens',
  'sign',
  'sync',
  'typeset',
  'verify',
] as const;

/** `antin bench [archive|exchange|meeting|office|screens|sign|sync|typeset|verify] [--documents N] [--database-url URL] [--json]`: each figure with its budget or physical limit beside it; the URL is for `exchange`. */
export async function run(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      documents: { type: 'string' },
      'database-url': { type: 'string' },
      json: { type: 'boolean' },
    },
  });
  const wanted = positionals.length === 0 ? names : names.filter((name) => positionals.includes(name));
  if (wanted.length === 0) {
    process.stderr.write(`antin bench [${names.join('|')}] [--documents N] [--database-url URL] [--json]\n`);
    return 64;
  }
  const figures: Figure[] = [];
  const sync: SyncRow[] = [];
  const show = (row: SyncRow): void => {
    if (values.json !== true) process.stdout.write(`${rowLine(row)}\n`);
  };
  if (wanted.includes('typeset')) figures.push(...(await benchTypeset(200)));
  if (wanted.includes('sign')) figures.push(...(await benchSign(200)), ...(await inScratch(benchBatch)));
  if (wanted.includes('verify')) {
    figures.push(...(await inScratch((folder) => benchVerify(folder, 200))));
  }
  if (wanted.includes('sync')) {
    figures.push(...(await inScratch(benchDrafts)));
    const counts = { commands: 5000, documents: Number(values.documents ?? 50_000) };
    sync.push(...(await inScratch((folder) => benchSync(folder, counts, show))));
    const files = await inScratch(benchFiles);
    for (const row of files) show(row);
    sync.push(...files);
  }
  const overDatabase: typeof benchArchive = (folder, tell) =>
    benchExchange(folder, values['database-url'] ?? null, tell);
  for (const [name, bench] of [
    ['archive', benchArchive],
    ['exchange', overDatabase],
    ['meeting', benchMeeting],
  ] as const) {
    if (wanted.includes(name)) sync.push(...(await inScratch((folder) => bench(folder, show))));
  }
  const documents = Number(values.documents ?? 200_000);
  if (wanted.includes('office')) {
    figures.push(...(await inScratch((folder) => benchOffice(folder, documents))));
  }
  if (wanted.includes('screens')) {
    figures.push(...(await inScratch((folder) => benchScreens(folder, documents, progressOf(documents)))));
  }
  tell(figures, sync, values.json === true);
  return 0;
}

function tell(figures: readonly Figure[], sync: readonly SyncRow[], json: boolean): void {
  const machine = `${cpus().length} x ${cpus()[0]?.model ?? '?'}`;
  const told = { machine, at: new Date().toISOString(), figures, sync };
  if (json) process.stdout.write(`${JSON.stringify(told)}\n`);
  else process.stdout.write([machine, ...figures.map(lineOf), ''].join('\n'));
}

async function benchOffice(folder: string, documents: number): Promise<readonly Figure[]> {
  const start = performance.now();
  const office = fillOffice(folder, documents, progressOf(documents));
  const seconds = Math.round((performance.now() - start) / 1000);
  process.stderr.write(
    `\r${sentence('bench.filled', { documents, words: office.distinctWords, seconds })}\n`,
  );
  const reads = await benchReads(office, 50);
  const acts = await benchActs(office, 2000);
  office.desk.db.close();
  return [...acts, ...reads];
}

async function inScratch<Result>(work: (folder: string) => Promise<Result>): Promise<Result> {
  const folder = mkdtempSync(join(tmpdir(), 'antin-bench-'));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function progressOf(documents: number): (done: number) => void {
  return (done) => process.stderr.write(`\r${done}/${documents}`);
}

function lineOf({ name, timing, budgetMs }: Figure): string {
  const budget = budgetMs === null ? '' : `  ${sentence('bench.budget', { ms: budgetMs })}`;
  const figures = `p50 ${timing.p50.toFixed(3)} ms  p99 ${timing.p99.toFixed(3)} ms  ${timing.perSecond}/s`;
  return `${name.padEnd(56)} ${figures}${budget}`;
}
