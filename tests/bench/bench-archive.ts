import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { nodeFiles } from '#shared/node/files/public.ts';
import { exportPackage, readPackage } from '#shared/node/packages/public.ts';
import { findProgram } from '#cli/setup/browser.mjs';
import { largeDossier } from '../support/packages/large.ts';
import { software } from '../support/packages/sample.ts';
import { benchClosing } from './bench-closing.ts';
import { limit, type SyncRow } from './sync/rows.ts';

const mebi = 1024 * 1024;
const [documents, dossiers, originalBytes] = [18_000, 1650, 60_000];

/** What is asked of a large file: closed in five seconds, and packed as fast as half of `zip -0`, in flat memory. */
export async function benchArchive(
  folder: string,
  onRow: (row: SyncRow) => void,
): Promise<readonly SyncRow[]> {
  const rows: SyncRow[] = [];
  const keep = (row: SyncRow): void => {
    rows.push(row);
    onRow(row);
  };
  for (const row of benchClosing(folder, { documents, parts: dossiers })) keep(row);
  const sources = join(folder, 'nguồn');
  mkdirSync(sources);
  const given = largeDossier({ folder: sources, documents, dossiers, originalBytes });
  const to = join(folder, 'gói.zip');
  const writing = await watched(() => exportPackage({ package: given, to, software }));
  const size = statSync(to).size / mebi;
  const own = size / writing.seconds;
  const name = `${documents} documents in ${dossiers} dossiers to one AIP of ${Math.round(size)} MiB`;
  keep({ row: null, name, value: writing.seconds, unit: 's', gate: null });
  if (findProgram('zip') !== null) {
    execFileSync('unzip', ['-q', to, '-d', join(folder, 'mở')]);
    const beginning = performance.now();
    execFileSync('zip', ['-0', '-q', '-r', join(folder, 'so.zip'), '.'], { cwd: join(folder, 'mở') });
    // The package is on the disk when it is called made; so is this.
    nodeFiles.syncFile(join(folder, 'so.zip'));
    const zipSeconds = (performance.now() - beginning) / 1000;
    rmSync(join(folder, 'mở'), { recursive: true });
    keep(limit('  zip -0 with the same files, brought to the disk (limit)', zipSeconds, 's'));
    const share = (own / (size / zipSeconds)) * 100;
    keep({
      row: null,
      name: '  its share of what zip -0 does',
      value: share,
      unit: '%',
      gate: { least: 50 },
    });
  }
  keep(limit('  memory before', writing.before, 'MiB'));
  keep({
    row: null,
    name: '  more at most while it is made',
    value: writing.more,
    unit: 'MiB',
    gate: { most: 200 },
  });
  const reading = await watched(async () => {
    const { findings, close } = await readPackage(to);
    close();
    if (findings.length > 0) throw new Error(`The package is not sound: ${findings[0]?.code ?? ''}`);
  });
  keep({ row: null, name: 'the same, validated', value: reading.seconds, unit: 's', gate: null });
  keep({ row: null, name: '  more at most meanwhile', value: reading.more, unit: 'MiB', gate: null });
  return rows;
}

type Watched = Readonly<{ seconds: number; before: number; more: number }>;

async function watched(work: () => Promise<void>): Promise<Watched> {
  const rss = (): number => process.memoryUsage.rss() / mebi;
  const before = rss();
  let most = before;
  const looking = setInterval(() => {
    most = Math.max(most, rss());
  }, 20);
  const beginning = performance.now();
  await work();
  const seconds = (performance.now() - beginning) / 1000;
  clearInterval(looking);
  return { seconds, before, more: Math.max(most, rss()) - before };
}
