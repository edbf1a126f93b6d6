import { execFileSync } from 'node:child_process';
import { createPrivateKey, verify } from 'node:crypto';
import { mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { instantFrom } from '#shared/kernel/public.ts';
import { readCertificate, signField, verifyPdf } from '#shared/node/pdf-signing/public.ts';
import { installedModules, openTokens, type Tokens } from '#shared/node/tokens/public.ts';
import { fieldedPdf } from '../../support/fielded-pdf.ts';
import { softModule, softPin, softToken } from '../../support/soft-token.ts';
import { refusalOf } from '../../support/store.ts';

const kinds = [
  { id: '01', algorithm: ['-newkey', 'rsa:2048'], alwaysAsks: false },
  { id: '02', algorithm: ['-newkey', 'rsa:3072'], alwaysAsks: true },
  { id: '03', algorithm: ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256'], alwaysAsks: false },
  { id: '04', algorithm: ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-384'], alwaysAsks: true },
] as const;

const folder = mkdtempSync(join(tmpdir(), 'antin-token-keys-'));
let token: ReturnType<typeof softToken>;
let tokens: Tokens;
let serial = '';
beforeAll(async () => {
  token = softToken(
    'antin',
    kinds.map(({ id, algorithm, alwaysAsks }) => ({ id, alwaysAsks, ...selfSigned(id, algorithm) })),
  );
  tokens = openTokens(softModule);
  serial = (await tokens.list())[0]?.serial ?? '';
});
afterAll(() => {
  tokens.close();
  token.remove();
  rmSync(folder, { recursive: true, force: true });
});

function selfSigned(id: string, algorithm: readonly string[]) {
  const [key, certificate] = [join(folder, `${id}.key`), join(folder, `${id}.der`)];
  const subject = ['-subj', '/CN=Nguyen Van Minh', '-days', '3650', '-outform', 'DER'];
  const to = ['-keyout', key, '-out', certificate];
  execFileSync('openssl', ['req', '-x509', '-nodes', ...algorithm, ...subject, ...to], { stdio: 'pipe' });
  return { key: createPrivateKey(readFileSync(key)), certificate: new Uint8Array(readFileSync(certificate)) };
}

const pin = () => new TextEncoder().encode(softPin);

test('what is on a token is read without its PIN', async () => {
  const [found] = await tokens.list();
  expect(found).toMatchObject({ label: 'antin', pin: 'fine' });
  expect(found?.certificates.map(({ keyId }) => keyId).toSorted()).toEqual(kinds.map(({ id }) => id));
  expect(installedModules()).toContain(softModule);
});

test.each(kinds)('key $id signs what its certificate verifies, as often as it is asked', async ({ id }) => {
  const typed = pin();
  const key = await tokens.openKey({ serial, keyId: id, pin: typed });
  expect([...typed]).toEqual([...typed].map(() => 0));
  const { publicKey } = readCertificate(key.certificate);
  for (const words of ['văn bản thứ nhất', 'văn bản thứ hai']) {
    const data = new TextEncoder().encode(words);
    const signature = await key.sign(data);
    const options =
      publicKey.asymmetricKeyType === 'rsa' ? publicKey : ({ key: publicKey, dsaEncoding: 'der' } as const);
    expect(verify('sha256', data, options, signature)).toBe(true);
  }
  await key.close();
  expect(await refusalOf(() => key.sign(new Uint8Array(1)))).toBe('signing.token-absent');
});

test.each(['01', '04'])('a page signed with key %s is accepted by our judge and by others', async (keyId) => {
  const signedAt = instantFrom(Date.now());
  const key = await tokens.openKey({ serial, keyId, pin: pin() });
  const pdf = await signField({
    pdf: fieldedPdf(),
    field: 'leader',
    key,
    signedAt,
    signerName: 'Nguyễn Văn Minh',
  });
  await key.close();
  const [signature] = verifyPdf(pdf, { trust: [key.certificate], at: signedAt }).signatures;
  expect(signature).toMatchObject({ integrity: 'intact', level: 'B-B', signer: 'Nguyen Van Minh' });
});

test('a token that one person opened asks the next for the PIN again', async () => {
  const first = await tokens.openKey({ serial, keyId: '01', pin: pin() });
  const wrong = () => tokens.openKey({ serial, keyId: '02', pin: new TextEncoder().encode('00000000') });
  expect(await refusalOf(wrong)).toBe('signing.wrong-token-pin');
  expect(await refusalOf(() => first.sign(new Uint8Array(1)))).toBe('signing.token-absent');
});

test('a wrong PIN, a token that is out and a driver that is not there each get their sentence', async () => {
  const wrong = () => tokens.openKey({ serial, keyId: '01', pin: new TextEncoder().encode('00000000') });
  expect(await refusalOf(wrong)).toBe('signing.wrong-token-pin');
  const absent = () => tokens.openKey({ serial: 'nowhere', keyId: '01', pin: pin() });
  expect(await refusalOf(absent)).toBe('signing.token-absent');
  const nothing = openTokens('/usr/lib/no-such-module.so');
  expect(await refusalOf(() => nothing.list())).toBe('signing.token-driver');
  nothing.close();
  // The one that works goes on working.
  expect(await tokens.list()).toHaveLength(1);
});

test('a token that is pulled out while it signs ends that signature with a sentence, and signs again once it is back', async () => {
  const key = await tokens.openKey({ serial, keyId: '01', pin: pin() });
  expect((await key.sign(new Uint8Array(1))).length).toBe(256);
  const [here, away] = [join(token.folder, 'tokens'), join(token.folder, 'away')];
  renameSync(here, away);
  const page = signField({
    pdf: fieldedPdf(),
    field: 'leader',
    key,
    signedAt: instantFrom(Date.now()),
    signerName: 'Ấn',
  });
  expect(await refusalOf(() => page)).toMatch(/^signing\.token-/);
  expect(await refusalOf(() => tokens.openKey({ serial, keyId: '01', pin: pin() }))).toMatch(
    /^signing\.token-/,
  );
  renameSync(away, here);
  const again = await tokens.openKey({ serial, keyId: '01', pin: pin() });
  expect((await again.sign(new Uint8Array(1))).length).toBe(256);
});

test('a driver that dies under a signature is started anew for the next one', async () => {
  const key = await tokens.openKey({ serial, keyId: '01', pin: pin() });
  const own = execFileSync('pgrep', ['-P', String(process.pid), '-f', 'token-process'], { encoding: 'utf8' });
  process.kill(Number(own.trim().split('\n').at(-1)), 'SIGKILL');
  expect(await refusalOf(() => key.sign(new Uint8Array(1)))).toMatch(/^signing\.token-/);
  const again = await tokens.openKey({ serial, keyId: '01', pin: pin() });
  expect((await again.sign(new Uint8Array(1))).length).toBe(256);
});
