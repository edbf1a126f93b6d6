import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { inTransaction, openEncrypted, openInMemory } from '#shared/node/sqlite/public.ts';
import { ownFolder, refusalOf } from '../../support/store.ts';

const key = new Uint8Array(randomBytes(32));

function anOffice(): string {
  const path = join(ownFolder(), 'office.db');
  const db = openEncrypted({ path, key });
  db.exec('CREATE TABLE act (seq INTEGER PRIMARY KEY, subject TEXT NOT NULL) STRICT');
  const insert = db.prepare('INSERT INTO act (subject) VALUES (?)');
  inTransaction(db, () => {
    for (let number = 1; number <= 3000; number += 1) {
      insert.run(`Quyết định số ${number} về việc phê duyệt kế hoạch`);
    }
  });
  db.close();
  return path;
}

function readAll(path: string): void {
  const db = openEncrypted({ path, key });
  try {
    inTransaction(db, () => db.prepare('SELECT max(length(subject)) FROM act').get());
  } finally {
    db.close();
  }
}

test('every open keeps each commit on the disk, the second as the first', () => {
  const path = anOffice();
  const settings = [1, 2].map(() => {
    const db = openEncrypted({ path, key });
    const found = ['synchronous', 'journal_mode', 'foreign_keys', 'cipher'].map((name) =>
      db.pragma(name, { simple: true }),
    );
    db.close();
    return found;
  });
  expect(settings).toEqual([
    [2, 'wal', 1, 'sqlcipher'],
    [2, 'wal', 1, 'sqlcipher'],
  ]);
});

test('an office’s database opens again within ten milliseconds', () => {
  const path = anOffice();
  const times = [1, 2, 3, 4, 5].map(() => {
    const start = performance.now();
    openEncrypted({ path, key }).close();
    return performance.now() - start;
  });
  expect(Math.min(...times)).toBeLessThan(10);
});

test('no word of an act is readable in any file of the folder, while it is open too', () => {
  const path = anOffice();
  const db = openEncrypted({ path, key });
  db.prepare('INSERT INTO act (subject) VALUES (?)').run('phê duyệt');
  const names = readdirSync(join(path, '..'));
  const readable = names.filter((name) => readFileSync(join(path, '..', name)).includes('phê duyệt'));
  db.close();
  expect([names, readable]).toEqual([['office.db', 'office.db-shm', 'office.db-wal'], []]);
});

const spoiled: readonly (readonly [string, (whole: Buffer) => Uint8Array, string])[] = [
  ['an empty file', () => new Uint8Array(), 'store.damaged'],
  ['a text file', () => Buffer.from('Kính gửi'), 'store.damaged'],
  ['a long text file', () => Buffer.from('Kính gửi '.repeat(5000)), 'store.wrong-key'],
  ['a file cut short', (whole) => whole.subarray(0, whole.length - 9000), 'store.damaged'],
  ['a file with one changed byte', (whole) => changed(whole, 4096 * 20 + 99), 'store.damaged'],
  ['a file with a changed first page', (whole) => changed(whole, 200), 'store.wrong-key'],
];

test.each(spoiled)('%s in place of the database is refused and left as it is', async (_name, spoil, code) => {
  const path = anOffice();
  const bytes = spoil(readFileSync(path));
  writeFileSync(path, bytes);
  expect(await refusalOf(() => readAll(path))).toBe(code);
  expect(Buffer.compare(readFileSync(path), bytes)).toBe(0);
});

test('another agency’s key opens nothing', async () => {
  const path = anOffice();
  expect(await refusalOf(() => openEncrypted({ path, key: new Uint8Array(32) }))).toBe('store.wrong-key');
  readAll(path);
});

test('a half-made database of an interrupted first start is made anew', () => {
  const path = join(ownFolder(), 'office.db');
  writeFileSync(`${path}.new`, 'một nửa');
  openEncrypted({ path, key }).close();
  expect([existsSync(path), existsSync(`${path}.new`)]).toEqual([true, false]);
});

test('a full disk refuses the whole command and the office goes on when there is room', async () => {
  const path = anOffice();
  const db = openEncrypted({ path, key });
  const count = () => db.prepare('SELECT count(*) FROM act').pluck().get();
  const insert = db.prepare('INSERT INTO act (subject) VALUES (?)');
  const command = () =>
    inTransaction(db, () => {
      for (let index = 0; index < 500; index += 1) insert.run('kế hoạch '.repeat(20));
    });
  db.pragma(`max_page_count = ${String(db.pragma('page_count', { simple: true }))}`);
  expect([await refusalOf(command), count()]).toEqual(['store.disk-full', 3000]);
  db.pragma('max_page_count = 4294967294');
  command();
  expect([count(), db.pragma('integrity_check', { simple: true })]).toEqual([3500, 'ok']);
  db.close();
});

test('a command that waits is refused and rolled back', () => {
  const db = openInMemory();
  db.exec('CREATE TABLE act (seq INTEGER PRIMARY KEY) STRICT');
  expect(() =>
    inTransaction(db, () => {
      db.prepare('INSERT INTO act (seq) VALUES (1)').run();
      return Promise.resolve();
    }),
  ).toThrow('promise');
  expect(db.prepare('SELECT count(*) FROM act').pluck().get()).toBe(0);
});

test('a command does not slip into another’s transaction', async () => {
  const path = anOffice();
  const first = openEncrypted({ path, key });
  const second = openEncrypted({ path, key, busyTimeoutMs: 20 });
  first.exec('BEGIN IMMEDIATE');
  expect(await refusalOf(() => inTransaction(second, () => undefined))).toBe('store.in-use');
  first.exec('COMMIT');
  inTransaction(second, () => undefined);
  for (const db of [first, second]) db.close();
});

function changed(whole: Buffer, place: number): Buffer {
  const bytes = Buffer.from(whole);
  bytes.writeUInt8(bytes.readUInt8(place) ^ 1, place);
  return bytes;
}
