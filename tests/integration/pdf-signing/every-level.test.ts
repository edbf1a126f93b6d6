import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DaySchema } from '#shared/kernel/public.ts';
import {
  fillTextFields,
  issueCertificate,
  markedField,
  signField,
  signToLevel,
  verifyPdf,
  type SignerKey,
  type TimestampService,
} from '#shared/node/pdf-signing/public.ts';
import { readSignedData } from '#shared/node/pdf-signing/cms/read-cms.ts';
import { oid } from '#shared/node/pdf-signing/cms/oids.ts';
import { dateLine, markFont, sealImage, signatureImage, typeset } from '#shared/node/typesetting/public.ts';
import { markOf } from '#shared/signing/public.ts';
import { aDraft } from '../../support/drafts.ts';
import { judgesIn } from '../../support/pdf-judges.ts';
import { pem } from '../../support/pem.ts';
import { askLoopback } from '../../support/pki/ask-loopback.ts';
import { certificateOf, today, validFrom } from '../../support/pki/office-pki.ts';
import { startResponder, type LoopbackResponder } from '../../support/pki/responder.ts';
import { timeStampers } from '../../support/pki/time-stampers.ts';
import { startTsa, type Tsa } from '../../support/pki/tsa.ts';
import { signedZones, type SignedZone } from '../../support/signed-zones.ts';

const folder = mkdtempSync(join(tmpdir(), 'antin-muc-ky-'));
const judges = judgesIn(folder);
const attime = ['-attime', `${Date.parse(today) / 1000}`] as const;
let responder: LoopbackResponder;
let tsa: Tsa;
let service: TimestampService;
let page: Uint8Array;
let rsa4096: SignerKey;

beforeAll(async () => {
  responder = await startResponder();
  const { pki } = responder;
  const { certificateDer, privateKey, key } = pki.timeStamper;
  const signer = { certificateDer, privateKey, chain: key.chain };
  tsa = await startTsa({ stampers: timeStampers(pki.issuing), signer, now: () => today });
  service = { url: tsa.url, ask: askLoopback, newNonce: () => randomBytes(8) };
  page = (await typeset(aDraft(), { frozenAt: today, fields: { initials: 1 } })).pdf;
  rsa4096 = onRsa4096();
  judges.trust(pki.root.certificateDer);
  judges.saved('sub.pem', Buffer.from(pem('CERTIFICATE', pki.issuing.certificateDer)));
}, 60_000);
afterAll(async () => {
  await Promise.all([responder.close(), tsa.close()]);
  rmSync(folder, { recursive: true, force: true });
});

/** Of whom only the authority's list tells whether it is revoked. */
function onRsa4096(): SignerKey {
  const { issuing, leader } = responder.pki;
  return issueCertificate({
    ca: issuing,
    commonName: 'Ngô Thị Bền',
    organisation: 'UBND tỉnh Đồng Nai',
    role: 'person',
    validFrom,
    years: 3,
    keyType: 'rsa-4096',
    services: { crlUrl: certificateOf(leader).crlUrls[0] ?? '' },
  }).key;
}

const keys = {
  'RSA-2048': () => responder.pki.leader.key,
  'RSA-3072': () => responder.pki.seal.key,
  'RSA-4096': () => rsa4096,
  'P-256': () => responder.pki.officerOnP256.key,
  'P-384': () => responder.pki.sealOnP384.key,
} as const;
const levels = ['B-B', 'B-T', 'B-LT', 'B-LTA'] as const;
const table = (Object.keys(keys) as (keyof typeof keys)[]).flatMap((kind) =>
  levels.map((level) => ({ kind, level })),
);

/** Throws unless openssl accepts the signature as CAdES, up to our root. */
function cadesToOpenssl({ content, contents }: SignedZone): void {
  const files = ['-in', judges.saved('x.der', contents), '-content', judges.saved('x.bin', content)];
  const how =
    'cms -verify -binary -cades -inform DER -CAfile goc.pem -certfile sub.pem -purpose any -out x.out';
  judges.run('openssl', ...how.split(' '), ...files, ...attime);
}

function stampToOpenssl(token: Uint8Array, data: Uint8Array): string {
  const files = ['-in', judges.saved('x.der', token), '-data', judges.saved('x.bin', data)];
  const how = 'ts -verify -token_in -CAfile goc.pem -untrusted sub.pem';
  return judges.run('openssl', ...how.split(' '), ...files, ...attime);
}

/** It asks nobody about the certificates: who would answer waits here for what it says. */
function validToPdfsig(name: string): number {
  return (
    judges.run('pdfsig', '-no-ocsp', '-nssdir', `sql:${folder}`, name).split('Signature is Valid').length - 1
  );
}

