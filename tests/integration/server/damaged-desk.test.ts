import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { systemClock } from '#electron/platform/clock.ts';
import { checkOwnDatabase, lastDatabaseCheck } from '#electron/store/check-database.ts';
import { openKeyring } from '#electron/store/keyring.ts';
import { openEncrypted } from '#shared/node/sqlite/public.ts';
import { someFields } from '../../support/builders.ts';
import { takeIn } from '../../support/letters-in.ts';
import {
  even,
  eventually,
  manyMachines,
  newCommand,
  passphrase,
  refusalOf,
  type Machine,
} from '../../support/machines.ts';
import { flipBitOf } from '../../support/store.ts';

const many = manyMachines(20_604, ['clerk', 'head']);
const { at, begin, stopServer, machine, joined, closeAll } = many;
const who = () => ({ agencyId: at.agencyId, personId: at.agency.staff.clerk.id, passphrase });

beforeAll(begin);
afterAll(many.end);
vi.setConfig({ testTimeout: 90_000 });

/** Flips bits in every so-manieth page of the desk's database. */
function spoil(folder: string, every: number): void {
  const path = join(folder, 'office.db');
  const bytes = readFileSync(path);
  for (let at = 0; at < bytes.length; at += 4096 * every) {
    for (let place = at + 20; place < Math.min(at + 400, bytes.length); place += 1) flip(bytes, place);
  }
  writeFileSync(path, bytes);
}

const keyOf = (folder: string) =>
  openKeyring(join(folder, 'keys.json')).unlock(who().personId, passphrase, systemClock.now());

/** On which pages a table of the desk's database lies. */
async function pagesOf(folder: string, table: string): Promise<ReadonlySet<number>> {
  const key = await keyOf(folder);
  const db = openEncrypted({ path: join(folder, 'office.db'), key });
  const pages = db.prepare('SELECT pageno FROM dbstat WHERE name = ?').pluck().all(table) as number[];
  db.close();
  return new Set(pages);
}

function flip(bytes: Buffer, place: number): void {
  bytes[place] = (bytes[place] ?? 0) ^ 0xff;
}

const folderOf = ({ home }: Machine): string => join(home, readdirSync(home)[0] ?? '');

test('a desk whose database is damaged while the server is away loses nothing that only it had', async () => {
  const clerk = await joined('văn thư', 'clerk');
  const head = await joined('lãnh đạo', 'head');
  await even(clerk);
  const sent = await takeIn(clerk, 'đã gửi');
  await even(clerk);
  await stopServer();
  const first = await takeIn(clerk, 'chưa gửi một');
  const waiting = [first, await takeIn(clerk, 'chưa gửi hai')];
  await clerk.client.documents.registerIncoming({
    commandId: newCommand(),
    body: { documentId: first, fields: someFields(), presentTo: at.agency.staff.head.id },
  });
  closeAll();
  const folder = folderOf(clerk);
  // The first page and the schema with it: SQLite itself reads nothing of this file any more.
  spoil(folder, 1_000_000);

  const again = machine('văn thư');
  // Without the server there is no directory to sign in by: it is said what was saved, and nothing is gone.
  expect(await refusalOf(again.client.session.signIn(who()))).toBe('sync.repaired-away');
  await begin();
  await eventually(
    'the clerk sits down again',
    () => again.client.session.signIn(who()).catch(() => null),
    (session) => session !== null,
  );
  await even(again);
  const { standing } = await again.client.sync.standing({});
  expect(standing?.repaired).toMatchObject({ commands: 3, files: 3 });
  for (const documentId of [sent, ...waiting]) {
    expect(await again.client.documents.page({ documentId })).toMatchObject({ kept: 'recorded' });
  }
  await again.client.sync.knowRepaired({});
  expect((await again.client.sync.standing({})).standing?.repaired).toBeNull();
  // It goes on under its own key, as if nothing had been.
  const later = await takeIn(again, 'sau đó');
  await even(again);
  expect(await again.client.documents.page({ documentId: later })).toMatchObject({ kept: 'recorded' });
  expect(readdirSync(join(folder, 'damaged'))).toHaveLength(1);
  expect(head.home).not.toBe(clerk.home);
});

test('damage that is met while somebody works shuts the desk with a sentence, and it is mended as they sign in', async () => {
  closeAll();
  const clerk = machine('văn thư');
  await clerk.client.session.signIn(who());
  await even(clerk);
  await stopServer();
  const documentId = await takeIn(clerk, 'trước khi hỏng');
  closeAll();
  const folder = folderOf(clerk);
  const bytes = readFileSync(join(folder, 'office.db'));
  // Everything but the first pages, so that it opens, and what was not sent.
  const spared = await pagesOf(folder, 'outbox');
  for (let page = 61; page <= bytes.length / 4096; page += 1) {
    if (!spared.has(page)) flip(bytes, (page - 1) * 4096 + 50);
  }
  writeFileSync(join(folder, 'office.db'), bytes);
  await begin();
  const again = machine('văn thư');
  const met = await eventually(
    'the damage is met and mended',
    async () => {
      const session = await again.client.session.current({});
      if (session.session === null) {
        return { refused: await refusalOf(again.client.session.signIn(who())), repaired: null };
      }
      const refused =
        (await refusalOf(again.client.documents.page({ documentId }))) ??
        (await refusalOf(again.client.documents.incoming({ filter: 'all' } as never)));
      const { standing } = await again.client.sync.standing({}).catch(() => ({ standing: null }));
      return { refused, repaired: standing?.repaired ?? null };
    },
    ({ repaired }) => repaired !== null,
  );
  expect(met.repaired?.unreadable).toBeGreaterThan(10);
  await even(again);
  // What was given before it lay on a page that could be read.
  expect(met.repaired?.commands).toBe(1);
  expect(await again.client.documents.page({ documentId })).toMatchObject({ kept: 'recorded' });
});

test('what the weekly look through the database finds stands in the desk’s status', async () => {
  closeAll();
  const clerk = machine('văn thư');
  await clerk.client.session.signIn(who());
  await even(clerk);
  expect(await clerk.client.session.safety({})).toMatchObject({ databaseDamagedAt: null });
  const path = join(folderOf(clerk), 'office.db');
  const dataKey = await keyOf(folderOf(clerk));
  const db = openEncrypted({ path, key: dataKey });
  db.pragma('wal_checkpoint(TRUNCATE)');
  flipBitOf({ db, path }, 'picture');
  const { now } = systemClock;
  expect(await checkOwnDatabase({ db, path, dataKey, now }, new AbortController().signal)).toBe(false);
  const found = lastDatabaseCheck(db)?.at;
  db.close();
  expect(await clerk.client.session.safety({})).toMatchObject({ databaseDamagedAt: found });
});
