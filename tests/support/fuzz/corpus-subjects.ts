import { readFileSync, readdirSync } from 'node:fs';
import { corpusPath } from '../corpus.ts';
import { signedAt } from '../signing-office.ts';
import type { PdfSubject } from './subjects.ts';

/** Signed files of others: nobody is trusted in them, but what was changed must still be told from what was not. */
export function corpusSubjects(): readonly PdfSubject[] {
  const lines = readFileSync(corpusPath('signatures', 'verdicts.tsv'), 'utf8').trim().split('\n').slice(1);
  const files = new Set(lines.map((line) => line.split('\t')[0] ?? ''));
  const all = readdirSync(corpusPath('signatures'), { recursive: true, encoding: 'utf8' });
  return all
    .filter((file) => files.has(file.replaceAll('\\', '/')))
    .sort()
    .map((name) => {
      const bytes = readFileSync(corpusPath('signatures', name));
      return { kind: 'pdf', name, bytes, trust: [], at: signedAt };
    });
}