function stampOf({ contents }: SignedZone): Readonly<{ token: Uint8Array; data: Uint8Array }> | null {
  const { unsigned, signature } = readSignedData(contents);
  const token = unsigned.get(oid.signatureTimeStamp)?.children[0]?.whole;
  return token === undefined ? null : { token, data: signature };
}

describe('a signature of every kind of key, at every level', () => {
  test.each(table)('$kind, $level, stands before openssl, pdfsig, qpdf and us', async ({ kind, level }) => {
    const roots = [responder.pki.root.certificateDer];
    const order = { pdf: page, field: 'leader', key: keys[kind](), signedAt: today, signerName: 'Ấn' };
    const raised = await signToLevel(order, { level, service, roots });
    expect(raised.missing).toEqual([]);
    const { pdf } = raised;
    expect(Buffer.from(page).equals(pdf.subarray(0, page.length))).toBe(true);

    const zones = signedZones(pdf);
    expect(zones).toHaveLength(level === 'B-LTA' ? 2 : 1);
    const [signature, over] = zones;
    if (signature === undefined) throw new Error('It is not signed');
    cadesToOpenssl(signature);
    const stamp = stampOf(signature);
    expect(stamp === null).toBe(level === 'B-B');
    if (stamp !== null) expect(stampToOpenssl(stamp.token, stamp.data)).toContain('OK');
    if (over !== undefined) expect(stampToOpenssl(over.contents, over.content)).toContain('OK');

    const name = judges.saved('van-ban.pdf', pdf);
    // A stamp over the document is something this pdfsig does not judge.
    expect(validToPdfsig(name)).toBe(1);
    expect(judges.qpdf(name)).toContain('No syntax or stream encoding errors');
    const [report] = verifyPdf(pdf, { trust: roots, at: today }).signatures;
    expect([report?.level, report?.integrity === 'broken']).toEqual([level, false]);
    // Below B-LT the file does not carry whether the certificate was revoked.
    expect(report?.verdict).toBe(level === 'B-B' || level === 'B-T' ? 'indeterminate' : 'valid');
  });
});

type Step = (pdf: Uint8Array) => Uint8Array | Promise<Uint8Array>;

/** Takes a page through the steps; after each one everybody is asked, and nothing before it may have moved. */
async function judgedThrough(start: Uint8Array, steps: readonly (readonly [number, Step])[]) {
  let before = start;
  for (const [count, step] of steps) {
    const pdf = await step(before);
    expect(Buffer.from(before).equals(pdf.subarray(0, before.length))).toBe(true);
    const report = verifyPdf(pdf, { trust: [responder.pki.root.certificateDer], at: today });
    expect(report.signatures).toHaveLength(count);
    expect(report.signatures.map(({ integrity }) => integrity)).not.toContain('broken');
    const name = judges.saved('van-ban.pdf', pdf);
    expect(validToPdfsig(name)).toBe(count);
    expect(judges.qpdf(name)).toContain('No syntax or stream encoding errors');
    for (const zone of signedZones(pdf)) cadesToOpenssl(zone);
    before = pdf;
  }
  return before;
}

describe('a paper signed in all its roles', () => {
  const by = { signedAt: today, signerName: 'Nguyễn Văn Ấn' } as const;

  test('stands after initials, leader, number and date, and seal, earlier bytes as they were', async () => {
    const { officerOnP256, leader, seal } = responder.pki;
    const values = { number: '136', date: dateLine(DaySchema.parse('2026-11-23')) };
    const signature = { png: signatureImage('Nguyễn Văn Ấn') };
    const stamp = { png: sealImage('UBND tỉnh Đồng Nai') };
    const done = await judgedThrough(page, [
      [1, (pdf) => signField({ ...by, pdf, field: 'initials-1', key: officerOnP256.key })],
      [2, (pdf) => signField({ ...by, pdf, field: 'leader', key: leader.key, appearance: signature })],
      [2, (pdf) => fillTextFields({ pdf, values })],
      [3, (pdf) => signField({ ...by, pdf, field: 'seal', key: seal.key, appearance: stamp })],
    ]);
    // The seal closes it: a copy is signed on a file of its own.
    expect(() => markedField(done, 'copy')).toThrow('signing.field-locked');
  });

  test('stands as a copy with its mark, also where others had signed what was copied', async () => {
    const { officerOnP256, sealOnP384 } = responder.pki;
    const text = markOf(['SAO Y'], today);
    const mark = { text, font: markFont(text) };
    const copy = (pdf: Uint8Array): Promise<Uint8Array> =>
      signField({ ...by, pdf, field: markedField(pdf, 'copy'), role: 'copy', key: sealOnP384.key, mark });
    await judgedThrough(page, [
      [1, (pdf) => signField({ ...by, pdf, field: 'initials-1', key: officerOnP256.key })],
      [2, copy],
    ]);
  });
});
