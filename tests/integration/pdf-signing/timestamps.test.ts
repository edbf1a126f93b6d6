import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { AppError } from '#shared/kernel/public.ts';
import {
  addDocumentTimestamp,
  fillTextFields,
  signField,
  verifyPdf,
  type TimestampService,
} from '#shared/node/pdf-signing/public.ts';
import { readSignedData } from '#shared/node/pdf-signing/cms/read-cms.ts';
import { oid } from '#shared/node/pdf-signing/cms/oids.ts';
import { writeTimestampRequest } from '#shared/node/pdf-signing/evidence/timestamp-request.ts';
import { array, dict, name, ref, withEntries, type PdfValue } from '#shared/node/pdf-signing/pdf/values.ts';
import { appendRevision, firstFreeNumber } from '#shared/node/pdf-signing/write/append-revision.ts';
import { newSignatureField } from '#shared/node/pdf-signing/write/new-signature-field.ts';
import { openForWriting } from '#shared/node/pdf-signing/write/open-for-writing.ts';
import { fieldedPdf } from '../../support/fielded-pdf.ts';
import { pem } from '../../support/pem.ts';
import { askLoopback } from '../../support/pki/ask-loopback.ts';
import { timeStampers, type TimeStampers } from '../../support/pki/time-stampers.ts';
import { startTsa, timestampReply, type Tsa } from '../../support/pki/tsa.ts';
import { signedAt, signingOffice, type SigningOffice } from '../../support/signing-office.ts';
import { signedZones } from '../../support/signed-zones.ts';

const kinds = ['onRsa', 'onP256'] as const;
type Kind = (typeof kinds)[number];

let folder = '';
let office: SigningOffice;
let stampers: TimeStampers;
const services = new Map<Kind, Tsa>();

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'antin-dau-'));
  office = signingOffice();
  stampers = timeStampers(office.ca);
  for (const kind of kinds) {
    services.set(kind, await startTsa({ stampers, signer: stampers[kind], now: () => signedAt }));
  }
  writeFileSync(join(folder, 'root.pem'), pem('CERTIFICATE', office.ca.certificateDer));
  judge('certutil', '-N', '-d', 'sql:.', '--empty-password');
  judge('certutil', '-A', '-d', 'sql:.', '-n', 'root', '-t', 'C,C,C', '-i', 'root.pem');
});
afterEach(() => services.get('onRsa')?.break(null));
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await Promise.all([...services.values()].map((tsa) => tsa.close()));
});

