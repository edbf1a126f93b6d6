import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { checkOwnDatabase, lastDatabaseCheck } from '#electron/store/check-database.ts';
import { keepChecking } from '#electron/store/keep-checking.ts';
import { migrate } from '#electron/store/migrate.ts';
import { migrations } from '#electron/store/migrations/index.ts';
import { openBlobs } from '#shared/node/blobs/public.ts';
import { openEncrypted } from '#shared/node/sqlite/public.ts';
import { idNumber } from '../../support/builders.ts';
import { flipBitOf, minutesLater, ownFolder } from '../../support/store.ts';

const going = new AbortController().signal;

/** A desk's database with some papers, open and at work. */
function aDatabase() {
  const folder = ownFolder();
  const [path, dataKey] = [join(folder, 'office.db'), new Uint8Array(randomBytes(32))];
  const db = openEncrypted({ path, key: dataKey });
  migrate(db, migrations);
  const paper = db.prepare('INSERT INTO aggregate (kind, id, version, state) VALUES (?, ?, 1, ?)');
  db.transaction(() => {
    for (let n = 0; n < 500; n += 1) {
      paper.run('document', idNumber(n), JSON.stringify({ text: 'a'.repeat(900) }));
    }
  })();
  db.pragma('wal_checkpoint(TRUNCATE)');
  const now = () => minutesLater(1);
  return { folder, db, path, dataKey, now };
}

afterEach(() => {
  vi.useRealTimers();
});

test.each(['aggregate', 'timeline_by_entry'])(
  'one bit that flips in a page of %s is found while the database is open',
  async (name) => {
    const desk = aDatabase();
    expect(await checkOwnDatabase(desk, going)).toBe(true);
    expect(lastDatabaseCheck(desk.db)).toEqual({ at: minutesLater(1), sound: true });
    desk.db.pragma('wal_checkpoint(TRUNCATE)');
    flipBitOf(desk, name);
    expect(await checkOwnDatabase(desk, going)).toBe(false);
    expect(lastDatabaseCheck(desk.db)).toEqual({ at: minutesLater(1), sound: false });
    desk.db.close();
  },
);

test('a check that is stopped says nothing of the database', async () => {
  const desk = aDatabase();
  const over = new AbortController();
  const asked = checkOwnDatabase(desk, over.signal);
  over.abort();
  expect(await asked).toBeNull();
  expect(lastDatabaseCheck(desk.db)).toBeNull();
  desk.db.close();
});

test('a quarter of an hour after a desk is opened it is looked through, and whoever opened it is told of damage', async () => {
  const desk = aDatabase();
  flipBitOf(desk, 'aggregate');
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const blobs = openBlobs({ folder: join(desk.folder, 'blobs'), dataKey: desk.dataKey });
  const told = Promise.withResolvers<'damaged'>();
  const stop = keepChecking(
    {
      ...desk,
      blobs,
      isShared: true,
      copies: () => null,
      onDamaged: () => {
        told.resolve('damaged');
      },
    },
    told.reject,
  );
  await vi.advanceTimersByTimeAsync(15 * 60_000);
  expect(await told.promise).toBe('damaged');
  stop();
  desk.db.close();
});
