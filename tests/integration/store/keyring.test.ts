import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createKeyring, openKeyring } from '#electron/store/keyring.ts';
import { PersonIdSchema } from '#shared/kernel/public.ts';
import { failingFiles, MachineStopped, minutesLater, ownFolder, refusalOf } from '../../support/store.ts';

const lan = {
  id: PersonIdSchema.parse('01939d2a-0000-7000-8000-000000000001'),
  name: 'Nguyễn Thị Lan',
  post: 'Văn thư',
};
const minh = {
  id: PersonIdSchema.parse('01939d2a-0000-7000-8000-000000000002'),
  name: 'Trần Minh',
  post: 'Chủ tịch',
};
const right = 'Giấy trắng 2026!';
const wrong = 'Mực đen 2026!';
const start = minutesLater(0);

async function anOffice() {
  const path = join(ownFolder(), 'keys.json');
  const dataKey = await createKeyring(path, { ...lan, passphrase: right }, start);
  return { path, dataKey, keyring: openKeyring(path) };
}

test('the right passphrase gives the data key, typed on any keyboard', async () => {
  const { keyring, dataKey } = await anOffice();
  expect(await keyring.unlock(lan.id, right.normalize('NFD'), start)).toEqual(dataKey);
});

test('two people sign in at one machine, each with a passphrase of their own', async () => {
  const { keyring, dataKey } = await anOffice();
  await keyring.addPeople([minh], 'Bút phê #15 Đúng', dataKey);
  expect(keyring.people(start)).toEqual([
    { ...lan, lockedUntil: null },
    { ...minh, lockedUntil: null },
  ]);
  expect(await keyring.unlock(minh.id, 'Bút phê #15 Đúng', start)).toEqual(dataKey);
  expect(await refusalOf(() => keyring.unlock(minh.id, right, start))).toBe('store.wrong-passphrase');
  expect(await refusalOf(() => keyring.addPeople([minh], right, dataKey))).toBe('store.person-there-already');
});

test('the key file holds neither the data key nor a passphrase', async () => {
  const { path, dataKey } = await anOffice();
  const text = readFileSync(path, 'utf8');
  const bare = Buffer.from(dataKey);
  expect(
    [bare.toString('hex'), bare.toString('base64'), right].filter((secret) => text.includes(secret)),
  ).toEqual([]);
});

test('one person’s wrapped key does not fit another’s name', async () => {
  const { path, keyring, dataKey } = await anOffice();
  await keyring.addPeople([minh], wrong, dataKey);
  const file = JSON.parse(readFileSync(path, 'utf8'));
  file.people[1].key = file.people[0].key;
  writeFileSync(path, JSON.stringify(file));
  expect(await refusalOf(() => keyring.unlock(minh.id, right, start))).toBe('store.wrong-passphrase');
});

test('five wrong tries lock for twelve hours, over a restart, for the right passphrase too', async () => {
  const { path, keyring, dataKey } = await anOffice();
  const answers = [];
  for (let round = 0; round < 5; round += 1) {
    answers.push(await refusalOf(() => keyring.unlock(lan.id, wrong, start)));
  }
  expect(answers).toEqual([...Array.from({ length: 4 }, () => 'store.wrong-passphrase'), 'store.locked-out']);
  const again = openKeyring(path);
  expect(await refusalOf(() => again.unlock(lan.id, right, minutesLater(719)))).toBe('store.locked-out');
  expect(again.people(minutesLater(719))).toEqual([{ ...lan, lockedUntil: minutesLater(720) }]);
  expect(await again.unlock(lan.id, right, minutesLater(720))).toEqual(dataKey);
}, 60_000);

test('wrong tries made side by side, through several windows, are all counted', async () => {
  const { path } = await anOffice();
  const answers = await Promise.all(
    Array.from({ length: 8 }, () => refusalOf(() => openKeyring(path).unlock(lan.id, wrong, start))),
  );
  expect(answers.filter((code) => code === 'store.wrong-passphrase')).toHaveLength(4);
  expect(await refusalOf(() => openKeyring(path).unlock(lan.id, right, start))).toBe('store.locked-out');
}, 60_000);

test('a clock set back does not end a lock-out, and the right passphrase clears the count', async () => {
  const { path, dataKey } = await anOffice();
  const keyring = openKeyring(path, { lockOut: { tries: 2, minutes: 10 } });
  await refusalOf(() => keyring.unlock(lan.id, wrong, start));
  await keyring.unlock(lan.id, right, start);
  await refusalOf(() => keyring.unlock(lan.id, wrong, minutesLater(60)));
  await refusalOf(() => keyring.unlock(lan.id, wrong, minutesLater(60)));
  expect(await refusalOf(() => keyring.unlock(lan.id, right, minutesLater(-5000)))).toBe('store.locked-out');
  expect(keyring.people(minutesLater(-5000))).toEqual([{ ...lan, lockedUntil: minutesLater(70) }]);
  expect(await keyring.unlock(lan.id, right, minutesLater(70))).toEqual(dataKey);
});

