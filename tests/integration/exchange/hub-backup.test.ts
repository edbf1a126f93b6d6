import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { openHubDoor } from '#server/features/exchange/hub-door.ts';
import {
  backUpHub,
  hubVersionsIn,
  migrateHub,
  openHubFolder,
  readS3Address,
  restoreHub,
  startHub,
} from '#server/main.ts';
import type { Parcel } from '#shared/exchange/public.ts';
import { instantFrom, type AgencyId, type Hash } from '#shared/kernel/public.ts';
import { ids } from '../../support/builders.ts';
import { consignmentId } from '../../support/exchange.ts';
import { ownPostgres, type OwnPostgres } from '../../support/postgres.ts';
import { startS3 } from '../../support/s3.ts';
import { flipBitOf } from '../../support/store.ts';
import { until } from '../../support/agency-server.ts';
import { openEncrypted } from '#shared/node/sqlite/public.ts';

const home = mkdtempSync(join(tmpdir(), 'Ấn Tín trục sao lưu '));
let postgres: OwnPostgres;
beforeAll(async () => {
  postgres = await ownPostgres();
});
afterAll(async () => {
  await postgres.remove();
  rmSync(home, { recursive: true, force: true });
});

const day = (n: number) => instantFrom(Date.parse('2026-11-01T00:00:00.000Z') + n * 86_400_000);
const codeOf = (error: unknown) => (error as { code: string }).code;

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array, void> {
  await Promise.resolve();
  yield bytes;
}

function parcel(from: AgencyId, to: AgencyId, part: Hash): Parcel {
  const parts = [{ hash: part, size: 4 }];
  return { version: 1, id: consignmentId(), from, to, cover: 'AAAA', parts };
}

describe.each([
  ['file', () => null],
  ['database', () => postgres.url],
])('a hub whose state is in a %s', (engine, urlOf) => {
  const data = join(home, `trục ${engine}`);
  const to = join(home, `bản sao ${engine}`);

  test('what is copied is what was there, and comes back as a folder of its own, parts too', async () => {
    const folder = await openHubFolder(data, { alone: true, databaseUrl: urlOf() });
    const [from, recipient] = [ids.agency(), ids.agency()];
    const part = async () => {
      const { hash } = await folder.parts.putStream(once(randomBytes(4)), { limitBytes: 10 });
      return hash;
    };
    const [first, second] = [parcel(from, recipient, await part()), parcel(from, recipient, await part())];
    await folder.store.hand(first, { again: false, now: day(0) });
    await folder.store.hand(second, { again: false, now: day(0) });
    const order = { folder, to, keep: 1 };
    const made = await backUpHub({ ...order, now: day(1) });
    expect(made).toMatchObject({ parts: 2, damaged: [], missing: 0 });
    await expect(backUpHub({ ...order, to: join(data, 'trong'), now: day(1) }).catch(codeOf)).resolves.toBe(
      'store.backup-inside-data',
    );
    // What came after the copy is not in it: the member that has seen it there notices.
    const third = parcel(from, recipient, await part());
    await folder.store.hand(third, { again: false, now: day(2) });
    const key = readFileSync(join(data, 'server.key'));
    const back = join(home, `trục trở lại ${engine}`);
    await restoreHub({ from: made.path, data: back, key, elsewhere: null });
    await expect(
      restoreHub({ from: made.path, data: back, key, elsewhere: null }).catch(codeOf),
    ).resolves.toBe('server.there-already');
    const restored = await openHubFolder(back, { alone: true });
    expect(restored.fingerprint).toBe(folder.fingerprint);
    const asked = { after: 0, known: null, now: day(3) };
    const lying = (await restored.store.after(recipient, asked))?.map((one) => one.parcel);
    expect(lying).toEqual([first, second]);
    for (const { parts } of [first, second]) {
      expect(await restored.parts.verify(parts[0]?.hash as Hash)).toBe(true);
    }
    const seen = { after: 3, known: `${third.id} ${day(2)}`, now: day(3) };
    expect(await restored.store.after(recipient, seen)).toBeNull();
    expect(await folder.store.after(recipient, seen)).toEqual([]);
    await restored.close();

    // The hub forgets what was collected, and so does the second place once no version speaks of it.
    const gone = await folder.store.tidy(day(4));
    expect(gone).toHaveLength(2);
    for (const hash of gone) await folder.parts.remove(hash);
    const newer = await backUpHub({ ...order, now: day(5) });
    expect(hubVersionsIn(to)).toEqual([newer.path]);
    const copies = (one: Parcel) => {
      const hash = one.parts[0]?.hash ?? '';
      return existsSync(join(to, 'parts', hash.slice(0, 2), hash));
    };
    expect([first, second, third].map(copies)).toEqual([false, false, true]);
    await folder.close();
  });

  test('a copy that was spoilt, or another key, is refused and nothing is made', async () => {
    const [from] = hubVersionsIn(to);
    if (from === undefined) throw new Error('No version');
    const key = readFileSync(join(data, 'server.key'));
    const nowhere = join(home, `không ${engine}`);
    const order = { from, data: nowhere, elsewhere: null };
    await expect(restoreHub({ ...order, key: randomBytes(32) }).catch(codeOf)).resolves.toBe(
      'server.backup-damaged',
    );
    const path = join(from, 'hub.db');
    const bytes = readFileSync(path);
    bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 1;
    writeFileSync(path, bytes);
    await expect(restoreHub({ ...order, key }).catch(codeOf)).resolves.toBe('server.backup-damaged');
    expect(existsSync(nowhere)).toBe(false);
  });
});

