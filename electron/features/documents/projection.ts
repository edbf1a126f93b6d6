import { dayOf, type Act } from '#shared/kernel/public.ts';
import { isOnlyLocked, type OfficialDocument } from '#shared/documents/public.ts';
import type { Task } from '#shared/workflow/public.ts';
import { hashesIn } from '#shared/sync/public.ts';
import { foldVietnamese } from '#shared/search/public.ts';
import type { ReadDb, WriteDb } from '#shared/node/sqlite/public.ts';
import type { Projection } from '../../store/projection.ts';
import { columnsOf, sinceOf, type DocumentColumns } from './document-columns.ts';
import { forgetWords } from '../../store/draft-room.ts';
import { looseFilesOf } from '../../store/loose-files.ts';
import { prepared } from '../../store/prepared.ts';

/** Keeps the documents' lists, who may read each, their story and their search index. */
export const documentsProjection: Projection = {
  name: 'documents',
  apply(db, { changed, chained: { entry } }) {
    for (const { ref, before, after, acts } of changed) {
      if (ref.kind !== 'document' && ref.kind !== 'task') continue;
      // A thousand papers close with one file: its own story tells it, and each paper bears the mark, which no list shows.
      if (isOnlyLocked({ before, acts })) continue;
      // Folded by the aggregates' own `evolve`.
      if (ref.kind === 'document') {
        keepRow(db, before as OfficialDocument | null, after as OfficialDocument, entry);
        keepFileNames(db, ref.id, acts);
        if ((after as OfficialDocument).state === 'destroyed') letGo(db, ref.id);
      }
      const document = ref.kind === 'task' ? (after as Task).document : ref.id;
      // What happens to its tasks is part of a paper's story, also when the paper itself stays as it is.
      // A row of values: INSERT … SELECT opens a savepoint, and FTS5 writes its words out at each of those.
      prepared(
        db,
        'INSERT OR IGNORE INTO timeline (document, seq) VALUES ((SELECT n FROM document WHERE id = ?), ?)',
      ).run(document, entry.seq);
    }
  },
  clear(db) {
    db.exec(`
      DELETE FROM timeline;
      DELETE FROM certified_copy;
      DELETE FROM document_file;
      DELETE FROM document_person;
      DELETE FROM document_unit;
      DELETE FROM tally;
      DELETE FROM document;
      DELETE FROM document_fts;
      DELETE FROM file_fts;
    `);
  },
  forget(db, { kind, id }, left) {
    if (kind !== 'document') return;
    prepared(db, 'DELETE FROM document_file WHERE document = ?').run(id);
    const row = prepared(db, 'SELECT n, direction, state FROM document WHERE id = ?').get(id) as
      { n: number; direction: string; state: string } | undefined;
    if (row === undefined) return;
    addToTally(db, row, -1);
    for (const table of ['document_person', 'document_unit', 'certified_copy']) {
      prepared(db, `DELETE FROM ${table} WHERE document = ?`).run(row.n);
    }
    // The row keeps its place in the lists; what is folded again fills it.
    if (left === 'some') prepared(db, 'UPDATE document SET number = NULL WHERE n = ?').run(row.n);
    else removeRow(db, row.n);
  },
  afterRebuild(db) {
    const texts = db.prepare<[], { hash: string; text: string }>('SELECT hash, text FROM file_text').all();
    for (const { hash, text } of texts) indexFileText(db, hash, text);
  },
};

/** Keeps what a file says, once, and makes every document that carries it findable by it. */
export function keepFileText(db: WriteDb, hash: string, text: string): void {
  const { changes } = prepared(db, 'INSERT OR IGNORE INTO file_text (hash, text) VALUES (?, ?)').run(
    hash,
    text,
  );
  if (changes === 1) indexFileText(db, hash, text);
}

/** What a file says; empty where nothing was read from it. */
export function fileTextOf(db: ReadDb, hash: string): string {
  const row = prepared(db, 'SELECT text FROM file_text WHERE hash = ?').get(hash) as
    { text: string } | undefined;
  return row?.text ?? '';
}

function indexFileText(db: WriteDb, hash: string, text: string): void {
  const documents = prepared(db, `SELECT n FROM document WHERE file_hash = ? AND state <> 'destroyed'`).all(
    hash,
  ) as { n: number }[];
  if (documents.length === 0) return;
  const folded = foldVietnamese(text);
  for (const { n } of documents) replaceIndexed(db, 'file_fts', n, folded);
}

function replaceIndexed(db: WriteDb, table: 'document_fts' | 'file_fts', n: number, folded: string): void {
  prepared(db, `DELETE FROM ${table} WHERE rowid = ?`).run(n);
  index(db, table, n, folded);
}

function index(db: WriteDb, table: 'document_fts' | 'file_fts', n: number, folded: string): void {
  prepared(db, `INSERT INTO ${table} (rowid, folded) VALUES (?, ?)`).run(n, folded);
}

type Kept = Readonly<{ n: number; since: string; folded: string; file_hash: string | null }>;

