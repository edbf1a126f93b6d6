import { execFileSync } from 'node:child_process';
import { createPrivateKey } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { actAs } from '#electron/features/sample/act-as.ts';
import { createOffice, type CreatedOffice } from '#electron/features/sample/create-office.ts';
import { sampleOffices } from '#electron/features/sample/offices.ts';
import { tokenKeysOf, withSigningKey } from '#electron/features/signing/signing-keys.ts';
import { systemClock } from '#electron/platform/clock.ts';
import { readSigningCertificate } from '#shared/node/pdf-signing/public.ts';
import { softPin, softToken } from '../../support/soft-token.ts';
import { refusalOf } from '../../support/store.ts';

const folder = mkdtempSync(join(tmpdir(), 'antin-office-token-'));
const pem = join(folder, 'minh.pem');
let token: ReturnType<typeof softToken>;
let created: CreatedOffice;
beforeAll(async () => {
  const key = join(folder, 'minh.key');
  const subject = ['-subj', '/CN=Nguyen Van Minh', '-days', '365'];
  const made = ['req', '-x509', '-nodes', '-newkey', 'rsa:2048', ...subject, '-keyout', key, '-out', pem];
  execFileSync('openssl', made, { stdio: 'pipe' });
  const certificate = readSigningCertificate(readFileSync(pem), systemClock.now());
  token = softToken('so-khcn', [{ id: '0a', key: createPrivateKey(readFileSync(key)), certificate }]);
  const [office] = sampleOffices;
  if (office === undefined) throw new Error('There is no sample office');
  const parts = { home: folder, clock: systemClock, passphrase: 'AnTin@2026', pin: '246810', sample: true };
  created = await createOffice(office, { ...parts, equipped: ['minh'] });
}, 60_000);
afterAll(() => {
  created.open.close();
  token.remove();
  rmSync(folder, { recursive: true, force: true });
});

const leader = () => actAs(created.open, created.part('leader'), systemClock);
const sign = (pin: string, key: string | null) =>
  withSigningKey(leader(), { use: 'person', pin, key }, async (open) => open.sign(new Uint8Array(8)));

test('a token is offered once the directory knows its certificate, and signs with its PIN only', async () => {
  expect(await tokenKeysOf(leader())).toEqual([]);
  const certificate = readSigningCertificate(readFileSync(pem), systemClock.now());
  actAs(created.open, created.part('administrator'), systemClock).must('directory.certifyPerson', {
    personId: created.part('leader'),
    certificate: Buffer.from(certificate).toString('base64'),
  });
  const keys = await tokenKeysOf(leader());
  expect(keys).toMatchObject([{ place: 'token', name: 'Nguyen Van Minh', use: 'person', pin: 'fine' }]);
  const { id } = keys[0] ?? { id: '' };
  expect((await sign(softPin, id)).length).toBe(256);
  expect(await refusalOf(() => sign('00000000', id))).toBe('signing.wrong-token-pin');
  // The file of before is no longer the key that the directory names.
  expect(await refusalOf(() => sign('246810', null))).toBe('signing.not-your-certificate');
  expect(await refusalOf(() => sign(softPin, 'token:no-such:0a'))).toBe('signing.token-absent');
});

test('a file that is no certificate, or one that may not sign, is not taken', async () => {
  const read = (bytes: Uint8Array) => refusalOf(() => readSigningCertificate(bytes, systemClock.now()));
  expect(await read(new Uint8Array())).toBe('signing.unreadable-certificate');
  expect(
    await read(new TextEncoder().encode('-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----')),
  ).toBe('signing.unreadable-certificate');
});