test('a hub goes over to a database with all it has, and runs from its file no more', async () => {
  const data = join(home, 'trục chuyển');
  const before = await openHubFolder(data, { alone: true });
  const [from, to] = [ids.agency(), ids.agency()];
  const { hash } = await before.parts.putStream(once(randomBytes(4)), { limitBytes: 10 });
  for (let n = 0; n < 60; n += 1) {
    await before.store.hand(parcel(from, to, hash), { again: false, now: day(n) });
  }
  const asked = { after: 0, known: null, now: day(61) };
  const lying = await before.store.after(to, asked);
  await before.close();
  const over = { alone: true, databaseUrl: postgres.url };
  await expect(openHubFolder(data, over).catch(codeOf)).resolves.toBe('hub.not-migrated');
  await migrateHub(data, { databaseUrl: postgres.url, elsewhere: null });
  await expect(openHubFolder(data, { alone: true }).catch(codeOf)).resolves.toBe('hub.in-database');
  const after = await openHubFolder(data, over);
  expect(await after.store.after(to, asked)).toEqual(lying);
  expect((await after.store.counts()).parcels).toBe(60);
  expect(await after.store.mayFetch(to, hash)).toBe(true);
  await after.close();
  // An older file does not go over what was written since.
  writeFileSync(join(data, 'hub.json'), JSON.stringify({ version: 1 }));
  await expect(migrateHub(data, { databaseUrl: postgres.url, elsewhere: null }).catch(codeOf)).resolves.toBe(
    'hub.database-used',
  );
});

test('after a bad end a hub looks through its file as it goes on, and says of damage', async () => {
  const data = join(home, 'trục hỏng');
  const before = await openHubFolder(data, { alone: true });
  const [from, to] = [ids.agency(), ids.agency()];
  const { hash } = await before.parts.putStream(once(randomBytes(4)), { limitBytes: 10 });
  for (let n = 0; n < 40; n += 1) {
    await before.store.hand(parcel(from, to, hash), { again: false, now: day(0) });
  }
  await before.close();
  const isReady = async () => {
    // Nobody let go of it.
    writeFileSync(join(data, 'in-use.lock'), '');
    const folder = await openHubFolder(data, { alone: true });
    const said: string[] = [];
    const places = { host: '127.0.0.1', port: 0, graceDays: 30, backups: null };
    const hub = await startHub({ folder, ...places, say: ({ what }) => void said.push(String(what)) });
    const door = openHubDoor({ url: hub.url, authority: folder.identity.authority });
    await until('it was looked through', () => said.includes('database checked'));
    const ready = z.object({ ok: z.boolean() });
    const { ok } = await door
      .get('/ready', '')
      .then((bytes) => ready.parse(JSON.parse(Buffer.from(bytes).toString())))
      .catch(() => ({ ok: false }));
    await hub.close();
    return ok;
  };
  expect(await isReady()).toBe(true);
  const path = join(data, 'hub.db');
  const db = openEncrypted({ path, key: readFileSync(join(data, 'server.key')) });
  db.pragma('wal_checkpoint(TRUNCATE)');
  flipBitOf({ db, path }, 'parcel');
  db.close();
  expect(await isReady()).toBe(false);
});

