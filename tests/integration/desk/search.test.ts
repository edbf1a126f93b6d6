import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { findDocuments } from '#electron/features/search/find.ts';
import { readState } from '#electron/store/read-state.ts';
import { personAggregate, readingScope, type ReadingScope } from '#shared/directory/public.ts';
import { foldVietnamese } from '#shared/search/public.ts';
import { fillOffice } from '../../bench/large-office.ts';

const folder = mkdtempSync(join(tmpdir(), 'antin-search-'));
const office = fillOffice(folder, 1200, () => undefined);
afterAll(() => {
  office.desk.db.close();
  rmSync(folder, { recursive: true, force: true });
});

const scopes = ['leader', 'officer', 'administrator'] as const;
const asked = ['thông tư', 'ngân sách nhà nước', 'duong', 'quyết định', 'an', 'không-có-chữ-này'];

test.each(scopes)('the %s finds, page after page, every paper with the words that they may read', (who) => {
  const scope = scopeOf(who);
  for (const words of asked) {
    const found: string[] = [];
    for (let offset = 0; ; offset += 30) {
      const { hits, more } = findDocuments(office.desk.db, scope, { words, offset, limit: 30 });
      found.push(...hits.map(({ document }) => document.id));
      if (!more) break;
    }
    expect(found, words).toEqual(readOneByOne(scope, words));
  }
});

test('the head of a unit finds the papers of the unit and their own', () => {
  const person = readState(office.desk.db, personAggregate, office.people.officer);
  if (person === null) throw new Error('The officer is gone');
  const scope = readingScope({ ...person, roles: ['unit-head'] });
  const { hits } = findDocuments(office.desk.db, scope, { words: 'thông tư', offset: 0, limit: 200 });
  expect(hits.map(({ document }) => document.id)).toEqual(readOneByOne(scope, 'thông tư').slice(0, 200));
  expect(hits.length).toBeGreaterThan(20);
});

function scopeOf(who: (typeof scopes)[number]): ReadingScope {
  const person = readState(office.desk.db, personAggregate, office.people[who]);
  if (person === null) throw new Error(`The ${who} is gone`);
  return readingScope(person);
}

/** The same question answered the slow way: every paper read, newest first. */
function readOneByOne(scope: ReadingScope, words: string): string[] {
  const wanted = foldVietnamese(words).split(/[^\p{L}\p{N}]+/u);
  const rows = office.desk.db
    .prepare(
      `SELECT d.id, d.folded, coalesce(t.text, '') AS text, d.drafter, d.unit,
              EXISTS (SELECT 1 FROM document_person p WHERE p.document = d.n AND p.person = @person) AS own,
              EXISTS (SELECT 1 FROM document_unit u WHERE u.document = d.n AND u.unit = @unit) AS units
         FROM document d LEFT JOIN file_text t ON t.hash = d.file_hash ORDER BY d.n DESC`,
    )
    .all({
      person: 'person' in scope ? scope.person : '',
      unit: 'unit' in scope ? scope.unit : '',
    }) as { id: string; folded: string; text: string; own: number; units: number }[];
  return rows
    .filter(({ own, units }) => {
      if (scope.kind === 'agency') return true;
      if (scope.kind === 'nothing') return false;
      return own === 1 || (scope.kind === 'unit' && units === 1);
    })
    .filter((row) => [row.folded, foldVietnamese(row.text)].some((text) => holds(text, wanted)))
    .map(({ id }) => id);
}

function holds(text: string, wanted: readonly string[]): boolean {
  const words = text.split(/[^\p{L}\p{N}]+/u);
  return wanted.every((word, place) =>
    words.some((one) =>
      place === wanted.length - 1 && word.length > 1 ? one.startsWith(word) : one === word,
    ),
  );
}
