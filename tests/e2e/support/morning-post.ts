import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { corpusPath } from '../../support/corpus.ts';

/**
 * A clerk's morning: real letters, and as many of them again under other bytes as it takes to make `count`: a paper that
 * comes twice, which the office has to notice.
 */
export function morningPost(count: number): readonly string[] {
  const folder = corpusPath('incoming');
  const real = readdirSync(folder)
    .filter((name) => name.endsWith('.pdf'))
    .map((name) => join(folder, name));
  // Those whose number and symbol can be read; of a scan nobody can say that it came before.
  const readable = real.filter((path) => path.includes('congbao_'));
  const sentAgain = readable.slice(0, Math.max(0, count - real.length)).map((path, place) => {
    const copy = join(folderOfCopies(), `gui-lai-${String(place + 1).padStart(2, '0')}.pdf`);
    writeFileSync(copy, Buffer.concat([readFileSync(path), Buffer.from(`\n% ${place}\n`)]));
    return copy;
  });
  return [...real, ...sentAgain].slice(0, count);
}

let copies: string | null = null;

/** The browser reads them until the test is over, so they go with the process. */
function folderOfCopies(): string {
  if (copies !== null) return copies;
  const folder = mkdtempSync(join(tmpdir(), 'antin-e2e-post-'));
  process.once('exit', () => {
    rmSync(folder, { recursive: true, force: true });
  });
  copies = folder;
  return folder;
}
