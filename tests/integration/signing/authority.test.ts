import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  beginCeremony,
  cancelCeremony,
  confirmShare,
  finishCeremony,
  showShare,
} from '#electron/features/authority/ceremonies.ts';
import { issueTo, revoke } from '#electron/features/authority/issue-and-revoke.ts';
import { authorityHere } from '#electron/features/authority/levels.ts';
import { authorityOverview } from '#electron/features/authority/overview.ts';
import { renewLevel } from '#electron/features/authority/renew-level.ts';
import { freshenLists, listOf } from '#electron/features/authority/revocation-lists.ts';
import { trustOf } from '#electron/features/signing/trust.ts';
import { CommandIdSchema, type Reply } from '#shared/kernel/public.ts';
import { openPkcs12, signField, splitPassphrase, verifyPdf } from '#shared/node/pdf-signing/public.ts';
import { fieldedPdf } from '../../support/fielded-pdf.ts';
import { pem } from '../../support/pem.ts';
import { officePki, today, type OfficePki } from '../../support/pki/office-pki.ts';
import { proofOffice, type ProofOffice } from '../../support/proof-office.ts';
import { refusalOf } from '../../support/store.ts';

const keepers = { needed: 2, names: ['Trần Thị Lan', 'Nguyễn Văn Minh', 'Lê Thu Hà'] };
/** The one the office of the tests signs with. */
const pin = '246810';

let pki: OfficePki;
let office: ProofOffice;
let folder: string;
let shares: readonly string[] = [];
let made = 0;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'antin-authority-'));
  pki = officePki();
  office = proofOffice(pki, today);
});
afterAll(() => {
  office.remove();
  rmSync(folder, { recursive: true, force: true });
});

function commandId() {
  made += 1;
  return CommandIdSchema.parse(`01980000-0000-7000-8000-${String(made).padStart(12, '0')}`);
}

const administrator = () => office.as('administrator');
const holder = () => ({ use: 'person' as const, person: office.as('leader').person.id });
type Order = Parameters<typeof issueTo>[1];
const seal = { use: 'seal' } as const;
const order = (): Order => ({
  commandId: commandId(),
  holder: holder(),
  renews: null,
  years: 2,
  pin,
  keepHere: true,
});

function codeOf(reply: Reply): string | null {
  return reply.ok ? null : reply.refusal.code;
}

function verdictOf(pdf: Uint8Array) {
  const { desk } = office.open();
  return verifyPdf(pdf, { ...trustOf(desk), at: desk.now() }).signatures[0];
}

async function signedWith(p12: Uint8Array | null): Promise<Uint8Array> {
  return signField({
    pdf: fieldedPdf(),
    field: 'leader',
    key: openPkcs12(p12 ?? new Uint8Array(), pin),
    signedAt: office.now(),
    signerName: 'Người ký',
  });
}

/** What OpenSSL says of a certificate of ours, with every list we have made. */
function openssl(serial: string): string {
  const { desk } = office.open();
  const authority = authorityHere(desk);
  const held = authority.levels.map(({ certificate }) =>
    pem('CERTIFICATE', Buffer.from(certificate, 'base64')),
  );
  const record = authorityOverview(administrator()).certificates.find((one) => one.serial === serial);
  expect(record).toBeDefined();
  const lists = [authority.root, ...authority.levels].map((level) => listOf(desk, level.serial));
  const leaf = certificates.get(serial) ?? new Uint8Array();
  const file = (name: string, text: string) => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  const root = file('root.pem', pem('CERTIFICATE', Buffer.from(authority.root.certificate, 'base64')));
  const crls = file('all.crl.pem', lists.map((list) => pem('X509 CRL', list ?? new Uint8Array())).join('\n'));
  const above = file('above.pem', held.join('\n'));
  const end = file('leaf.pem', pem('CERTIFICATE', leaf));
  const seconds = String(Math.floor(Date.parse(desk.now()) / 1000));
  const args = ['verify', '-crl_check_all', '-attime', seconds, '-CRLfile', crls, '-CAfile', root];
  try {
    return execFileSync('openssl', [...args, '-untrusted', above, end], { encoding: 'utf8', stdio: 'pipe' });
  } catch (error) {
    return (error as { stderr: string }).stderr;
  }
}

