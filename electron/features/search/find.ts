import { type ReadingScope } from '#shared/directory/public.ts';
import type { Hit } from '#shared/search/public.ts';
import { foldVietnamese, searchTerms } from '#shared/search/public.ts';
import type { ReadDb } from '#shared/node/sqlite/public.ts';
import { prepared } from '../../store/prepared.ts';
import { documentRow, rowColumns } from '../documents/public.ts';
import { matching } from './matching.ts';

type Asked = Readonly<{ words: string; offset: number; limit: number }>;

/** Documents whose fields or pages hold every word, newest first; only what the reader may see. */
export function findDocuments(db: ReadDb, scope: ReadingScope, { words, offset, limit }: Asked) {
  const terms = searchTerms(words);
  if (terms === '') return { hits: [], more: false };
  const rows: Found[] = [];
  for (const numbers of matching(db, scope, terms)) {
    rows.push(...rowsOf(db, numbers));
    if (rows.length > offset + limit) break;
  }
  const hits = rows.slice(offset, offset + limit).map((row): Hit => {
    return { document: documentRow(row), excerpt: excerptOf(db, row.file_hash, words) };
  });
  return { hits, more: rows.length > offset + limit };
}

type Found = Readonly<{ file_hash: string | null }>;

function rowsOf(db: ReadDb, numbers: readonly number[]): Found[] {
  return prepared(
    db,
    `SELECT ${rowColumns}, d.file_hash FROM document d
      WHERE d.n IN (SELECT value FROM json_each(?)) ORDER BY d.n DESC`,
  ).all(JSON.stringify(numbers)) as Found[];
}

const around = 70;

function excerptOf(db: ReadDb, hash: string | null, words: string): string {
  if (hash === null) return '';
  const row = prepared(db, 'SELECT text FROM file_text WHERE hash = ?').get(hash) as
    { text: string } | undefined;
  if (row === undefined) return '';
  // Folding keeps one letter for one letter in composed text, so places agree.
  const text = row.text.normalize('NFC').replace(/\s+/gu, ' ');
  const folded = foldVietnamese(text);
  const found = foldVietnamese(words)
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean)
    .map((word) => ({ word, at: folded.indexOf(word) }))
    .find(({ at }) => at >= 0);
  if (found === undefined || folded.length !== text.length) return text.slice(0, 2 * around);
  const { at, word } = found;
  const end = at + word.length;
  return `${text.slice(Math.max(0, at - around), at)}[${text.slice(at, end)}]${text.slice(end, end + around)}`;
}
