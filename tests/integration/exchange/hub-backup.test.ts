import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { backUpHub, hubVersionsIn, migrateHub, openHubFolder, restoreHub } from '#server/main.ts';
import type { Parcel } from '#shared/exchange/public.ts';
import { instantFrom, type AgencyId, type Hash } from '#shared/kernel/public.ts';
import { ids } from '../../support/builders.ts';
import { consignmentId } from '../../support/exchange.ts';
import { ownPostgres, type OwnPostgres } from '../../support/postgres.ts';

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
