import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { z } from 'zod';
import { corpusPath } from '../support/corpus.ts';

const TextSchema = z.object({
  type: z.string().nullable(),
  number: z.string().nullable(),
  issuer: z.string().nullable(),
  title: z.string().nullable(),
  text: z.string(),
});

export type Source = Readonly<{
  kind: string;
  notation: string;
  issuer: string;
  title: string;
  words: readonly string[];
}>;

/** The real legal texts of the corpus, split into words: what generated documents are made of. */
export function readSources(): Source[] {
  const lines = gunzipSync(readFileSync(corpusPath('text', 'documents.jsonl.gz')))
    .toString('utf8')
    .split('\n');
  return lines
    .filter((line) => line !== '')
    .map((line) => TextSchema.parse(JSON.parse(line)))
    .map(({ type, number, issuer, title, text }) => ({
      kind: type ?? 'Công văn',
      notation: number ?? '01/CV',
      issuer: issuer ?? 'Bộ Nội vụ',
      title: (title ?? text.slice(0, 160)).replace(/\s+/gu, ' ').slice(0, 300),
      words: text.split(/\s+/u).filter(Boolean),
    }));
}

/** A small seeded generator (mulberry32), so that every run makes the same office. */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}
