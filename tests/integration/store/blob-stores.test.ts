import { createHash, randomBytes } from 'node:crypto';
import { appendFileSync, existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readS3Address } from '#server/blobs/s3-address.ts';
import type { S3Patience } from '#server/blobs/s3-door.ts';
import { openS3Store } from '#server/blobs/s3-store.ts';
import { HashSchema, type Hash } from '#shared/kernel/public.ts';
import { folderStore, openBlobs, type BlobStore } from '#shared/node/blobs/public.ts';
import { startS3, type S3Fault, type S3StandIn } from '../../support/s3.ts';
import { ownFolder, refusalOf } from '../../support/store.ts';

const mebibyte = 1024 * 1024;
const dataKey = new Uint8Array(randomBytes(32));
const patience: S3Patience = { answerMs: 300, leastBytesPerSecond: 20 * mebibyte, tries: 4, firstWaitMs: 5 };

let s3: S3StandIn;
let prefixes = 0;
beforeAll(async () => {
  s3 = await startS3();
});
afterAll(async () => {
  await s3.close();
});

type Opened = Readonly<{
  store: BlobStore;
  /** The sealed bytes as they lie there, and other ones in their place. */
  sealed: (hash: Hash) => Buffer | null;
  spoil: (hash: Hash, bytes: Buffer) => void;
}>;

function onS3(folder = ownFolder(), key = dataKey): Opened & Readonly<{ prefix: string; folder: string }> {
  const prefix = `kho/${(prefixes += 1)}`;
  const address = readS3Address(s3.address(prefix), s3.keys);
  const nameOf = (hash: Hash) => `${prefix}/${hash.slice(0, 2)}/${hash}`;
  return {
    prefix,
    folder,
    store: openS3Store({ address, folder, dataKey: key, patience }),
    sealed: (hash) => s3.objects.get(nameOf(hash)) ?? null,
    spoil: (hash, bytes) => void s3.objects.set(nameOf(hash), bytes),
  };
}

function inFolder(): Opened {
  const blobs = openBlobs({ folder: ownFolder(), dataKey });
  return {
    store: folderStore(blobs),
    sealed: (hash) => (existsSync(blobs.pathOf(hash)) ? readFileSync(blobs.pathOf(hash)) : null),
    spoil: (hash, bytes) => {
      writeFileSync(blobs.pathOf(hash), bytes);
    },
  };
}

const hashOf = (bytes: Uint8Array) => HashSchema.parse(createHash('sha256').update(bytes).digest('hex'));
const scan = (size: number) => new Uint8Array(randomBytes(size));

async function* stream(bytes: Uint8Array) {
  for (let at = 0; at < bytes.length; at += 70_001) yield bytes.subarray(at, at + 70_001);
}

async function everyName(store: BlobStore): Promise<readonly Hash[]> {
  const names: Hash[] = [];
  for await (const hash of store.all()) names.push(hash);
  return names.toSorted();
}

const stores = [
  ['a folder', inFolder],
  ['an S3 store', onS3],
] as const;

