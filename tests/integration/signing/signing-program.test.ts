import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { serviceKeysOf, withSigningKey } from '#electron/features/signing/signing-keys.ts';
import { handOver } from '#electron/platform/page-handover.ts';
import { signByService } from '#electron/platform/signing-service.ts';
import { fillTextFields, signField, verifyPdf } from '#shared/node/pdf-signing/public.ts';
import { fieldedPdf } from '../../support/fielded-pdf.ts';
import { officePki, today, type OfficePki } from '../../support/pki/office-pki.ts';
import { proofOffice, type ProofOffice } from '../../support/proof-office.ts';
import {
  startSigningProgram,
  type ProgramFault,
  type SigningProgram,
} from '../../support/signing-program.ts';
import { refusalOf } from '../../support/store.ts';

let pki: OfficePki;
let office: ProofOffice;
let leaders: SigningProgram;
let seals: SigningProgram;

beforeAll(async () => {
  pki = officePki();
  office = proofOffice(pki, today);
  leaders = await startSigningProgram({ own: pki.leader.key, other: pki.officerOnP256.key });
  seals = await startSigningProgram({ own: pki.seal.key, other: pki.leader.key });
  use(leaders);
});
afterEach(() => {
  leaders.break(null);
  use(leaders);
});
afterAll(async () => {
  vi.unstubAllEnvs();
  office.remove();
  await Promise.all([leaders.close(), seals.close()]);
});

function use({ address }: Pick<SigningProgram, 'address'>): void {
  vi.stubEnv('ANTIN_SIGNING_SERVICE', address);
}

/** The person at the desk signs through the program; no PIN passes through our hands. */
function signed(who: 'leader' | 'clerk' = 'leader', pdf = fieldedPdf(), field = 'leader') {
  const person = office.as(who);
  const key = { use: who === 'clerk' ? ('seal' as const) : ('person' as const), pin: '', key: 'service' };
  return withSigningKey(person, key, (open) =>
    signField({ pdf, field, key: open, signedAt: office.now(), signerName: 'Ấn' }),
  );
}

test('the program is offered where it runs, for whom the directory holds a certificate', async () => {
  expect(await serviceKeysOf(office.as('leader'))).toMatchObject([
    { id: 'service', place: 'service', pin: 'none', use: 'person', name: 'Nguyễn Văn Ấn' },
  ]);
  expect((await serviceKeysOf(office.as('clerk'))).map((key) => key.use)).toEqual(['seal']);
  expect(await serviceKeysOf(office.as('administrator'))).toEqual([]);
  use({ address: 'ws://127.0.0.1:1' });
  expect(await serviceKeysOf(office.as('leader'))).toEqual([]);
});

test('the leader signs, number and date are filled, the clerk seals: each by the program, each for its own action', async () => {
  const page = await signed();
  const numbered = fillTextFields({
    pdf: page,
    values: { number: '136', date: 'ngày 23 tháng 11 năm 2026' },
  });
  use(seals);
  const sealed = await signed('clerk', numbered, 'seal');
  expect(leaders.asked.at(-1)).toBe('SignApproved');
  expect(seals.asked.at(-1)).toBe('SignIssued');
  const report = verifyPdf(sealed, { trust: [pki.root.certificateDer], at: office.now() });
  expect(report.signatures.map(({ field, verdict }) => `${field} ${verdict}`)).toEqual([
    'leader valid',
    'seal valid',
  ]);
});

test.each<[ProgramFault, string]>([
  ['declines', 'signing.service-declined'],
  ['hangs-up', 'signing.service-hung-up'],
  ['rubbish', 'signing.service-hung-up'],
  ['leaves-nothing', 'signing.service-left-nothing'],
  ['wrong-certificate', 'signing.not-your-certificate'],
  ['alters-the-page', 'signing.another-page'],
  ['another-page', 'signing.another-page'],
  ['signs-twice', 'signing.not-the-signature-asked'],
])('what a program that %s gives back is not taken', async (fault, code) => {
  leaders.break(fault);
  expect(await refusalOf(() => signed())).toBe(code);
});

test('one that says nothing is not waited for for ever', async () => {
  leaders.break('silent');
  const task = { action: 'leader', pdf: fieldedPdf(), name: 'a.pdf', field: 'leader' } as const;
  expect(await refusalOf(() => signByService(task, { timeoutMs: 200 }))).toBe('signing.service-too-slow');
});

test('a page is fetched once: whoever comes second gets nothing', async () => {
  leaders.break('fetches-twice');
  await signed();
  expect(leaders.secondFetch()).toBe(404);
});

test('the addresses of a page answer nobody else, in no other way, and not afterwards', async () => {
  const page = await handOver(new TextEncoder().encode('trang'), 'a.pdf');
  const { origin } = new URL(page.fetchUrl);
  expect((await fetch(`${origin}/khac/a.pdf`)).status).toBe(404);
  expect((await fetch(page.fetchUrl, { method: 'DELETE' })).status).toBe(404);
  expect((await fetch(page.leaveUrl)).status).toBe(404);
  expect((await fetch(page.fetchUrl)).status).toBe(200);
  const empty = await fetch(page.leaveUrl, { method: 'POST', body: '' });
  expect(await empty.json()).toMatchObject({ Status: false });
  expect((await fetch(page.leaveUrl, { method: 'POST', body: 'x' })).status).toBe(404);
  expect(page.left()).toBeNull();
  page.close();
  await expect(fetch(page.fetchUrl)).rejects.toThrow('fetch failed');
});

test('no page leaves this machine to be signed', async () => {
  use({ address: 'wss://ky-so.example:8987' });
  expect(await refusalOf(() => signed())).toBe('signing.service-elsewhere');
});
