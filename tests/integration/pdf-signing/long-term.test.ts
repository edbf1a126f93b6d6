import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { InstantSchema, type Instant } from '#shared/kernel/public.ts';
import {
  addDocumentTimestamp,
  addValidationData,
  renewTimestamp,
  renewalDue,
  signField,
  verifyPdf,
  type TimestampService,
  type Validated,
} from '#shared/node/pdf-signing/public.ts';
import { fieldedPdf } from '../../support/fielded-pdf.ts';
import { pem } from '../../support/pem.ts';
import { askLoopback } from '../../support/pki/ask-loopback.ts';
import { certificateOf, revokedAt, today, type OfficePki } from '../../support/pki/office-pki.ts';
import { startResponder, type LoopbackResponder } from '../../support/pki/responder.ts';
import {
  stamperFor,
  timeStampers,
  type Stamper,
  type TimeStampers,
} from '../../support/pki/time-stampers.ts';
import { startTsa, type Tsa } from '../../support/pki/tsa.ts';
import { signedZones } from '../../support/signed-zones.ts';

let folder = '';
let responder: LoopbackResponder;
let pki: OfficePki;
let stampers: TimeStampers;
const running: Tsa[] = [];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'antin-lta-'));
  responder = await startResponder();
  pki = responder.pki;
  stampers = timeStampers(pki.issuing);
  writeFileSync(join(folder, 'root.pem'), pem('CERTIFICATE', pki.root.certificateDer));
  writeFileSync(join(folder, 'sub.pem'), pem('CERTIFICATE', pki.issuing.certificateDer));
});
afterEach(() => {
  responder.break('ocsp', null);
  responder.break('crl', null);
});
afterAll(async () => {
  await Promise.all([responder.close(), ...running.map((tsa) => tsa.close())]);
  rmSync(folder, { recursive: true, force: true });
});