const certificates = new Map<string, Uint8Array>();

function issue(over: Partial<Order> = {}) {
  const { reply, p12 } = issueTo(administrator(), { ...order(), ...over });
  expect(codeOf(reply)).toBeNull();
  const { certificate } = openPkcs12(p12 ?? new Uint8Array(), pin);
  const issued = reply.ok ? reply.acts.find(({ type }) => type === 'certificateIssued') : undefined;
  const serial = issued?.on.id ?? '';
  certificates.set(serial, certificate);
  return { serial, p12 };
}

test('a ceremony that is left off writes nothing, and belongs to whoever began it', async () => {
  beginCeremony(administrator(), { keepers, keyType: 'p-384' });
  expect(showShare(administrator(), 0).name).toBe('Trần Thị Lan');
  expect(await refusalOf(() => finishCeremony(administrator(), commandId()))).toBe('signing.shares-not-read');
  cancelCeremony(administrator());
  expect(await refusalOf(() => showShare(administrator(), 0))).toBe('signing.ceremony-over');
  beginCeremony(administrator(), { keepers, keyType: 'p-384' });
  expect(await refusalOf(() => showShare(office.as('clerk'), 0))).toBe('signing.ceremony-over');
  expect(authorityOverview(administrator())).toEqual({ authority: null, certificates: [] });
  const { desk } = office.open();
  expect(desk.db.prepare('SELECT count(*) AS n FROM authority_key').get()).toEqual({ n: 0 });
});

test('an authority needs as many keepers as open it, each of them once', async () => {
  const lone = { needed: 3, names: ['An', 'Bình'] };
  expect(await refusalOf(() => beginCeremony(administrator(), { keepers: lone, keyType: 'p-384' }))).toBe(
    'signing.keepers-too-few',
  );
  const twice = { needed: 2, names: ['An', 'an'] };
  expect(await refusalOf(() => beginCeremony(administrator(), { keepers: twice, keyType: 'p-384' }))).toBe(
    'signing.keeper-twice',
  );
});

test('every keeper reads a group of their share back, then it is written at once', async () => {
  beginCeremony(administrator(), { keepers, keyType: 'p-384' });
  shares = keepers.names.map((_name, keeper) => {
    const { groups, asked } = showShare(administrator(), keeper);
    // By hand: small letters.
    confirmShare(administrator(), keeper, groups[asked - 1]?.toLowerCase() ?? '');
    return groups.join('-');
  });
  expect(await refusalOf(() => Promise.resolve(confirmShare(administrator(), 0, 'SAI')))).toBe(
    'signing.share-read-wrong',
  );
  expect(codeOf(finishCeremony(administrator(), commandId()))).toBeNull();
  const { authority } = authorityOverview(administrator());
  expect(authority).toMatchObject({ keepers, levels: [{ revoked: null }] });
  expect(authority?.lists.map(({ number }) => number)).toEqual([1, 1]);
  expect(await refusalOf(() => beginCeremony(administrator(), { keepers, keyType: 'p-384' }))).toBe(
    'signing.authority-there',
  );
  // Nothing in the office opens the root: neither passphrase nor share is kept.
  const { desk } = office.open();
  const all = desk.db.prepare('SELECT entry FROM log').all() as { entry: string }[];
  expect(all.some(({ entry }) => shares.some((share) => entry.includes(share.slice(0, 11))))).toBe(false);
});

test('what was signed under the root before stays proven, and the seal goes on', async () => {
  const id = await office.sealed();
  const { file } = office.outgoing(id);
  const pdf = file === null ? new Uint8Array() : await office.bytes(file);
  expect(verdictOf(pdf)).toMatchObject({ integrity: 'allowed-changes' });
  expect(trustOf(office.open().desk).trust).toHaveLength(2);
});

