import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { backup } from '#electron/store/backup.ts';
import { checkFiles, fileFaults, lastCheck, type CheckParts } from '#electron/store/check-files.ts';
import type { Hash } from '#shared/kernel/public.ts';
import {
  numberedNotice,
  outgoingOf,
  workingOffice,
  type WorkingOffice,
} from '../../support/working-office.ts';

let working: WorkingOffice;
let copies: string;
let hashes: readonly Hash[];
let page: Hash;
let documentId: string;

beforeAll(async () => {
  working = await workingOffice();
  const id = await numberedNotice(working);
  documentId = id;
  const { open } = working.office;
  copies = join(working.folder, 'bản sao');
  const { agencyId, db } = open.desk;
  await backup({ ...open, agencyId, db, to: copies, now: open.desk.now() });
  hashes = open.blobs.all();
  page = outgoingOf(working, id).file?.hash as Hash;
}, 120_000);
afterAll(() => {
  working.remove();
});
const sealedBytes = new Map<Hash, Buffer>();
beforeEach(() => {
  const { blobs } = working.office.open;
  for (const hash of hashes) sealedBytes.set(hash, readFileSync(blobs.pathOf(hash)));
});

function check(more: Partial<CheckParts> = {}) {
  const { desk, blobs } = working.office.open;
  const { db, now } = desk;
  return checkFiles({ db, blobs, now, copies, isShared: false, isOver: () => false, ...more });
}

function flip(hash: Hash, bit: number): void {
  const path = working.office.open.blobs.pathOf(hash);
  const bytes = readFileSync(path);
  const at = bit % (bytes.length * 8);
  bytes[at >> 3] = (bytes[at >> 3] ?? 0) ^ (1 << (at & 7));
  writeFileSync(path, bytes);
}

test('sound files are left alone, and when they were read through is kept', async () => {
  expect(await check()).toEqual({ files: hashes.length, found: [], mended: [], asked: [] });
  expect(lastCheck(working.office.open.desk.db)).toMatchObject({ files: hashes.length });
});

test('whichever bit of whichever file flips, it is found, and a copy of the desk gives it back', async () => {
  const { blobs } = working.office.open;
  await fc.assert(
    fc.asyncProperty(fc.nat(hashes.length - 1), fc.nat(), async (place, bit) => {
      const hash = hashes[place] as Hash;
      flip(hash, bit);
      expect(await check()).toMatchObject({ found: [hash], mended: [hash] });
      expect(readFileSync(blobs.pathOf(hash))).toEqual(sealedBytes.get(hash));
    }),
    { numRuns: 25 },
  );
});

test('with no copy it is put aside and told with its paper, until a sound one is here again', async () => {
  const { desk, blobs } = working.office.open;
  flip(page, 4321);
  expect(await check({ copies: null })).toMatchObject({ found: [page], mended: [], asked: [] });
  expect(blobs.has(page)).toBe(false);
  expect(fileFaults(desk.db)).toEqual([{ hash: page, documents: [documentId] }]);
  // It is looked for every time; the disk with the copies is back.
  expect(await check()).toMatchObject({ found: [page], mended: [page] });
  expect(await check()).toMatchObject({ found: [] });
  expect(fileFaults(desk.db)).toEqual([]);
});

test('a file that is not there any more is found by the paper that speaks of it', async () => {
  rmSync(working.office.open.blobs.pathOf(page));
  expect(await check()).toMatchObject({ found: [page], mended: [page] });
});

test('a desk with a server asks it for the file, once', async () => {
  const { db } = working.office.open.desk;
  const wanted = () => db.prepare('SELECT hash, document FROM file_wanted').all();
  flip(page, 99);
  expect(await check({ copies: null, isShared: true })).toMatchObject({ asked: [page] });
  expect(wanted()).toEqual([{ hash: page, document: documentId }]);
  expect(await check({ copies: null, isShared: true })).toMatchObject({ found: [] });
  db.prepare('DELETE FROM file_wanted').run();
  expect(await check()).toMatchObject({ mended: [page] });
});

test('it stops between two files when the desk is shut, and is not done then', async () => {
  const before = lastCheck(working.office.open.desk.db);
  let looked = 0;
  const { files } = await check({ isOver: () => (looked += 1) > 2 });
  expect(files).toBe(2);
  expect(lastCheck(working.office.open.desk.db)).toEqual(before);
});
