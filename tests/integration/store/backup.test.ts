import { existsSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { backup, lastBackup, versionsIn, type BackupParts } from '#electron/store/backup.ts';
import { readManifest } from '#electron/store/backup-manifest.ts';
import { restore } from '#electron/store/restore.ts';
import { verifyBackup } from '#electron/store/verify-backup.ts';
import { openBlobs } from '#shared/node/blobs/public.ts';
import { sqliteLog } from '#shared/node/sequencer/public.ts';
import { openEncrypted } from '#shared/node/sqlite/public.ts';
import { agencyId, anOfficeFolder, clerk, passphrase } from '../../support/backed-up-office.ts';
import { failingFiles, MachineStopped, minutesLater, ownFolder, refusalOf } from '../../support/store.ts';

async function anOffice(entries = 40) {
  const home = ownFolder();
  const office = await anOfficeFolder(join(home, 'data'), entries);
  const to = join(home, 'ổ cứng ngoài');
  const save = (minute: number, more: Partial<BackupParts> = {}) =>
    backup({ ...office, agencyId, to, now: minutesLater(minute), ...more });
  const bringBack = (from: string, more = {}) =>
    restore({ from, dataFolder: join(home, 'máy mới'), personId: clerk.id, passphrase, ...more });
  return { ...office, home, to, save, bringBack };
}

test('an office is brought back on another machine: every act, every file, every key', async () => {
  const { save, bringBack, to, dataKey, hashes, log } = await anOffice();
  const { manifest } = await save(1);
  const restored = await bringBack(to);
  expect(readdirSync(restored.folder).toSorted()).toEqual(['blobs', 'desk.json', 'keys.json', 'office.db']);
  const db = openEncrypted({ path: join(restored.folder, 'office.db'), key: dataKey });
  const blobs = openBlobs({ folder: join(restored.folder, 'blobs'), dataKey });
  expect(sqliteLog(db).entriesAfter(0, 100)).toEqual(log.entriesAfter(0, 100));
  expect([manifest.head, blobs.all()]).toEqual([log.head(), hashes.toSorted()]);
  for (const hash of hashes) expect(await blobs.verify(hash)).toBe(true);
  db.close();
});

test('the desk knows when it was last saved, and up to which act', async () => {
  const { db, save, append } = await anOffice();
  expect(lastBackup(db)).toBe(null);
  await save(1);
  append(5);
  await save(2);
  expect(lastBackup(db)).toEqual({ at: minutesLater(2), seq: 45 });
});

test('the last versions stay, the newest is taken, and an older one can be chosen', async () => {
  const { save, append, to, bringBack, home } = await anOffice();
  for (const minute of [1, 2, 3, 4]) {
    await save(minute, { keep: 3 });
    append(1);
  }
  const versions = versionsIn(to, { agencyId });
  expect(versions.map((folder) => readManifest(folder).head.seq)).toEqual([41, 42, 43]);
  expect((await bringBack(to)).manifest.head.seq).toBe(43);
  const older = await bringBack(versions[0] ?? '', { dataFolder: join(home, 'máy khác') });
  expect(older.manifest.head.seq).toBe(41);
});

test('nothing in a backup can be read without a passphrase of the office', async () => {
  const { save, bringBack } = await anOffice();
  const { folder } = await save(1);
  const everything = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((file) => file.isFile())
    .map((file) => readFileSync(join(file.parentPath, file.name)));
  expect(everything.some((bytes) => bytes.includes('phê duyệt'))).toBe(false);
  expect(await refusalOf(() => bringBack(folder, { passphrase: 'Mực đen 2026!' }))).toBe(
    'store.backup-passphrase',
  );
});

test('a place that holds data is never overwritten, and a backup never goes into the data', async () => {
  const { save, bringBack, folder, to, home } = await anOffice();
  expect(await refusalOf(() => save(1, { to: join(folder, 'sao lưu') }))).toBe('store.backup-inside-data');
  await save(1);
  expect(await refusalOf(() => bringBack(to, { dataFolder: join(home, 'data') }))).toBe(
    'store.restore-not-empty',
  );
  expect(await refusalOf(() => bringBack(join(home, 'trống')))).toBe('store.backup-missing');
});

test('any file of a backup that was changed, lost or swapped is named and nothing is restored', async () => {
  const { save, bringBack, home, dataKey } = await anOffice();
  const { folder, manifest } = await save(1);
  const paths = ['manifest.json', 'manifest.mac', ...manifest.files.map(({ path }) => path)].filter(
    (path) => path !== 'keys.json',
  );
  for (const path of paths) {
    const whole = readFileSync(join(folder, path));
    const changed = Buffer.from(whole);
    changed.writeUInt8(changed.readUInt8(20) ^ 1, 20);
    writeFileSync(join(folder, path), changed);
    expect([path, await refusalOf(() => verifyBackup(folder, dataKey))]).toEqual([
      path,
      'store.backup-damaged',
    ]);
    writeFileSync(join(folder, path), whole);
  }
  const lost = manifest.files.at(-1)?.path ?? '';
  rmSync(join(folder, lost));
  expect(await refusalOf(() => bringBack(folder))).toBe('store.backup-damaged');
  expect(existsSync(join(home, 'máy mới'))).toBe(false);
});

test('a backup does not bring in a file from anywhere else', async () => {
  const { save, bringBack } = await anOffice();
  const { folder } = await save(1);
  const path = join(folder, 'manifest.json');
  writeFileSync(path, readFileSync(path, 'utf8').replace('"office.db"', '"../../office.db"'));
  expect(await refusalOf(() => bringBack(folder))).toBe('store.backup-damaged');
});

test('one damaged file is named and does not keep the others from being saved', async () => {
  const { save, blobs, hashes, bringBack } = await anOffice();
  const [, spoiled] = hashes;
  if (spoiled === undefined) throw new Error('The office has no file');
  writeFileSync(blobs.pathOf(spoiled), 'hỏng');
  const { folder, manifest } = await save(1);
  expect([manifest.damaged, manifest.files.length]).toEqual([[spoiled], 5]);
  expect((await bringBack(folder)).manifest.damaged).toEqual([spoiled]);
});

test('a log that was altered is not taken for a backup', async () => {
  const { save, db, to } = await anOffice();
  db.exec("UPDATE log SET entry = replace(entry, 'kế hoạch', 'ngân sách') WHERE seq = 12");
  expect(await refusalOf(() => save(1))).toBe('store.damaged');
  expect([readdirSync(to), lastBackup(db)]).toEqual([[], null]);
});

test.each(['disk-full', 'machine-stops'] as const)(
  '%s at any step of a backup leaves the earlier versions and no half one',
  async (kind) => {
    const { save, to, dataKey } = await anOffice(3);
    await save(0);
    let at = 1;
    for (; ; at += 1) {
      const files = failingFiles({ at, kind });
      const outcome = await outcomeOf(() => save(at, { files, keep: 1000 }));
      const versions = versionsIn(to, { agencyId });
      for (const folder of versions) await verifyBackup(folder, dataKey);
      if (kind === 'disk-full') expect(readdirSync(to)).toHaveLength(versions.length);
      expect(versions.length).toBeGreaterThan(0);
      if (files.count() < at) {
        expect(outcome).toBe('done');
        break;
      }
    }
    expect(at).toBeGreaterThan(20);
  },
  60_000,
);

test.each(['disk-full', 'machine-stops'] as const)(
  '%s at any step of a restore leaves an empty place or the whole office',
  async (kind) => {
    const { save, to, home, bringBack } = await anOffice(3);
    await save(0);
    for (let at = 1; ; at += 1) {
      const dataFolder = join(home, `máy ${at}`);
      const files = failingFiles({ at, kind });
      const outcome = await outcomeOf(() => bringBack(to, { dataFolder, files }));
      const restored = namesIn(join(dataFolder, agencyId));
      expect([[], ['blobs', 'desk.json', 'keys.json', 'office.db']]).toContainEqual(restored);
      if (outcome === 'store.disk-full') expect(namesIn(dataFolder)).toEqual([]);
      if (files.count() < at) {
        expect(outcome).toBe('done');
        break;
      }
    }
  },
  60_000,
);

function namesIn(folder: string): readonly string[] {
  return existsSync(folder) ? readdirSync(folder).toSorted() : [];
}

async function outcomeOf(work: () => Promise<unknown>): Promise<string> {
  try {
    return (await refusalOf(work)) ?? 'done';
  } catch (error) {
    if (error instanceof MachineStopped) return 'stopped';
    throw error;
  }
}