describe.for(stores)('files in %s', ([, open]) => {
  it.for([1, mebibyte, 2 * mebibyte + 17])('of %i bytes come back byte for byte', async (size) => {
    const { store } = open();
    const bytes = scan(size);
    const hash = hashOf(bytes);
    const kept = await store.putStream(stream(bytes), { limitBytes: size, only: hash });
    expect([kept, await store.size(hash), await store.verify(hash), await everyName(store)]).toEqual([
      { hash, size },
      size,
      true,
      [hash],
    ]);
    const [whole, cut] = [await store.read(hash, 0, size + 9), await store.read(hash, size - 1, 50)];
    expect([Buffer.compare(whole, bytes), [...cut]]).toEqual([0, [...bytes.subarray(-1)]]);
  });

  it('are nowhere before all of them fits its name', async () => {
    const { store } = open();
    const bytes = scan(5000);
    const other = hashOf(scan(8));
    expect(await refusalOf(() => store.putStream(stream(bytes), { limitBytes: 5000, only: other }))).toBe(
      'store.blob-damaged',
    );
    expect(await refusalOf(() => store.putStream(stream(bytes), { limitBytes: 4999 }))).toBe(
      'store.blob-too-large',
    );
    async function* broken() {
      yield bytes;
      await Promise.reject(new Error('The desk went away'));
    }
    await expect(store.putStream(broken(), { limitBytes: 9000 })).rejects.toThrow('went away');
    expect([await everyName(store), await store.size(hashOf(bytes))]).toEqual([[], null]);
  });

  it('say nothing to whoever has no key, and one changed byte is never given out', async () => {
    const { store, sealed, spoil } = open();
    const bytes = new TextEncoder().encode('ỦY BAN NHÂN DÂN '.repeat(9000));
    const { hash } = await store.putStream(stream(bytes), { limitBytes: bytes.length });
    const lying = sealed(hash) ?? Buffer.alloc(0);
    expect(lying.includes('ỦY BAN')).toBe(false);
    const changed = Buffer.from(lying);
    changed[700] = (changed[700] ?? 0) ^ 1;
    spoil(hash, changed);
    expect([await store.verify(hash), await refusalOf(() => store.read(hash, 0, 10))]).toEqual([
      false,
      'store.blob-damaged',
    ]);
    // Healed by whoever still has it.
    await store.putStream(stream(bytes), { limitBytes: bytes.length });
    expect(await store.verify(hash)).toBe(true);
  });

  it('go when they are taken away, and again', async () => {
    const { store } = open();
    const { hash } = await store.putStream(stream(scan(100)), { limitBytes: 100 });
    await store.remove(hash);
    await store.remove(hash);
    expect([await store.size(hash), await store.verify(hash), await everyName(store)]).toEqual([
      null,
      false,
      [],
    ]);
    expect(await refusalOf(() => store.read(hash, 0, 1))).toBe('store.blob-missing');
  });

  it('are copied elsewhere as they lie, and taken from there only whole', async () => {
    const [{ store }, next] = [open(), open()];
    const bytes = scan(mebibyte + 5);
    const { hash } = await store.putStream(stream(bytes), { limitBytes: bytes.length });
    const copy = join(ownFolder(), 'bản sao');
    await store.copyTo(hash, copy);
    await next.store.takeSealed(hash, copy);
    expect(await next.store.verify(hash)).toBe(true);
    appendFileSync(copy, 'x');
    const third = open();
    expect(await refusalOf(() => third.store.takeSealed(hash, copy))).toBe('store.blob-damaged');
    expect(await everyName(third.store)).toEqual([]);
  });

  it('are listed all, however many', async () => {
    const { store } = open();
    const kept: Hash[] = [];
    for (let n = 0; n < 8; n += 1) {
      kept.push((await store.putStream(stream(scan(10)), { limitBytes: 10 })).hash);
    }
    expect(await everyName(store)).toEqual(kept.toSorted());
  });
});

