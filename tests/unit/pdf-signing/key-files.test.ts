import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  issueCertificate,
  issueIssuingLevel,
  openAgencyCa,
  openPkcs12,
  readCertificate,
} from '#shared/node/pdf-signing/public.ts';
import { officePki, validFrom, type OfficePki } from '../../support/pki/office-pki.ts';

const pin = 'mật mã 246810';
let folder = '';
let pki: OfficePki;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'antin-p12-'));
  pki = officePki();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('a key file the authority hands out', () => {
  test.each(['leader', 'seal', 'officerOnP256', 'sealOnP384'] as const)(
    'opens here and elsewhere, with everything above the certificate (%s)',
    async (who) => {
      const file = pki[who].p12(pin);
      const opened = openPkcs12(file, pin);
      expect(Buffer.from(opened.certificate)).toEqual(Buffer.from(pki[who].certificateDer));
      expect(opened.chain.map((one) => readCertificate(one).commonName)).toEqual([
        'UBND tỉnh Đồng Nai Issuing',
      ]);
      expect((await opened.sign(Buffer.from('x'))).length).toBeGreaterThan(60);
      expect(() => openPkcs12(file, 'khác')).toThrow('signing.wrong-pin');
      writeFileSync(join(folder, 'f.p12'), file);
      const said = execFileSync('openssl', ['pkcs12', '-in', 'f.p12', '-passin', `pass:${pin}`, '-nodes'], {
        cwd: folder,
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      expect(said.match(/BEGIN CERTIFICATE/g)).toHaveLength(3);
      expect(said.match(/BEGIN PRIVATE KEY/g)).toHaveLength(1);
    },
  );

  test('keeps an issuing level on an elliptic curve, which goes on issuing', () => {
    const order = { organisation: 'Sở Nội vụ', validFrom, years: 5 } as const;
    const made = issueIssuingLevel({ root: pki.root, commonName: 'Cấp 2', keyType: 'p-384', ...order });
    const kept = openAgencyCa(made.p12(pin), pin);
    expect(kept.certificateDer).toEqual(made.certificateDer);
    expect(kept.above.map((one) => Buffer.from(one))).toEqual([Buffer.from(pki.root.certificateDer)]);
    const person = issueCertificate({ ca: kept, commonName: 'Lê An', role: 'person', ...order });
    expect(
      readCertificate(person.certificateDer).x509.verify(readCertificate(made.certificateDer).publicKey),
    ).toBe(true);
  });
});