test('a certificate is issued, signs, is taken back and signs no more; its signatures are told from then on', async () => {
  const { serial, p12 } = issue();
  await office.sealed();
  const good = await signedWith(p12);
  expect(verdictOf(good)).toMatchObject({ verdict: 'valid', trust: 'trusted' });
  expect(openssl(serial)).toContain(': OK');
  const list = authorityOverview(administrator()).authority?.lists[0];

  const said = { serial, reason: 'key-compromise' as const, why: 'Mất thẻ.' };
  const wrong = { ...said, commandId: commandId(), since: '2020-01-01T00:00:00.000Z' as typeof today };
  expect(codeOf(revoke(administrator(), wrong))).toBe('signing.revocation-moment-wrong');
  expect(codeOf(revoke(administrator(), { ...said, commandId: commandId(), since: null }))).toBeNull();
  expect(codeOf(revoke(administrator(), { ...said, commandId: commandId(), since: null }))).toBe(
    'signing.certificate-revoked-already',
  );

  expect(await refusalOf(() => office.sealed())).toBe('signing.certificate-revoked');
  expect(verdictOf(await signedWith(p12))).toMatchObject({ verdict: 'invalid', trust: 'revoked' });
  expect(openssl(serial)).toContain('certificate revoked');
  const overview = authorityOverview(administrator());
  expect(overview.certificates.map((one) => one.standing)).toEqual(['revoked']);
  expect(overview.authority?.lists[0]?.number).toBe((list?.number ?? 0) + 1);
  const again = issueTo(administrator(), { ...order(), renews: serial });
  expect(codeOf(again.reply)).toBe('signing.certificate-revoked-already');
});

test('a renewal keeps the name, has a key and a number of its own, and takes the old one’s place', async () => {
  const first = issue({ years: 1 });
  const second = issue({ renews: first.serial });
  expect(second.serial).not.toBe(first.serial);
  const standings = new Map(
    authorityOverview(administrator()).certificates.map((one) => [one.serial, one.standing]),
  );
  expect([standings.get(first.serial), standings.get(second.serial)]).toEqual(['replaced', 'valid']);
  await office.sealed();
  expect(openssl(second.serial)).toContain(': OK');
});

test('the seal gets one too, and a certificate longer than its issuing level is refused', () => {
  issue({ holder: seal });
  expect(() => issueTo(administrator(), { ...order(), years: 30 })).toThrow('signing.level-ends-sooner');
});

test('shares in the wrong hands, too few or of another set open nothing', async () => {
  const ask = (given: readonly string[]) =>
    refusalOf(() => renewLevel(administrator(), { commandId: commandId(), shares: given, revoke: null }));
  expect(await ask(shares.slice(0, 1))).toBe('signing.shares-too-few');
  const strangers = splitPassphrase('mật khẩu của nơi khác', { shares: 3, needed: 2 });
  expect(await ask([shares[0] ?? '', strangers[1] ?? ''])).toBe('signing.shares-of-other-sets');
  expect(await ask(strangers.slice(0, 2))).toBe('signing.shares-of-other-root');
});

test('two keepers renew the issuing level and take the old one back: all it issued falls, the new one issues', async () => {
  const before = authorityOverview(administrator()).certificates.find(({ standing }) => standing === 'valid');
  const revoked = { reason: 'authority-compromise' as const, why: 'Máy của cơ quan bị xâm nhập.' };
  const given = [shares[2] ?? '', shares[0] ?? ''];
  expect(
    codeOf(renewLevel(administrator(), { commandId: commandId(), shares: given, revoke: revoked })),
  ).toBeNull();
  expect(openssl(before?.serial ?? '')).toContain('certificate revoked');
  expect(await refusalOf(() => office.sealed())).toBe('signing.certificate-revoked');
  const { serial, p12 } = issue();
  issue({ holder: seal });
  expect(openssl(serial)).toContain(': OK');
  expect(verdictOf(await signedWith(p12))).toMatchObject({ verdict: 'valid' });
});

test('a list that is a week old is made anew, with a higher number', () => {
  const { desk } = office.open();
  const numberOf = () => authorityOverview(administrator()).authority?.lists.map(({ number }) => number);
  const before = numberOf();
  freshenLists(desk);
  expect(numberOf()).toEqual(before);
  office.setNow('2026-12-20T01:00:00.000Z');
  expect(numberOf()).not.toEqual(before);
});