describe('an S3 store that fails', () => {
  const passing: readonly (readonly [string, S3Fault])[] = [
    ['PUT', 'overloaded'],
    ['PUT', 'broken'],
    ['PUT', 'silent'],
    ['PUT', 'cut-before-answer'],
    ['PUT', 'kept-then-cut'],
    ['PUT', 'wrong-etag'],
    ['PUT', 'spoilt-and-wrong-etag'],
    ['PUT', 'slow'],
    ['HEAD', 'silent'],
    ['HEAD', 'broken'],
    ['GET', 'cut-in-the-answer'],
    ['GET', 'overloaded'],
    ['DELETE', 'broken'],
  ];

  it.for(passing)('is asked again after %s %s, and nothing is lost', async ([method, fault]) => {
    const { store } = onS3();
    const bytes = scan(90_000);
    s3.fail(method, fault, fault);
    const { hash } = await store.putStream(stream(bytes), { limitBytes: bytes.length });
    expect(Buffer.compare(await store.read(hash, 0, bytes.length), bytes)).toBe(0);
    await store.remove(hash);
    expect(await store.size(hash)).toBeNull();
  });

  it('for good is named, and the file is still nowhere', async () => {
    const { store, folder } = onS3();
    const bytes = scan(900);
    s3.fail('PUT', 'broken', 'silent', 'overloaded', 'cut-before-answer');
    expect(await refusalOf(() => store.putStream(stream(bytes), { limitBytes: 900 }))).toBe(
      'server.blobs-away',
    );
    s3.fail('PUT', 'spoilt-and-wrong-etag', 'spoilt-and-wrong-etag', 'spoilt-and-wrong-etag');
    expect(await refusalOf(() => store.putStream(stream(bytes), { limitBytes: 900 }))).toBe(
      'server.blobs-spoilt',
    );
    expect([await store.size(hashOf(bytes)), readdirSync(folder)]).toEqual([null, []]);
  });

  it('with a listing that lags takes nothing away that it has, and gives what it lists no longer', async () => {
    const { store } = onS3();
    const { hash: old } = await store.putStream(stream(scan(10)), { limitBytes: 10 });
    s3.freezeListing();
    try {
      await store.remove(old);
      const { hash } = await store.putStream(stream(scan(10)), { limitBytes: 10 });
      expect([await everyName(store), await store.size(old), await store.size(hash)]).toEqual([
        [old],
        null,
        10,
      ]);
    } finally {
      s3.thawListing();
    }
  });

  it('that knows no such key or bucket says which, at once', async () => {
    const wrongKey = { ...s3.keys, AWS_SECRET_ACCESS_KEY: 'khác' };
    const asks = [
      readS3Address(s3.address('a'), wrongKey),
      readS3Address(s3.address('a').replace(s3.bucket, 'kho-khac'), s3.keys),
      readS3Address(s3.address('a').replace('hanoi-1', 'hue-1'), s3.keys),
    ];
    const before = s3.asked.length;
    const codes = [];
    for (const address of asks) {
      const store = openS3Store({ address, folder: ownFolder(), dataKey, patience });
      const names = everyName(store);
      codes.push(await names.catch((error: { params?: unknown }) => error.params));
    }
    expect(codes).toEqual([
      { code: 'SignatureDoesNotMatch' },
      { code: 'NoSuchBucket' },
      { code: 'AuthorizationHeaderMalformed' },
    ]);
    expect(s3.asked.length - before).toBe(3);
  });
});

describe('the address of an S3 store', () => {
  const keys = { AWS_ACCESS_KEY_ID: 'AKIA', AWS_SECRET_ACCESS_KEY: 's' };

  it('is read whole, and its name tells no key', () => {
    const own = readS3Address('s3://van-thu/so/2026?endpoint=https://kho.example.vn:9000&region=hn', keys);
    expect([own.name, own.base.href, own.region]).toEqual([
      's3://van-thu/so/2026',
      'https://kho.example.vn:9000/van-thu/so/2026/',
      'hn',
    ]);
    expect(readS3Address('s3://van-thu?region=ap-southeast-1', keys).base.href).toBe(
      'https://van-thu.s3.ap-southeast-1.amazonaws.com/',
    );
  });

  it.for([
    ['s3://khóa:mật@van-thu/x', 'server.blobs-address'],
    ['s3://van-thu/x?secret=1', 'server.blobs-address'],
    ['s3://van-thu/../x y', 'server.blobs-address'],
    ['s3://van-thu?endpoint=http://kho.example.vn', 'server.blobs-address'],
    ['s3://van-thu?endpoint=https://a:b@kho.example.vn', 'server.blobs-address'],
    ['https://van-thu', 'server.blobs-address'],
    ['van-thu', 'server.blobs-address'],
  ] as const)('%s is refused', async ([text, code]) => {
    expect(await refusalOf(() => readS3Address(text, keys))).toBe(code);
  });

  it('needs keys from the environment', async () => {
    expect(await refusalOf(() => readS3Address('s3://van-thu', {}))).toBe('server.blobs-keys');
  });
});