function keepRow(
  db: WriteDb,
  before: OfficialDocument | null,
  after: OfficialDocument,
  entry: Parameters<typeof sinceOf>[2],
): void {
  const kept = prepared(db, 'SELECT n, since, folded, file_hash FROM document WHERE id = ?').get(after.id) as
    Kept | undefined;
  const columns = columnsOf(after);
  const since = sinceOf(before, after, entry, (kept?.since as typeof entry.recordedAt | undefined) ?? null);
  const n = writeRow(db, kept ?? null, { ...columns, since });
  keepTally(db, before, after);
  keepAudience(db, n, before, after);
  keepCopies(db, n, before, after);
  if (kept === undefined) index(db, 'document_fts', n, columns.folded);
  else if (kept.folded !== columns.folded) replaceIndexed(db, 'document_fts', n, columns.folded);
  if (columns.file_hash !== null && kept?.file_hash !== columns.file_hash) {
    const known = prepared(db, 'SELECT text FROM file_text WHERE hash = ?').get(columns.file_hash) as
      { text: string } | undefined;
    if (known !== undefined) replaceIndexed(db, 'file_fts', n, foldVietnamese(known.text));
  }
}

const columnNames = [
  'id',
  'direction',
  'state',
  'kind',
  'notation',
  'subject',
  'issuer',
  'unit',
  'drafter',
  'issued_on',
  'book',
  'number',
  'year',
  'arrived_on',
  'urgency',
  'holder_kind',
  'holder_id',
  'since',
  'due_on',
  'returned',
  'file_hash',
  'in_archive',
  'same_paper',
  'folded',
] as const satisfies readonly (keyof DocumentColumns | 'since')[];

const insertRow = `INSERT INTO document (${columnNames.join(', ')}) VALUES (${columnNames.map((name) => `@${name}`).join(', ')})`;
const updateRow = `UPDATE document SET ${columnNames.map((name) => `${name} = @${name}`).join(', ')} WHERE n = @n`;

function writeRow(db: WriteDb, kept: Kept | null, row: DocumentColumns & { since: string }): number {
  if (kept === null) return Number(prepared(db, insertRow).run(row).lastInsertRowid);
  const { changes } = prepared(db, updateRow).run({ ...row, n: kept.n });
  if (changes !== 1) throw new Error(`The row of document ${row.id} was not kept`);
  return kept.n;
}

/** Every file that an act ever spoke of stays with its paper, also one that was replaced since. */
export function keepFileNames(db: WriteDb, document: string, acts: readonly Act[]): void {
  const keep = prepared(db, 'INSERT OR IGNORE INTO document_file (hash, document) VALUES (?, ?)');
  for (const { body } of acts) for (const hash of hashesIn(body)) keep.run(hash, document);
}

/**
 * Of a destroyed paper nothing is named any more: its files go, drafts and copies among them, unless another paper speaks of
 * the same bytes; and so does what was read from its page. What the register says of it stays.
 */
function letGo(db: WriteDb, document: string): void {
  looseFilesOf(db, [document]);
  prepared(db, 'DELETE FROM document_file WHERE document = ?').run(document);
  prepared(db, 'DELETE FROM file_wanted WHERE document = ?').run(document);
  forgetWords(db, document);
  prepared(db, 'DELETE FROM file_fts WHERE rowid = (SELECT n FROM document WHERE id = ?)').run(document);
}

/** Where each copy's number leads; what it is stands with its document. */
function keepCopies(db: WriteDb, n: number, before: OfficialDocument | null, after: OfficialDocument): void {
  const known = before?.certifiedCopies.length ?? 0;
  for (const { year, number, signedAt } of after.certifiedCopies.slice(known)) {
    prepared(db, 'INSERT INTO certified_copy (year, number, made_on, document) VALUES (?, ?, ?, ?)').run(
      year,
      number,
      dayOf(signedAt),
      n,
    );
  }
}

function keepTally(db: WriteDb, before: OfficialDocument | null, after: OfficialDocument): void {
  if (before?.state === after.state) return;
  if (before !== null) addToTally(db, before, -1);
  addToTally(db, after, 1);
}

function addToTally(
  db: WriteDb,
  { direction, state }: { direction: string; state: string },
  count: number,
): void {
  prepared(
    db,
    `INSERT INTO tally (direction, state, documents) VALUES (?, ?, ?)
     ON CONFLICT (direction, state) DO UPDATE SET documents = documents + excluded.documents`,
  ).run(direction, state, count);
}

function removeRow(db: WriteDb, n: number): void {
  prepared(db, 'DELETE FROM timeline WHERE document = ?').run(n);
  prepared(db, 'DELETE FROM document_fts WHERE rowid = ?').run(n);
  prepared(db, 'DELETE FROM file_fts WHERE rowid = ?').run(n);
  prepared(db, 'DELETE FROM document WHERE n = ?').run(n);
}

function keepAudience(
  db: WriteDb,
  n: number,
  before: OfficialDocument | null,
  after: OfficialDocument,
): void {
  const person = prepared(db, 'INSERT OR IGNORE INTO document_person (person, document) VALUES (?, ?)');
  const unit = prepared(db, 'INSERT OR IGNORE INTO document_unit (unit, document) VALUES (?, ?)');
  for (const id of after.people) if (!before?.people.includes(id)) person.run(id, n);
  for (const id of after.units) if (!before?.units.includes(id)) unit.run(id, n);
}
