import { readFileSync } from 'node:fs';
import { corpusPath } from '#tests/support/corpus.ts';

/** One row of `incoming/truth.tsv`, by column name; an empty cell means the paper does not have it. */
export type Truth = Readonly<Record<string, string>>;

/** What people read from the corpus by eye. */
export function readTruth(): readonly Truth[] {
  const [head = '', ...rows] = readFileSync(corpusPath('incoming', 'truth.tsv'), 'utf8').trim().split('\n');
  const names = head.split('\t');
  return rows.map((row) => {
    const cells = row.split('\t');
    return Object.fromEntries(names.map((name, index) => [name, unquoted(cells[index] ?? '')]));
  });
}

function unquoted(cell: string): string {
  return cell.startsWith('"') && cell.endsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell;
}
