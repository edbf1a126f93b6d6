import { type ReadingScope } from '#shared/directory/public.ts';
import { foldVietnamese, searchTerms, type Excerpt, type Hit } from '#shared/search/public.ts';
import type { ReadDb } from '#shared/node/sqlite/public.ts';
import { prepared } from '../../store/prepared.ts';
import { documentRow, rowColumns } from '../documents/public.ts';
import { matching } from './matching.ts';

type Asked = Readonly<{
  words: string;
  direction?: 'incoming' | 'outgoing' | null;
  offset: number;
  limit: number;
}>;

/** Documents whose fields or pages hold every word, newest first; only what the reader may see. */
export function findDocuments(
  db: ReadDb,
  scope: ReadingScope,
  { words, direction = null, offset, limit }: Asked,
) {
  const terms = searchTerms(words);
  if (terms === '') return { hits: [], more: false };
  const rows: Found[] = [];
  for (const numbers of matching(db, scope, terms)) {
    rows.push(...rowsOf(db, numbers, direction));
    if (rows.length > offset + limit) break;
  }
  const hits = rows.slice(offset, offset + limit).map((row): Hit => {
    return { document: documentRow(row), excerpt: excerptOf(db, row.file_hash, words) };
  });
  return { hits, more: rows.length > offset + limit };
}

type Found = Readonly<{ file_hash: string | null }>;

function rowsOf(db: ReadDb, numbers: readonly number[], direction: string | null): Found[] {
  return prepared(
    db,
    `SELECT ${rowColumns}, d.file_hash FROM document d
      WHERE d.n IN (SELECT value FROM json_each(@numbers)) AND (@direction IS NULL OR d.direction = @direction)
      ORDER BY d.n DESC`,
  ).all({ numbers: JSON.stringify(numbers), direction }) as Found[];
}

const around = 70;
const nothing: Excerpt = { before: '', found: '', after: '' };

function excerptOf(db: ReadDb, hash: string | null, words: string): Excerpt {
  if (hash === null) return nothing;
  const row = prepared(db, 'SELECT text FROM file_text WHERE hash = ?').get(hash) as
    { text: string } | undefined;
  if (row === undefined) return nothing;
  // Folding keeps one letter for one letter in composed text, so places agree.
  const text = row.text.normalize('NFC').replace(/\s+/gu, ' ');
  const folded = foldVietnamese(text);
  const place = placeOf(foldVietnamese(words), folded);
  if (place === null || folded.length !== text.length) return nothing;
  const { at, end } = place;
  return {
    before: text.slice(Math.max(0, at - around), at),
    found: text.slice(at, end),
    after: text.slice(end, end + around),
  };
}

/** Where the words stand together, else where the longest of them begins a word. */
function placeOf(words: string, text: string): Readonly<{ at: number; end: number }> | null {
  const wanted = words.split(/[^\p{L}\p{N}]+/u).filter(Boolean);
  const longest = wanted.toSorted((a, b) => b.length - a.length)[0];
  if (longest === undefined) return null;
  for (const pattern of [wanted.join('[^\\p{L}\\p{N}]+'), longest]) {
    const found = new RegExp(`(?<![\\p{L}\\p{N}])${pattern}`, 'u').exec(text);
    if (found !== null) return { at: found.index, end: found.index + found[0].length };
  }
  return null;
}
