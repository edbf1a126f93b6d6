import { randomBytes } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { migrate, versionOf } from '#electron/store/migrate.ts';
import { migrations } from '#electron/store/migrations/index.ts';
import type { Migration } from '#electron/store/migrations/migration.ts';
import { openEncrypted, openInMemory } from '#shared/node/sqlite/public.ts';
import { migratedDatabase, migrateOnward } from '../../support/migrated-database.ts';
import { ownFolder, refusalOf } from '../../support/store.ts';

const key = new Uint8Array(randomBytes(32));

function step(version: number, sql: string): Migration {
  return { version, name: `step-${version}`, up: (db) => void db.exec(sql) };
}

const register = step(10, 'CREATE TABLE register (id INTEGER PRIMARY KEY) STRICT');
const entry = step(20, 'CREATE TABLE entry (register INTEGER NOT NULL REFERENCES register (id)) STRICT');

test('the steps of the schema rise in tens and each is named as its file', () => {
  const names = migrations.map(({ version, name }) => `${String(version).padStart(4, '0')}-${name}.ts`);
  const folder = join(import.meta.dirname, '../../../electron/store/migrations');
  expect(names).toEqual(
    readdirSync(folder)
      .filter((file) => /^\d/u.test(file))
      .toSorted(),
  );
});

test.each(migrations.map(({ version }) => [version]))(
  'from step %i the rest leads to the newest schema',
  (version) => {
    const schemaOf = (db: ReturnType<typeof openInMemory>) =>
      db
        .prepare(
          "SELECT type, name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite_stat%' ORDER BY type, name",
        )
        .all();
    const db = migratedDatabase(version);
    const remaining = migrations.filter((later) => later.version > version).map((later) => later.version);
    expect(migrateOnward(db)).toEqual(remaining);
    expect(schemaOf(db)).toEqual(schemaOf(migratedDatabase()));
  },
);

test('every table is strict', () => {
  const loose = migratedDatabase()
    .prepare(
      "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND strict = 0 AND name NOT LIKE 'sqlite_%'",
    )
    .pluck()
    .all();
  expect(loose).toEqual([]);
});

test('an existing database is copied, still encrypted, before it is changed', () => {
  const folder = ownFolder();
  const path = join(folder, 'office.db');
  const db = openEncrypted({ path, key });
  const options = { backup: { folder: join(folder, 'trước khi nâng cấp') } };
  expect(migrate(db, [register], options)).toEqual([10]);
  expect(readdirSync(folder)).not.toContain('trước khi nâng cấp');
  db.exec('INSERT INTO register (id) VALUES (7)');
  expect(migrate(db, [register, entry], options)).toEqual([20]);
  expect(migrate(db, [register, entry], options)).toEqual([]);
  db.close();
  expect(readdirSync(options.backup.folder)).toEqual(['office-0010.db']);
  const copy = openEncrypted({ path: join(options.backup.folder, 'office-0010.db'), key });
  expect([versionOf(copy), copy.prepare('SELECT id FROM register').pluck().all()]).toEqual([10, [7]]);
  copy.close();
});

test('a database from a newer program is refused and not touched', async () => {
  const db = openInMemory();
  migrate(db, [register, entry]);
  expect(await refusalOf(() => migrate(db, [register]))).toBe('store.newer-database');
  expect(versionOf(db)).toBe(20);
});

test('a step that fails leaves the version before it, whole', () => {
  const broken: Migration = {
    version: 30,
    name: 'broken',
    up: (db) => {
      db.exec('DROP TABLE entry');
      throw new Error('mất điện');
    },
  };
  const db = openInMemory();
  expect(() => migrate(db, [register, entry, broken])).toThrow('mất điện');
  expect([versionOf(db), db.prepare('SELECT count(*) FROM entry').pluck().get()]).toEqual([20, 0]);
});

test('a step that leaves rows without their parent is undone', () => {
  const db = openInMemory();
  migrate(db, [register, entry]);
  db.pragma('foreign_keys = OFF');
  const orphan = step(30, 'INSERT INTO entry (register) VALUES (99)');
  expect(() => migrate(db, [register, entry, orphan])).toThrow('without their parent');
  expect(db.prepare('SELECT count(*) FROM entry').pluck().get()).toBe(0);
});

test('steps out of order are refused before anything runs', () => {
  const db = openInMemory();
  expect(() => migrate(db, [entry, register])).toThrow('out of order');
  expect(versionOf(db)).toBe(0);
});
