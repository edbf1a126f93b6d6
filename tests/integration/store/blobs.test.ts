import { createHash, randomBytes } from 'node:crypto';
import { readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { HashSchema } from '#shared/kernel/public.ts';
import { openBlobs, type Blobs } from '#shared/node/blobs/public.ts';
import { memoryDisk } from '../../simulation/memory-disk.ts';
import { failingFiles, MachineStopped, ownFolder, refusalOf } from '../../support/store.ts';

const chunk = 1024 * 1024;
const dataKey = new Uint8Array(randomBytes(32));
const scan = (size: number) => new Uint8Array(randomBytes(size));
const nameOf = (bytes: Uint8Array) => HashSchema.parse(createHash('sha256').update(bytes).digest('hex'));

async function stored(size: number) {
  const folder = ownFolder();
  const blobs = openBlobs({ folder, dataKey });
  const bytes = scan(size);
  const { hash } = await blobs.put(bytes);
  return { folder, blobs, bytes, hash, path: blobs.pathOf(hash) };
}

async function whatIsLeft(blobs: Blobs, hash: ReturnType<typeof nameOf>) {
  return [await blobs.verify(hash), await refusalOf(() => blobs.read(hash, 0, 10))];
}

test.each([0, 1, chunk - 1, chunk, chunk + 1, 3 * chunk + 7])(
  'a file of %i bytes comes back byte for byte',
  async (size) => {
    const { blobs, bytes, hash } = await stored(size);
    const back = await blobs.read(hash, 0, size + 100);
    expect([hash, blobs.size(hash), blobs.all(), await blobs.verify(hash)]).toEqual([
      nameOf(bytes),
      size,
      [hash],
      true,
    ]);
    expect(Buffer.compare(back, bytes)).toBe(0);
  },
);

test('any range of a file is the same as a cut of the whole', async () => {
  const { blobs, bytes, hash } = await stored(2 * chunk + 4321);
  const place = fc.integer({ min: 0, max: bytes.length + 10 });
  await fc.assert(
    fc.asyncProperty(place, place, async (offset, length) => {
      const range = await blobs.read(hash, offset, length);
      return Buffer.compare(range, bytes.subarray(offset, offset + length)) === 0;
    }),
    { numRuns: 40 },
  );
});

test('a stream in odd pieces is the same file as its bytes at once, kept once', async () => {
  const { blobs, bytes, hash, path } = await stored(chunk + 99_999);
  async function* pieces() {
    for (let at = 0; at < bytes.length; at += 77_777) yield bytes.subarray(at, at + 77_777);
  }
  const { ino } = statSync(path);
  expect(await blobs.putStream(pieces(), { limitBytes: bytes.length })).toEqual({ hash, size: bytes.length });
  expect(await blobs.put(bytes)).toEqual({ hash, size: bytes.length });
  expect(statSync(path).ino).toBe(ino);
});

test('a file over the limit is refused and leaves nothing', async () => {
  const folder = ownFolder();
  const blobs = openBlobs({ folder, dataKey });
  async function* endless() {
    for (;;) yield scan(500_000);
  }
  expect(await refusalOf(() => blobs.putStream(endless(), { limitBytes: 3 * chunk }))).toBe(
    'store.blob-too-large',
  );
  expect([blobs.all(), readdirSync(join(folder, 'coming'))]).toEqual([[], []]);
});

test('nothing of the text is readable on the disk, and another agency’s key opens nothing', async () => {
  const folder = ownFolder();
  const words = new TextEncoder().encode('ỦY BAN NHÂN DÂN XÃ '.repeat(10_000));
  const blobs = openBlobs({ folder, dataKey });
  const { hash } = await blobs.put(words);
  expect(readFileSync(blobs.pathOf(hash)).includes('ỦY BAN')).toBe(false);
  const stranger = openBlobs({ folder, dataKey: new Uint8Array(32) });
  expect(await whatIsLeft(stranger, hash)).toEqual([false, 'store.blob-damaged']);
});

test('one changed byte anywhere is found, and never given out', async () => {
  const { blobs, hash, path } = await stored(2 * chunk + 5);
  const whole = readFileSync(path);
  const places = [
    0,
    9,
    23,
    24,
    40,
    5000,
    chunk + 50,
    chunk + 60,
    whole.length - 61,
    whole.length - 30,
    whole.length - 1,
  ];
  for (const place of places) {
    const changed = Buffer.from(whole);
    changed.writeUInt8(changed.readUInt8(place) ^ 1, place);
    writeFileSync(path, changed);
    expect([place, await blobs.verify(hash)]).toEqual([place, false]);
    expect(await refusalOf(() => blobs.read(hash, 0, 3 * chunk))).toBe('store.blob-damaged');
  }
});

test('a file cut short, lengthened, reordered or given another’s name is damaged', async () => {
  const { blobs, hash, path } = await stored(3 * chunk);
  const whole = readFileSync(path);
  const sealed = chunk + 28;
  const part = (index: number) => whole.subarray(24 + index * sealed, 24 + (index + 1) * sealed);
  const [head, end] = [whole.subarray(0, 24), whole.subarray(-60)];
  const other = await blobs.put(scan(3 * chunk));
  const spoiled = [
    new Uint8Array(),
    whole.subarray(0, 50),
    whole.subarray(0, -1),
    whole.subarray(0, -60),
    Buffer.concat([head, part(0), part(1), end]),
    Buffer.concat([head, part(1), part(0), part(2), end]),
    Buffer.concat([head, part(0), part(1), part(2), part(2), end]),
    Buffer.concat([whole, Buffer.from([0])]),
    readFileSync(blobs.pathOf(other.hash)),
  ];
  for (const bytes of spoiled) {
    writeFileSync(path, bytes);
    expect(await whatIsLeft(blobs, hash)).toEqual([false, 'store.blob-damaged']);
  }
});

test('a damaged file is healed when its bytes come again', async () => {
  const { blobs, bytes, hash, path } = await stored(5000);
  writeFileSync(path, readFileSync(path).fill(7, 100, 200));
  await blobs.put(bytes);
  expect(await blobs.verify(hash)).toBe(true);
});

test('a file that is not there is named so', async () => {
  const { blobs } = await stored(1);
  const unknown = nameOf(scan(8));
  expect([
    blobs.has(unknown),
    await blobs.verify(unknown),
    await refusalOf(() => blobs.read(unknown, 0, 1)),
  ]).toEqual([false, false, 'store.blob-missing']);
  expect(await refusalOf(() => blobs.size(unknown))).toBe('store.blob-missing');
});

test.each(['disk-full', 'machine-stops'] as const)(
  '%s at any step of keeping a file leaves the store whole',
  async (kind) => {
    const { folder, blobs, hash } = await stored(1000);
    const outcomes = [];
    for (let at = 1; ; at += 1) {
      const files = failingFiles({ at, kind });
      const bytes = scan(chunk + 10);
      const outcome = await keep(() => openBlobs({ folder, dataKey, files }).put(bytes));
      outcomes.push(outcome);
      if (kind === 'disk-full') expect(readdirSync(join(folder, 'coming'))).toEqual([]);
      const reopened = openBlobs({ folder, dataKey });
      expect(readdirSync(join(folder, 'coming'))).toEqual([]);
      for (const kept of reopened.all()) expect(await reopened.verify(kept)).toBe(true);
      expect(reopened.has(hash)).toBe(true);
      if (outcome === 'kept') expect(reopened.has(nameOf(bytes))).toBe(true);
      if (files.count() < at) break;
    }
    // Eleven steps; two fewer where a shelf of that name happens to be there already.
    expect(outcomes.length).toBeGreaterThanOrEqual(9);
    expect(new Set(outcomes)).toEqual(
      new Set(['kept', kind === 'disk-full' ? 'store.disk-full' : 'stopped']),
    );
    expect(await blobs.verify(hash)).toBe(true);
  },
);

async function keep(work: () => Promise<unknown>): Promise<string | null> {
  try {
    return (await refusalOf(work)) ?? 'kept';
  } catch (error) {
    if (error instanceof MachineStopped) return 'stopped';
    throw error;
  }
}

test('wherever the program ends while it keeps a file, what is seen of it afterwards outlasts a loss of power', async () => {
  const bytes = scan(2000);
  let keptAt = 0;
  for (let end = 1; keptAt === 0; end += 1) {
    let changes = Number.NEGATIVE_INFINITY;
    const disk = memoryDisk({
      change: () => {
        changes += 1;
        if (changes >= end) throw new MachineStopped();
      },
    });
    const open = () => openBlobs({ folder: '/blobs', dataKey, files: disk.files });
    const before = open();
    changes = 0;
    await before.put(bytes).then(
      () => (keptAt = end),
      () => undefined,
    );
    changes = Number.NEGATIVE_INFINITY;
    disk.restarted(true);
    const isSeen = open().has(nameOf(bytes));
    disk.restarted(false);
    const after = open();
    expect([end, after.has(nameOf(bytes)), await after.verify(nameOf(bytes))]).toEqual([end, isSeen, isSeen]);
  }
  expect(keptAt).toBeGreaterThan(5);
});
