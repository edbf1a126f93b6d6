import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { X509Certificate } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { AppError, InstantSchema } from '#shared/kernel/public.ts';
import { checkSignerKey, openAgencyCa, openPkcs12 } from '#shared/node/pdf-signing/public.ts';
import { der, readDer, tag, type DerNode } from '#shared/node/pdf-signing/cms/der.ts';
import { signedAt, signingOffice, type SigningOffice } from '../../support/signing-office.ts';

let office: SigningOffice;
beforeAll(() => {
  office = signingOffice();
});

function codeOf(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    if (error instanceof AppError) return error.code;
    throw error;
  }
  return 'no refusal';
}

describe('the certificates of an agency', () => {
  test('lead to its own root, carry Vietnamese names and say what they are for', () => {
    const leaf = new X509Certificate(office.leader.certificateDer);
    const root = new X509Certificate(office.ca.certificateDer);
    expect({
      isIssued: leaf.checkIssued(root) && leaf.verify(root.publicKey),
      rootIsAuthority: root.ca,
      leafIsAuthority: leaf.ca,
      subject: leaf.subject.split('\n'),
      serialIsLong: leaf.serialNumber.length >= 32,
      serialsDiffer: leaf.serialNumber !== root.serialNumber,
    }).toEqual({
      isIssued: true,
      rootIsAuthority: true,
      leafIsAuthority: false,
      subject: ['C=VN', 'O=UBND tỉnh Đồng Nai', 'title=Chủ tịch', 'CN=Nguyễn Văn Ấn'],
      serialIsLong: true,
      serialsDiffer: true,
    });
  });

  test('travel in a PKCS#12 file that only its PIN opens', () => {
    const file = office.leader.p12('123456');
    expect(Buffer.from(openPkcs12(file, '123456').certificate)).toEqual(
      Buffer.from(office.leader.certificateDer),
    );
    expect(codeOf(() => openPkcs12(file, '000000'))).toBe('signing.wrong-pin');
    expect(codeOf(() => openPkcs12(file.subarray(0, 400), '123456'))).toBe('signing.unreadable-p12');
    expect(codeOf(() => openPkcs12(new Uint8Array(), '123456'))).toBe('signing.unreadable-p12');
  });

  test('are not taken from a file that would have its PIN turned over for an hour', () => {
    const [version, safe, check] = readDer(office.leader.p12('123456')).children;
    const [digest, salt] = check?.children ?? [];
    const kept = (node: DerNode | undefined): Uint8Array => node?.whole ?? new Uint8Array();
    const turns = der(tag.integer, Buffer.from('7fffffff', 'hex'));
    const endless = der(
      tag.sequence,
      kept(version),
      kept(safe),
      der(tag.sequence, kept(digest), kept(salt), turns),
    );
    const began = performance.now();
    expect(codeOf(() => openPkcs12(endless, '123456'))).toBe('signing.unreadable-p12');
    expect(performance.now() - began).toBeLessThan(1000);
  });

  test('can be issued again from a root that was kept in a file', () => {
    const kept = openAgencyCa(office.ca.p12('mật mã'), 'mật mã');
    expect(Buffer.from(kept.certificateDer)).toEqual(Buffer.from(office.ca.certificateDer));
  });
});

describe('a key file made elsewhere', () => {
  test.each([
    ['RSA', ['-newkey', 'rsa:2048'], []],
    [
      'RSA, old encryption',
      ['-newkey', 'rsa:2048'],
      ['-keypbe', 'PBE-SHA1-3DES', '-certpbe', 'PBE-SHA1-3DES', '-macalg', 'sha1'],
    ],
    ['elliptic curve', ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256'], []],
  ])('opens: %s', async (_kind, key, packing) => {
    const folder = mkdtempSync(join(tmpdir(), 'antin-khoa-'));
    try {
      const openssl = (...args: readonly string[]): void =>
        void execFileSync('openssl', args, { cwd: folder, stdio: 'ignore' });
      openssl(
        'req',
        '-x509',
        ...key,
        '-nodes',
        '-keyout',
        'k.pem',
        '-out',
        'c.pem',
        '-subj',
        '/CN=An',
        '-days',
        '9',
      );
      openssl(
        'pkcs12',
        '-export',
        '-inkey',
        'k.pem',
        '-in',
        'c.pem',
        '-passout',
        'pass:1234',
        ...packing,
        '-out',
        'f.p12',
      );
      const opened = openPkcs12(readFileSync(join(folder, 'f.p12')), '1234');
      expect((await opened.sign(Buffer.from('x'))).length).toBeGreaterThan(60);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

describe('before signing', () => {
  test('a certificate out of its time or not made for signing is refused', () => {
    const key = office.leader.key;
    const early = InstantSchema.parse('2025-12-31T00:00:00.000Z');
    const late = InstantSchema.parse('2029-01-02T00:00:00.000Z');
    expect(codeOf(() => checkSignerKey(key, signedAt))).toBe('no refusal');
    expect(codeOf(() => checkSignerKey(key, early))).toBe('signing.certificate-not-yet-valid');
    expect(codeOf(() => checkSignerKey(key, late))).toBe('signing.certificate-expired');
    const root = { ...key, certificate: office.ca.certificateDer };
    expect(codeOf(() => checkSignerKey(root, signedAt))).toBe('signing.certificate-not-for-signing');
  });
});