function judge(program: string, ...args: readonly string[]): string {
  return execFileSync(program, args, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}

async function serviceOf(signer: Stamper, now: Instant = today): Promise<TimestampService> {
  const tsa = await startTsa({ stampers, signer, now: () => now });
  running.push(tsa);
  return { url: tsa.url, ask: askLoopback, newNonce: () => randomBytes(8) };
}

/** The agency's own time-stamper, of which the responder tells whether it is revoked. */
function ownService(now: Instant = today): Promise<TimestampService> {
  const { certificateDer, privateKey, key } = pki.timeStamper;
  return serviceOf({ certificateDer, privateKey, chain: key.chain }, now);
}

async function stamped(who: 'leader' | 'revoked' = 'leader'): Promise<Uint8Array> {
  const { key } = pki[who];
  const order = { pdf: fieldedPdf(), field: 'leader', key, signedAt: today, signerName: 'Ấn' };
  return signField({ ...order, timestamp: await ownService() });
}

function proven(pdf: Uint8Array): Promise<Validated> {
  return addValidationData({ pdf, ask: askLoopback, roots: [pki.root.certificateDer], at: today });
}

function names(all: readonly Readonly<{ certificate: { commonName: string } }>[]): readonly string[] {
  return all.map(({ certificate }) => certificate.commonName);
}

function integrities(pdf: Uint8Array): readonly string[] {
  const report = verifyPdf(pdf, { trust: [pki.root.certificateDer], at: today });
  return report.signatures.map(({ field, level, integrity }) => `${field} ${level} ${integrity}`);
}

const issuing = 'UBND tỉnh Đồng Nai Issuing';

describe('what proves a stamped signature for years', () => {
  test('is asked of everybody who signed and who stamped, each once', async () => {
    const { found, missing } = await proven(await stamped());
    expect(names(found)).toEqual(['Nguyễn Văn Ấn', issuing, 'TSA', issuing]);
    expect(missing).toEqual([]);
  });

  test('says of whom nobody answered, and of whom somebody answered badly', async () => {
    const { found } = await proven(await stamped('revoked'));
    expect(found[0]?.answer).toEqual({ status: 'revoked', at: revokedAt, reason: 'key-compromise' });
    responder.break('ocsp', 'silent');
    responder.break('crl', 'rubbish');
    const { missing, found: none } = await proven(await stamped());
    expect(none).toEqual([]);
    expect(missing[0]?.reasons).toEqual(['ocsp-unreachable', 'crl-malformed']);
  });

  test('and a stamp over all of it (B-LTA) leaves every signature as it was', async () => {
    const signed = await stamped();
    const { pdf: proof } = await proven(signed);
    const pdf = await addDocumentTimestamp({ pdf: proof, service: await ownService(), at: today });
    expect(integrities(pdf)).toEqual(['leader B-LTA allowed-changes', 'timestamp-1 DocTimeStamp intact']);
    expect(Buffer.from(signed).equals(pdf.subarray(0, signed.length))).toBe(true);
    writeFileSync(join(folder, 'lta.pdf'), pdf);
    expect(judge('qpdf', '--check', 'lta.pdf')).toContain('No syntax or stream encoding errors');
    const { content, contents } = signedZones(pdf)[1] ?? { content: pdf, contents: pdf };
    writeFileSync(join(folder, 'x.bin'), content);
    writeFileSync(join(folder, 'x.der'), contents);
    const how = 'ts -verify -token_in -in x.der -data x.bin -CAfile root.pem -untrusted sub.pem -attime';
    expect(judge('openssl', ...how.split(' '), `${Date.parse(today) / 1000}`)).toContain('OK');
  });
});

describe('a stamp that grows old', () => {
  async function stampedBy(signer: Stamper, pdf = fieldedPdf()): Promise<Uint8Array> {
    return addDocumentTimestamp({ pdf, service: await serviceOf(signer), at: today });
  }

  test('is due ninety days before its certificate runs out', async () => {
    const pdf = await stampedBy(stamperFor(pki.issuing, { years: 1, keyType: 'p-256' }));
    const by = '2026-12-31T23:59:59.000Z';
    expect(renewalDue(pdf, at('2026-10-02T23:59:58.000Z'))).toEqual({
      due: false,
      by,
      because: 'certificate',
    });
    expect(renewalDue(pdf, at('2026-10-02T23:59:59.000Z'))).toEqual({
      due: true,
      by,
      because: 'certificate',
    });
  });

  test('is due before its algorithm is given up, however long its certificate runs', async () => {
    const pdf = await stampedBy(stamperFor(pki.root, { years: 15, keyType: 'rsa-2048' }));
    expect(renewalDue(pdf, today)).toEqual({
      due: false,
      by: '2031-01-01T00:00:00.000Z',
      because: 'algorithm',
    });
  });

  test('is due at once when it is damaged, and never where there is none', async () => {
    const pdf = Buffer.from(await stampedBy(stampers.onP256));
    pdf.write('1', pdf.indexOf('/MediaBox [0 0 595') + '/MediaBox ['.length);
    expect(renewalDue(pdf, today)).toEqual({ due: true, by: today, because: 'damaged' });
    expect(renewalDue(fieldedPdf(), today)).toBeNull();
    const order = { pdf: fieldedPdf(), service: await ownService(), roots: [], at: today };
    await expect(renewTimestamp(order)).rejects.toMatchObject({ code: 'signing.no-timestamp-to-renew' });
  });

  test('is proven and stamped over, time and again, and only the newest counts from then on', async () => {
    const first = await stampedBy(stamperFor(pki.issuing, { years: 1, keyType: 'p-256' }), await stamped());
    const order = { service: await ownService(), roots: [pki.root.certificateDer], at: today };
    const once = await renewTimestamp({ ...order, pdf: first });
    // The first service names nobody who could say whether it is revoked.
    expect(names(once.missing)).toEqual(['TSA']);
    const twice = await renewTimestamp({ ...order, pdf: once.pdf });
    expect(twice.missing).toEqual([]);
    expect(integrities(twice.pdf)).toEqual([
      'leader B-T allowed-changes',
      'timestamp-1 DocTimeStamp allowed-changes',
      'timestamp-2 DocTimeStamp allowed-changes',
      'timestamp-3 DocTimeStamp intact',
    ]);
    const until = new Date(certificateOf(pki.timeStamper).notAfterMs).toISOString();
    expect(renewalDue(twice.pdf, today)).toEqual({ due: false, by: until, because: 'certificate' });
  });
});

function at(text: string): Instant {
  return InstantSchema.parse(text);
}