test('the administrator ends a lock-out, or gives a new passphrase', async () => {
  const { path, dataKey } = await anOffice();
  const keyring = openKeyring(path, { lockOut: { tries: 1, minutes: 720 } });
  await refusalOf(() => keyring.unlock(lan.id, wrong, start));
  keyring.clearLockOut(lan.id);
  expect(await keyring.unlock(lan.id, right, start)).toEqual(dataKey);
  await refusalOf(() => keyring.unlock(lan.id, wrong, start));
  await keyring.setPerson(lan, wrong, dataKey);
  expect(await keyring.unlock(lan.id, wrong, start)).toEqual(dataKey);
});

test('a passphrase is changed by whoever knows the old one, and differs from it', async () => {
  const { keyring, dataKey } = await anOffice();
  const change = (passphrase: string, newPassphrase: string) =>
    refusalOf(() => keyring.changePassphrase(lan.id, { passphrase, newPassphrase }, start));
  expect(await change(wrong, 'Con dấu 7 đỏ!')).toBe('store.wrong-passphrase');
  expect(await change(right, right.normalize('NFD'))).toBe('store.same-passphrase');
  expect(await change(right, 'con dau 7')).toBe('store.weak-passphrase');
  expect(await change(right, 'Con dấu 7 đỏ!')).toBe(null);
  expect(await keyring.unlock(lan.id, 'Con dấu 7 đỏ!', start)).toEqual(dataKey);
}, 60_000);

test('a corrected post is shown before anyone has signed in, and gives nobody a key', async () => {
  const { keyring, dataKey } = await anOffice();
  keyring.describePerson({ ...lan, post: 'Chánh Văn phòng' });
  keyring.describePerson(minh);
  expect(keyring.people(start).map(({ id, post }) => ({ id, post }))).toEqual([
    { id: lan.id, post: 'Chánh Văn phòng' },
  ]);
  expect(await keyring.unlock(lan.id, right, start)).toEqual(dataKey);
});

test('who has left cannot sign in, and the last person stays', async () => {
  const { keyring, dataKey } = await anOffice();
  await keyring.addPeople([minh], wrong, dataKey);
  keyring.removePerson(lan.id);
  keyring.removePerson(lan.id);
  expect(await refusalOf(() => keyring.unlock(lan.id, right, start))).toBe('store.person-unknown');
  expect(await refusalOf(() => keyring.removePerson(minh.id))).toBe('store.last-person');
});

test('a missing or damaged key file is named, and a second one never replaces the first', async () => {
  const { path, keyring } = await anOffice();
  expect(await refusalOf(() => createKeyring(path, { ...minh, passphrase: wrong }, start))).toBe(
    'store.keys-there-already',
  );
  writeFileSync(path, readFileSync(path, 'utf8').slice(0, 200));
  expect(await refusalOf(() => keyring.unlock(lan.id, right, start))).toBe('store.keys-damaged');
  expect(await refusalOf(() => openKeyring(`${path}.khác`).people(start))).toBe('store.keys-missing');
});

test.each(['disk-full', 'machine-stops'] as const)(
  '%s at any step of a change leaves the old file or the new, whole',
  async (kind) => {
    const { path, keyring, dataKey } = await anOffice();
    await keyring.addPeople([minh], wrong, dataKey);
    const whole = readFileSync(path, 'utf8');
    const outcomes = [];
    for (let at = 1; ; at += 1) {
      writeFileSync(path, whole);
      const files = failingFiles({ at, kind });
      const outcome = await openKeyring(path, { files })
        .setPerson(lan, 'Con dấu 7 đỏ!', dataKey)
        .then(
          () => 'done',
          (error: unknown) => (error instanceof MachineStopped ? 'stopped' : (error as Error).message),
        );
      outcomes.push(outcome);
      const left = openKeyring(path).people(start);
      expect(left).toHaveLength(2);
      if (kind === 'disk-full') expect(readdirSync(join(path, '..'))).toEqual(['keys.json']);
      if (files.count() < at) break;
    }
    expect(outcomes.at(-1)).toBe('done');
    expect(new Set(outcomes.slice(0, -1))).toEqual(
      new Set(kind === 'disk-full' ? ['store.disk-full', 'done'] : ['stopped']),
    );
  },
  60_000,
);