function judge(program: string, ...args: readonly string[]): string {
  return execFileSync(program, args, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}

function service(kind: Kind = 'onRsa'): TimestampService {
  return { url: services.get(kind)?.url ?? '', ask: askLoopback, newNonce: () => randomBytes(8) };
}

function keep(name: string, bytes: Uint8Array): string {
  writeFileSync(join(folder, name), bytes);
  return name;
}

const attime = ['-attime', `${Date.parse(signedAt) / 1000}`] as const;

/** Throws unless openssl finds that the token stamps the bytes and leads to our root. */
function stampedToOpenssl(token: Uint8Array, data: Uint8Array): string {
  const files = ['-in', keep('token.der', token), '-data', keep('data.bin', data)];
  return judge('openssl', 'ts', '-verify', '-token_in', ...files, '-CAfile', 'root.pem', ...attime);
}

/** A document signed by one person or by the whole office, every signature stamped. */
function leaderSigns(kind: Kind, pdf = fieldedPdf()): Promise<Uint8Array> {
  const { key } = office.leader;
  return signField({ pdf, field: 'leader', key, signedAt, signerName: 'Ấn', timestamp: service(kind) });
}

async function issued(xref: 'table' | 'stream'): Promise<Uint8Array> {
  const by = { signedAt, timestamp: service() };
  const start = { ...by, pdf: fieldedPdf({ xref }), signerName: 'Tín' };
  const initialled = await signField({ ...start, field: 'initials-1', key: office.officer.key });
  const signed = await leaderSigns('onP256', initialled);
  const pdf = fillTextFields({ pdf: signed, values: { number: '136' } });
  return signField({ ...by, pdf, field: 'seal', key: office.seal.key, signerName: 'UBND' });
}

function judged(pdf: Uint8Array): readonly string[] {
  const report = verifyPdf(pdf, { trust: [office.ca.certificateDer], at: signedAt });
  return report.signatures.map((one) =>
    [one.field, one.level, one.integrity, one.verdict, one.timestamp, ...one.reasons].join(' '),
  );
}

describe('the service of the tests', () => {
  test.each(kinds)('answers as openssl expects of one (%s)', (kind) => {
    const stamped = [Buffer.from('một chữ ký')];
    const body = writeTimestampRequest({ stamped, nonce: randomBytes(8) });
    const reply = timestampReply({
      stampers,
      signer: stampers[kind],
      now: () => signedAt,
      fault: null,
      body,
    });
    const files = ['-in', keep('reply.tsr', reply), '-queryfile', keep('query.tsq', body)];
    expect(judge('openssl', 'ts', '-verify', ...files, '-CAfile', 'root.pem', ...attime)).toContain('OK');
    const said = judge('openssl', 'ts', '-query', '-in', 'query.tsq', '-text');
    expect(said).toContain('Hash Algorithm: sha256');
    expect(said).toContain('Certificate required: yes');
  });
});

describe('a signature stamped before it was written (B-T)', () => {
  test.each(kinds)('is of level B-T and valid to us (%s)', async (kind) => {
    expect(judged(await leaderSigns(kind))).toEqual([`leader B-T intact valid ${signedAt}`]);
  });

  test.each(kinds)('is right to openssl, the signature and the stamp on it (%s)', async (kind) => {
    const [zone] = signedZones(await leaderSigns(kind));
    const { contents, content } = zone ?? { contents: Buffer.alloc(0), content: Buffer.alloc(0) };
    const files = ['-in', keep('x.der', contents), '-content', keep('x.bin', content)];
    const how = 'cms -verify -binary -cades -inform DER -CAfile root.pem -purpose any -out x.out'.split(' ');
    judge('openssl', ...how, ...files, ...attime);
    const cms = readSignedData(contents);
    const token = cms.unsigned.get(oid.signatureTimeStamp)?.children[0]?.whole ?? Buffer.alloc(0);
    expect(stampedToOpenssl(token, cms.signature)).toContain('OK');
    expect(() => stampedToOpenssl(token, Buffer.from('another'))).toThrow();
  });

  test('is without fault to qpdf and trusted to pdfsig', async () => {
    keep('b-t.pdf', await leaderSigns('onRsa'));
    expect(judge('qpdf', '--check', 'b-t.pdf')).toContain('No syntax or stream encoding errors');
    const said = judge('pdfsig', '-nssdir', `sql:${folder}`, 'b-t.pdf');
    expect(said).toContain('Signature is Valid');
    expect(said).toContain('Certificate is Trusted');
    expect(said).toContain('Total document signed');
  });

  test('is not made at all when no sound stamp is to be had', async () => {
    services.get('onRsa')?.break('wrong-imprint');
    await expect(leaderSigns('onRsa')).rejects.toMatchObject({ code: 'signing.timestamp-of-other-bytes' });
  });

  test('is refused, never cut, when it is larger than its place', async () => {
    const chain = Array.from({ length: 30 }, () => office.ca.certificateDer);
    const key = { ...office.leader.key, chain };
    const order = { pdf: fieldedPdf(), field: 'leader', key, signedAt, signerName: 'Ấn' } as const;
    const refused = signField({ ...order, timestamp: service() });
    await expect(refused).rejects.toThrow(new AppError('signing.signature-too-large'));
  });
});

describe('a document stamped as a whole', () => {
  test.each(['table', 'stream'] as const)(
    'keeps the signatures of all four, also after the seal has closed it (%s)',
    async (xref) => {
      const sealed = await issued(xref);
      const once = await addDocumentTimestamp({ pdf: sealed, service: service('onP256'), at: signedAt });
      const twice = await addDocumentTimestamp({ pdf: once, service: service(), at: signedAt });
      expect(judged(twice)).toEqual([
        `initials-1 B-T allowed-changes valid ${signedAt}`,
        `leader B-T allowed-changes valid ${signedAt}`,
        `seal B-T allowed-changes valid ${signedAt}`,
        `timestamp-1 DocTimeStamp allowed-changes valid ${signedAt}`,
        `timestamp-2 DocTimeStamp intact valid ${signedAt}`,
      ]);
      expect(Buffer.from(sealed).equals(twice.subarray(0, sealed.length))).toBe(true);
      expect(Buffer.from(once).equals(twice.subarray(0, once.length))).toBe(true);
    },
  );

  test.each(kinds)('carries a stamp that openssl verifies to our root (%s)', async (kind) => {
    const pdf = await addDocumentTimestamp({ pdf: fieldedPdf(), service: service(kind), at: signedAt });
    const [zone] = signedZones(pdf);
    expect(stampedToOpenssl(zone?.contents ?? pdf, zone?.content ?? pdf)).toContain('OK');
    expect(Buffer.from(pdf).toString('latin1')).toContain('/Type /DocTimeStamp');
  });

  test('shows nothing, is without fault to qpdf, and spoils nothing for pdfsig', async () => {
    const pdf = await addDocumentTimestamp({ pdf: await issued('table'), service: service(), at: signedAt });
    keep('stamped.pdf', pdf);
    expect(judge('qpdf', '--check', 'stamped.pdf')).toContain('No syntax or stream encoding errors');
    const said = judge('pdfsig', '-nssdir', `sql:${folder}`, 'stamped.pdf');
    expect(said.match(/Signature is Valid/g)).toHaveLength(3);
    expect(said).toContain('Signature Field Name: timestamp-1');
    expect(judge('pdftotext', 'stamped.pdf', '-')).not.toContain('timestamp');
  });

  test('is broken by a byte changed before the stamp', async () => {
    const pdf = await addDocumentTimestamp({ pdf: fieldedPdf(), service: service(), at: signedAt });
    const at = Buffer.from(pdf).indexOf('/MediaBox [0 0 595');
    const changed = Buffer.from(pdf);
    changed[at + 12] = 0x31;
    expect(judged(changed)[0]).toContain('invalid');
    expect(judged(changed)[0]).toContain('timestamp-of-other-bytes');
  });

  test('lets nobody draw over a closed page under the name of a stamp', async () => {
    const sealed = await issued('table');
    const { file, form } = openForWriting(sealed);
    const num = firstFreeNumber(file);
    const { field, changes } = newSignatureField(file.latest, form, { name: 'timestamp-1', num });
    const look: PdfValue = {
      kind: 'stream',
      dict: dict({ Type: name('XObject'), Subtype: name('Form'), BBox: array([0, 0, 200, 200]) }),
      raw: Buffer.from('0 0 200 200 re f'),
    };
    const shown = { Rect: array([100, 100, 300, 300]), V: ref(num + 1), AP: dict({ N: ref(num + 2) }) };
    const { bytes } = appendRevision(
      file,
      new Map<number, PdfValue>([
        ...changes,
        [num, withEntries(field.dict, shown)],
        [num + 1, dict({ Type: name('DocTimeStamp'), SubFilter: name('ETSI.RFC3161') })],
        [num + 2, look],
      ]),
    );
    const seal = judged(bytes).find((line) => line.startsWith('seal'));
    expect(seal).toBe(`seal B-T broken invalid ${signedAt} changed-after-closing locked-field-changed`);
  });

  test('is left as it was when the service refuses', async () => {
    services.get('onRsa')?.break('rejection');
    const refused = addDocumentTimestamp({ pdf: fieldedPdf(), service: service(), at: signedAt });
    await expect(refused).rejects.toMatchObject({ code: 'signing.timestamp-refused' });
  });
});
