import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { tryService } from '#electron/features/signing/time-stamps.ts';
import { defaultProofPolicy } from '#shared/directory/public.ts';
import type { DocumentId } from '#shared/kernel/public.ts';
import { verifyPdf } from '#shared/node/pdf-signing/public.ts';
import { certificateOf, today } from '../../support/pki/office-pki.ts';
import { startResponder, type LoopbackResponder } from '../../support/pki/responder.ts';
import { timeStampers } from '../../support/pki/time-stampers.ts';
import { startTsa, type Tsa } from '../../support/pki/tsa.ts';
import { proofOffice, type ProofOffice } from '../../support/proof-office.ts';
import { refusalOf } from '../../support/store.ts';

let responder: LoopbackResponder;
let office: ProofOffice;
let tsa: Tsa;
let other: Tsa;

beforeAll(async () => {
  responder = await startResponder();
  const { root, issuing, leader, seal } = responder.pki;
  office = proofOffice({ root, leader, seal }, today);
  const stampers = timeStampers(issuing);
  tsa = await startTsa({ stampers, signer: stampers.onP256, now: office.now });
  const strangers = timeStampers(responder.pki.stranger);
  other = await startTsa({ stampers: strangers, signer: strangers.onRsa, now: office.now });
});
afterEach(() => tsa.break(null));
afterAll(async () => {
  office.remove();
  await Promise.all([tsa.close(), other.close(), responder.close()]);
});

async function levelsOf(id: DocumentId): Promise<readonly string[]> {
  const { file } = office.outgoing(id);
  const pdf = file === null ? new Uint8Array() : await office.bytes(file);
  const { signatures } = verifyPdf(pdf, { trust: [responder.pki.root.certificateDer], at: today });
  return signatures.map(({ field, integrity }) => `${field} ${integrity}`).concat(stampsIn(pdf));
}

/** How many signatures carry a stamp, by the identifier of what holds it (1.2.840.113549.1.9.16.2.14). */
function stampsIn(pdf: Uint8Array): string {
  const text = Buffer.from(pdf).toString('latin1').toLowerCase();
  return `${text.split('060b2a864886f70d010910020e').length - 1} stamped`;
}

const bothSound = ['leader allowed-changes', 'seal intact'];

test('until a service is named, nobody is asked and a signature is a signature', async () => {
  expect(await levelsOf(await office.sealed())).toEqual([...bothSound, '0 stamped']);
  expect(tsa.asked()).toBe(0);
});

test('the leader’s signature and the seal are stamped as they are made, once a service is named', async () => {
  office.arrange({ service: tsa.url, ...defaultProofPolicy });
  expect(await levelsOf(await office.sealed())).toEqual([...bothSound, '2 stamped']);
  office.arrange({ service: tsa.url, ...defaultProofPolicy, level: 'B-B' });
  expect(await levelsOf(await office.sealed())).toEqual([...bothSound, '0 stamped']);
});

test('without an answer the signature is made all the same, and the service is left alone for a while', async () => {
  tsa.break('slow');
  office.arrange({ service: `${tsa.url}?slow`, ...defaultProofPolicy });
  const before = tsa.asked();
  expect(await levelsOf(await office.sealed())).toEqual([...bothSound, '0 stamped']);
  expect(tsa.asked() - before).toBe(1);
});

test.each(['wrong-imprint', 'replayed-nonce', 'wrong-signature', 'clock-ahead'] as const)(
  'a stamp that does not hold (%s) is not put into a signature',
  async (fault) => {
    tsa.break(fault);
    office.arrange({ service: `${tsa.url}?${fault}`, ...defaultProofPolicy });
    expect(await levelsOf(await office.sealed())).toEqual([...bothSound, '0 stamped']);
  },
);

test('a service is tried before it is relied on: its clock, its name, whether it is trusted, or why not', async () => {
  const administrator = office.as('administrator');
  const shown = await tryService(administrator, tsa.url);
  expect(shown).toMatchObject({ name: 'TSA 2', issuer: certificateOf(responder.pki.issuing).commonName });
  expect(shown.isTrusted).toBe(true);
  expect(Math.abs(Date.parse(shown.time) - Date.parse(office.now()))).toBeLessThan(60_000);
  expect(await tryService(administrator, other.url)).toMatchObject({ isTrusted: false });
  tsa.break('replayed-nonce');
  expect(await refusalOf(() => tryService(administrator, tsa.url))).toBe(
    'signing.timestamp-of-another-request',
  );
  expect(await refusalOf(() => tryService(administrator, 'http://127.0.0.1:1/tsa'))).toBe(
    'signing.service-unreachable',
  );
});
