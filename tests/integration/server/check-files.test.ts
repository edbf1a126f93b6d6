import { randomBytes } from 'node:crypto';
import { mkdirSync, copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { checkFiles } from '#server/data/check-files.ts';
import { folderStore, openBlobs } from '#shared/node/blobs/public.ts';
import type { Hash } from '#shared/kernel/public.ts';
import { ownFolder } from '../../support/store.ts';

async function aServersFiles() {
  const place = ownFolder();
  const ownBlobs = openBlobs({ folder: join(place, 'blobs'), dataKey: new Uint8Array(randomBytes(32)) });
  const hashes: Hash[] = [];
  for (const size of [0, 700, 1_200_000]) hashes.push((await ownBlobs.put(randomBytes(size))).hash);
  const copies = join(place, 'nơi thứ hai');
  for (const hash of hashes) {
    const to = join(copies, 'blobs', hash.slice(0, 2), hash);
    mkdirSync(dirname(to), { recursive: true });
    copyFileSync(ownBlobs.pathOf(hash), to);
  }
  const kept = { get: () => null, set: () => undefined, remove: () => undefined };
  const folder = { ownBlobs, blobs: folderStore(ownBlobs), elsewhere: null, kept };
  return { folder, ownBlobs, hashes, copies };
}

function flip(path: string, bit: number): void {
  const bytes = readFileSync(path);
  const at = bit % (bytes.length * 8);
  bytes[at >> 3] = (bytes[at >> 3] ?? 0) ^ (1 << (at & 7));
  writeFileSync(path, bytes);
}

test('whichever bit of whichever file flips at the server, its second place gives the file back', async () => {
  const { folder, ownBlobs, hashes, copies } = await aServersFiles();
  expect(await checkFiles({ folder, copies: [join(copies, 'không còn'), copies] })).toEqual({
    files: 3,
    damaged: [],
    mended: [],
  });
  await fc.assert(
    fc.asyncProperty(fc.nat(2), fc.nat(), async (place, bit) => {
      const hash = hashes[place] as Hash;
      flip(ownBlobs.pathOf(hash), bit);
      expect(await checkFiles({ folder, copies: [join(copies, 'không còn'), copies] })).toEqual({
        files: 3,
        damaged: [hash],
        mended: [hash],
      });
      expect(await ownBlobs.verify(hash)).toBe(true);
    }),
    { numRuns: 25 },
  );
});

test('where the copy is damaged as well it is put aside and said, and nobody takes it for the file', async () => {
  const { folder, ownBlobs, hashes, copies } = await aServersFiles();
  const hash = hashes[1] as Hash;
  flip(ownBlobs.pathOf(hash), 2000);
  flip(join(copies, 'blobs', hash.slice(0, 2), hash), 2000);
  expect(await checkFiles({ folder, copies: [join(copies, 'không còn'), copies] })).toEqual({
    files: 3,
    damaged: [hash],
    mended: [],
  });
  expect(ownBlobs.has(hash)).toBe(false);
  expect(await folder.blobs.size(hash)).toBeNull();
});
