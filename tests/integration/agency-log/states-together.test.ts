import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Database } from 'better-sqlite3';
import { afterAll, expect, test } from 'vitest';
import { agencyLogTables, layStatesTogether, sqliteAgencyLog } from '#shared/node/agency-log/public.ts';
import { ref } from '#shared/kernel/public.ts';
import { openEncrypted } from '#shared/node/sqlite/public.ts';
import { migratedDatabase, migrateOnward } from '../../support/migrated-database.ts';

const folder = mkdtempSync(join(tmpdir(), 'Ấn Tín trạng thái '));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const pagesOf = (db: Database): number =>
  Number(db.prepare("SELECT sum(pageno > 0) FROM dbstat WHERE name = 'aggregate'").pluck().get());

/** As long as an ordinary paper's: more than a quarter of a page of 4 KiB. */
const words = 'a'.repeat(1200);
const papers = Array.from(
  { length: 300 },
  (_none, n) => `01890000-0000-7000-8000-${String(n).padStart(12, '0')}`,
);

function keepPapers(db: Database): void {
  const insert = db.prepare("INSERT INTO aggregate (kind, id, version, state) VALUES ('document', ?, 3, ?)");
  for (const id of papers.toReversed()) insert.run(id, JSON.stringify({ id, words }));
}

const tablesBefore = agencyLogTables.replace(/PRIMARY KEY \(kind, id\)\s+\) STRICT;/u, (found) =>
  found.replace('STRICT;', 'STRICT, WITHOUT ROWID;'),
);

test("a server's file from before has each state as it was, in less than half of the pages", () => {
  const db = openEncrypted({ path: join(folder, 'agency.db'), key: new Uint8Array(32).fill(7) });
  db.exec(tablesBefore);
  keepPapers(db);
  const before = pagesOf(db);
  layStatesTogether(db);
  expect(pagesOf(db)).toBeLessThan(before / 2);
  const log = sqliteAgencyLog(db);
  for (const id of papers) {
    expect(log.state(ref('document', id))).toEqual({ version: 3, state: { id, words } });
  }
  const version = Number(db.pragma('schema_version', { simple: true }));
  layStatesTogether(db);
  expect(db.pragma('schema_version', { simple: true })).toBe(version);
  db.close();
});

test("a desk's file from before likewise, with what its guesses changed", () => {
  const db = migratedDatabase(330);
  keepPapers(db);
  db.exec('INSERT INTO overlay (kind, id, version, state) SELECT kind, id, version, state FROM aggregate');
  const before = pagesOf(db);
  migrateOnward(db);
  expect(pagesOf(db)).toBeLessThan(before / 2);
  for (const table of ['aggregate', 'overlay']) {
    const rows = db.prepare(`SELECT id, version, state FROM ${table} ORDER BY id`).all();
    expect(rows).toEqual(papers.map((id) => ({ id, version: 3, state: JSON.stringify({ id, words }) })));
  }
});