test('a hub that was overtaken answers so at its doors, and has nothing left to do', async () => {
  const data = join(home, 'trục bị tiếp quản');
  const databaseUrl = postgres.url;
  const first = await openHubFolder(data, { alone: true, databaseUrl });
  const places = { host: '127.0.0.1', port: 0, graceDays: 30, backups: null, say: () => undefined };
  const running = await startHub({ folder: first, ...places });
  const door = openHubDoor({ url: running.url, authority: first.identity.authority });
  const gives = z.object({ challenge: z.string() });
  const later = join(home, 'trục tiếp quản');
  cpSync(data, later, { recursive: true, filter: (name) => !name.endsWith('.lock') });
  const second = await openHubFolder(later, { alone: true, databaseUrl });
  await expect(door.get('/ready', '')).rejects.toMatchObject({ code: 'server.overtaken' });
  await running.overtaken;
  expect((await door.post('/x1/challenge', {}, { gives })).challenge).not.toBe('');
  await running.close();
  expect((await second.store.counts()).parcels).toBe(0);
  await second.close();
});

test('parts lie in a store elsewhere, move there, are copied from there and brought back there', async () => {
  const s3 = await startS3();
  const elsewhere = readS3Address(s3.address('truc'), s3.keys);
  const data = join(home, 'trục kho');
  const to = join(home, 'bản sao kho');
  const before = await openHubFolder(data, { alone: true });
  const [from, recipient] = [ids.agency(), ids.agency()];
  const put = async (folder: typeof before) =>
    (await folder.parts.putStream(once(randomBytes(4)), { limitBytes: 10 })).hash;
  const first = await put(before);
  await before.store.hand(parcel(from, recipient, first), { again: false, now: day(0) });
  await before.close();
  await expect(openHubFolder(data, { alone: true, elsewhere }).catch(codeOf)).resolves.toBe(
    'server.files-here',
  );
  expect(await migrateHub(data, { databaseUrl: null, elsewhere })).toEqual({ files: 1, damaged: 0 });
  await expect(openHubFolder(data, { alone: true }).catch(codeOf)).resolves.toBe('server.files-elsewhere');
  const folder = await openHubFolder(data, { alone: true, elsewhere });
  const second = await put(folder);
  await folder.store.hand(parcel(from, recipient, second), { again: false, now: day(0) });
  expect(s3.objects.size).toBe(2);
  const made = await backUpHub({ folder, to, keep: 1, now: day(1) });
  expect(made).toMatchObject({ parts: 2, missing: 0 });
  await folder.close();
  s3.objects.clear();
  const key = readFileSync(join(data, 'server.key'));
  const back = join(home, 'trục kho trở lại');
  await restoreHub({ from: made.path, data: back, key, elsewhere });
  const restored = await openHubFolder(back, { alone: true, elsewhere });
  for (const hash of [first, second]) expect(await restored.parts.verify(hash)).toBe(true);
  await restored.close();
  await s3.close();
});

const program = resolve(import.meta.dirname, '../../../cli/antin.mjs');

function antin(...args: readonly string[]) {
  return spawnSync(process.execPath, [program, ...args], { encoding: 'utf8', timeout: 30_000 });
}

test('the commands copy a stopped hub, bring it back, and move it to a database', async () => {
  const data = join(home, 'trục lệnh');
  const to = join(home, 'bản sao lệnh');
  const hub = await openHubFolder(data, { alone: true });
  const [from, recipient] = [ids.agency(), ids.agency()];
  const { hash } = await hub.parts.putStream(once(randomBytes(4)), { limitBytes: 10 });
  await hub.store.hand(parcel(from, recipient, hash), { again: false, now: day(0) });
  await hub.close();
  const made = antin('backup', '--data', data, '--to', to);
  expect(made).toMatchObject({ status: 0, stderr: '' });
  expect(made.stdout).toContain('1 phần niêm phong');
  const back = join(home, 'trục lệnh trở lại');
  const keyFile = join(data, 'server.key');
  const restored = antin('restore', '--from', to, '--data', back, '--key-file', keyFile);
  expect(restored).toMatchObject({ status: 0, stderr: '' });
  const moved = antin('serve', 'migrate', '--data', back, '--database-url', postgres.url);
  expect(moved).toMatchObject({ status: 0, stderr: '' });
  expect(moved.stdout).toContain('PostgreSQL');
  const refused = antin('backup', '--data', back, '--to', to);
  expect(refused.status).toBe(1);
  expect(refused.stderr).toContain('--database-url');
  const over = await openHubFolder(back, { alone: true, databaseUrl: postgres.url });
  expect(await over.store.mayFetch(recipient, hash)).toBe(true);
  await over.close();
}, 60_000);
