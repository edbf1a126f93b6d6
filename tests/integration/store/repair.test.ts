import { randomBytes } from 'node:crypto';
import { cpSync, existsSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { markDamaged, needsRepair, repairDesk, repairedOf } from '#electron/store/repair/repair.ts';
import { keepSpare } from '#electron/store/repair/spare.ts';
import { saveOwn } from '#electron/store/repair/save.ts';
import { deviceOf, keepDevice } from '#electron/store/device-key.ts';
import { migrate } from '#electron/store/migrate.ts';
import { migrations } from '#electron/store/migrations/index.ts';
import { newDevice } from '#electron/sync/join.ts';
import { systemClock } from '#electron/platform/clock.ts';
import { checkDatabase, saltOf, openEncrypted, type WriteDb } from '#shared/node/sqlite/public.ts';
import { MachineStopped, failingFiles, minutesLater, ownFolder } from '../../support/store.ts';
import { hashOf, idNumber, ids } from '../../support/builders.ts';

const key = new Uint8Array(randomBytes(32));
const pageBytes = 4096;

type Desk = Readonly<{
  folder: string;
  path: string;
  commandIds: readonly string[];
  drafts: readonly string[];
}>;

/** A shared desk's folder with a year's papers, forty commands that were not sent, drafts, a key and a picture. */
function aDesk(papers = 300): Desk {
  const folder = ownFolder();
  const path = join(folder, 'office.db');
  const db = openEncrypted({ path, key });
  migrate(db, migrations);
  const device = newDevice(systemClock);
  keepDevice(db, device);
  const commandIds = Array.from({ length: 40 }, (_, n) => idNumber(5_000_000 + n));
  db.transaction(() => {
    fillPapers(db, papers);
    for (const [n, id] of commandIds.entries()) giveCommand(db, n, id);
    db.prepare('INSERT INTO key_file VALUES (?, ?, ?, ?, ?, ?, ?)').run(
      'ai',
      'person',
      randomBytes(9000),
      'Lan',
      'CA',
      '01',
      '2030-01-01',
    );
    db.prepare('INSERT INTO picture VALUES (?, ?, ?, ?)').run('ai', randomBytes(30_000), 200, 80);
  })();
  const drafts = Array.from({ length: 6 }, () => ids.document());
  for (const document of drafts) {
    for (let n = 1; n <= 4; n += 1) {
      db.prepare('INSERT INTO draft_text VALUES (?, ?, ?)').run(document, n, randomBytes(n * 1500));
    }
    db.prepare('INSERT INTO draft_ahead (document) VALUES (?)').run(document);
  }
  keepSpare(folder, key, device);
  db.close();
  return { folder, path, commandIds, drafts };
}

function fillPapers(db: WriteDb, papers: number): void {
  const paper = db.prepare('INSERT INTO aggregate (kind, id, version, state) VALUES (?, ?, 1, ?)');
  const entry = db.prepare('INSERT INTO log (seq, command_id, entry, hash) VALUES (?, ?, ?, ?)');
  for (let n = 1; n <= papers; n += 1) {
    paper.run(
      'document',
      idNumber(3_000_000 + n),
      JSON.stringify({ subject: `Kế hoạch số ${n}`.repeat(20) }),
    );
    entry.run(
      n,
      idNumber(4_000_000 + n),
      JSON.stringify({ seq: n, text: 'phê duyệt '.repeat(40) }),
      hashOf(n),
    );
  }
}

function giveCommand(db: WriteDb, n: number, id: string): void {
  const file = { hash: hashOf(n), size: 100 + n, name: 'a.pdf', pages: 1 };
  const body = {
    id,
    name: 'documents.receive',
    actor: ids.person(),
    onBehalfOf: null,
    claimedAt: minutesLater(n),
    body: { file, note: 'việc chưa gửi '.repeat(n * 10) },
  };
  db.prepare(
    "INSERT INTO outbox (dseq, command_id, body, status, signature) VALUES (?, ?, ?, 'queued', 'x')",
  ).run(n + 2, id, JSON.stringify(body));
}

const open = (path: string) => openEncrypted({ path, key });
const mend = ({ folder }: Desk) => repairDesk({ folder, dataKey: key, now: minutesLater(9) });

function spoil(path: string, page: number, from = 0, length = pageBytes): void {
  const bytes = readFileSync(path);
  randomBytes(length).copy(bytes, (page - 1) * pageBytes + from);
  writeFileSync(path, bytes);
}

/** How many rows a table has, and how many of them lie on a page or are carried by it. */
function layoutOf(path: string) {
  const db = open(path);
  const pages = db.prepare('SELECT name, pageno, pagetype, ncell FROM dbstat').all() as Readonly<{
    name: string;
    pageno: number;
    pagetype: string;
    ncell: number;
  }>[];
  const count = (table: string) => db.prepare(`SELECT count(*) FROM ${table}`).pluck().get() as number;
  const lengths = new Map(['outbox', 'draft_text'].map((table) => [table, count(table)]));
  db.close();
  return {
    lengthOf: (table: string) => lengths.get(table) ?? 0,
    rowsOn: (table: string, page: number) => {
      const found = pages.find(({ name, pageno }) => name === table && pageno === page);
      return found?.pagetype === 'overflow' ? 1 : (found?.ncell ?? 0);
    },
  };
}

const keptIn = (db: WriteDb) => ({
  commands: db.prepare('SELECT command_id FROM outbox ORDER BY dseq').pluck().all(),
  drafts: db.prepare('SELECT count(*) FROM draft_text').pluck().get(),
  ahead: db.prepare('SELECT document FROM draft_ahead ORDER BY document').pluck().all(),
  owed: db.prepare('SELECT count(*) FROM file_owed').pluck().get(),
  keys: db.prepare('SELECT length(p12) FROM key_file').pluck().all(),
  pictures: db.prepare('SELECT length(png) FROM picture').pluck().all(),
});

const whole = ({ commandIds, drafts }: Desk) => ({
  commands: commandIds,
  drafts: 24,
  ahead: [...drafts].toSorted(),
  owed: 40,
  keys: [9000],
  pictures: [30_000],
});

test('the first page, the schema and the ways to every table may be lost: all that only this desk has is saved', () => {
  const desk = aDesk();
  for (const page of [1, 2, 3]) spoil(desk.path, page);
  const was = readFileSync(desk.path);
  expect(() => open(desk.path)).toThrow(expect.objectContaining({ code: 'store.wrong-key' }) as Error);
  const repaired = mend(desk);
  expect(repaired).toMatchObject({ commands: 40, drafts: 6, files: 40, at: minutesLater(9) });
  expect(repaired.unreadable).toBeGreaterThanOrEqual(3);
  const db = open(desk.path);
  checkDatabase(db, 'full');
  expect(keptIn(db)).toEqual(whole(desk));
  expect(repairedOf(db)).toEqual(repaired);
  expect(deviceOf(db).device.id).toMatch(/^[0-9a-f-]{36}$/u);
  db.close();
  // Nothing is erased: what could not be read is there for whoever can read more.
  const [aside = ''] = readdirSync(join(desk.folder, 'damaged'));
  expect(readFileSync(join(desk.folder, 'damaged', aside, 'office.db')).equals(was)).toBe(true);
  expect(readdirSync(join(desk.folder, 'damaged', aside))).toContain('saved.sealed');
  expect(needsRepair(desk.folder)).toBe(false);
});

test('any page may be the damaged one: what lies elsewhere is saved, and what is lost is no more than lay on it', () => {
  const desk = aDesk();
  const pages = statSync(desk.path).size / pageBytes;
  const bytes = readFileSync(desk.path);
  const salt = saltOf(desk.path);
  const { lengthOf, rowsOn } = layoutOf(desk.path);
  const step = Math.max(1, Math.floor(pages / 20));
  for (let page = 1; page <= pages; page += step) {
    writeFileSync(desk.path, bytes);
    spoil(desk.path, page, 1000, 16);
    const saved = saveOwn(desk.folder, key, { salt, at: minutesLater(1) });
    const pieces = saved.drafts.flatMap((draft) => draft.pieces).length;
    expect(saved.unreadable).toBe(1);
    expect(saved.commands.length).toBeGreaterThanOrEqual(lengthOf('outbox') - rowsOn('outbox', page));
    expect(pieces).toBeGreaterThanOrEqual(lengthOf('draft_text') - rowsOn('draft_text', page));
    for (const { body, id } of saved.commands) expect((JSON.parse(body) as { id: string }).id).toBe(id);
  }
});

test('a third of all pages may be gone, and the salt with them', () => {
  const desk = aDesk();
  const pages = statSync(desk.path).size / pageBytes;
  for (let page = 1; page <= pages; page += 3) spoil(desk.path, page);
  const repaired = mend(desk);
  const db = open(desk.path);
  checkDatabase(db, 'full');
  expect(repaired.unreadable).toBe(Math.ceil(pages / 3));
  expect(keptIn(db).commands.length).toBe(repaired.commands);
  expect(repaired.commands).toBeGreaterThan(0);
  db.close();
});

test.each(['the file is cut in half', 'the file is empty', 'the file is gone'])(
  '%s: the desk opens again',
  (what) => {
    const desk = aDesk();
    const bytes = readFileSync(desk.path);
    if (what === 'the file is gone') rmSync(desk.path);
    else writeFileSync(desk.path, what === 'the file is empty' ? '' : bytes.subarray(0, bytes.length / 2));
    const repaired = mend(desk);
    const db = open(desk.path);
    checkDatabase(db, 'full');
    expect(repairedOf(db)).toEqual(repaired);
    // The key that speaks for the desk lies beside, too.
    expect(deviceOf(db).device.key.type).toBe('private');
    db.close();
  },
);

test('what was committed beside the file counts, also where the file under it is damaged', () => {
  const desk = aDesk();
  const db = open(desk.path);
  db.pragma('wal_autocheckpoint = 0');
  const id = idNumber(6_000_000);
  giveCommand(db, 50, id);
  const copies = ['office.db', 'office.db-wal'].map(
    (name) => [name, readFileSync(join(desk.folder, name))] as const,
  );
  db.close();
  for (const [name, bytes] of copies) writeFileSync(join(desk.folder, name), bytes);
  spoil(desk.path, 1);
  expect(mend(desk).commands).toBe(41);
  const mended = open(desk.path);
  expect(keptIn(mended).commands).toContain(id);
  mended.close();
});

test('stopped at any step of mending, it goes on with the next start, and nothing is lost by it', () => {
  const like = aDesk(5);
  markDamaged(like.folder);
  spoil(like.path, 1);
  for (let at = 1; ; at += 1) {
    const folder = ownFolder();
    cpSync(like.folder, folder, { recursive: true });
    const desk = { ...like, folder, path: join(folder, 'office.db') };
    const files = failingFiles({ at, kind: 'machine-stops' });
    const isStopped = stops(() =>
      repairDesk({ folder: desk.folder, dataKey: key, now: minutesLater(9), files }),
    );
    if (needsRepair(desk.folder)) mend(desk);
    const db = open(desk.path);
    expect([at, keptIn(db), repairedOf(db)?.commands]).toEqual([at, whole(desk), 40]);
    db.close();
    expect(existsSync(join(desk.folder, 'saved.sealed'))).toBe(false);
    if (!isStopped) break;
  }
}, 60_000);

function stops(work: () => unknown): boolean {
  try {
    work();
    return false;
  } catch (error) {
    if (error instanceof MachineStopped) return true;
    throw error;
  }
}
