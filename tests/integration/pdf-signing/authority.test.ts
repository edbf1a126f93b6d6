import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  issueAgencyCa,
  issueCertificate,
  issueCrl,
  issueIssuingLevel,
  renewCertificate,
} from '#shared/node/pdf-signing/public.ts';
import { writeOcspRequest } from '#shared/node/pdf-signing/evidence/ocsp-request.ts';
import {
  certificateOf,
  officePki,
  serialOf,
  today,
  tomorrow,
  validFrom,
  type OfficePki,
} from '../../support/pki/office-pki.ts';
import { pem } from '../../support/pem.ts';
import { ocspAnswer } from '../../support/pki/responder.ts';

let folder = '';
let pki: OfficePki;
const seconds = `${Date.parse(today) / 1000}`;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'antin-ca-'));
  pki = officePki('http://127.0.0.1:1');
  const crls = [pki.issuing, pki.root].map((ca) =>
    issueCrl({
      ca,
      revoked: ca === pki.issuing ? pki.revocations : [],
      number: 130,
      at: today,
      nextUpdate: tomorrow,
    }),
  );
  write('lists.pem', crls.map((der) => pem('X509 CRL', der)).join(''));
  write('list.der', crls[0] ?? new Uint8Array());
  for (const [name, { certificateDer }] of Object.entries(people())) {
    write(`${name}.pem`, pem('CERTIFICATE', certificateDer));
  }
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function people() {
  const { revocations: _, wrongUse: _w, selfSigned, crossSigned: _c, ...rest } = pki;
  return { ...rest, selfSigned: { certificateDer: selfSigned } };
}

function write(name: string, content: string | Uint8Array): void {
  writeFileSync(join(folder, name), content);
}

/** What openssl says, on either of its voices, and whether it is content. */
function openssl(...args: readonly string[]): Readonly<{ ok: boolean; said: string }> {
  const { status, stdout, stderr } = spawnSync('openssl', args, { cwd: folder, encoding: 'utf8' });
  return { ok: status === 0, said: `${stdout}${stderr}` };
}

function verify(name: string) {
  const chain = '-crl_check_all -CRLfile lists.pem -CAfile root.pem -untrusted issuing.pem'.split(' ');
  return openssl('verify', '-x509_strict', '-attime', seconds, ...chain, `${name}.pem`);
}

function ask(who: 'leader' | 'revoked' | 'sealOnP384') {
  const issuer = certificateOf(pki.issuing);
  const body = writeOcspRequest({ certificate: certificateOf(pki[who]), issuer, nonce: Buffer.alloc(32, 7) });
  write('request.der', body);
  write('reply.der', ocspAnswer(pki, { level: 'issuing', body, fault: null }));
  const files = `-no_nonce -reqin request.der -respin reply.der -issuer issuing.pem -cert ${who}.pem`.split(
    ' ',
  );
  const trust = `-CAfile root.pem -verify_other issuing.pem -attime ${seconds} -validity_period 400000000`;
  return openssl('ocsp', ...files, ...trust.split(' '));
}

describe("the agency's authority, judged by others", () => {
  test.each([
    'leader',
    'seal',
    'officerOnP256',
    'sealOnP384',
    'responder',
    'revocableResponder',
    'timeStamper',
  ])('issues certificates that hold with the lists of both levels (%s)', (name) => {
    expect(verify(name)).toEqual({ ok: true, said: `${name}.pem: OK\n` });
  });

  test.each([
    ['revoked', 'certificate revoked'],
    ['expired', 'certificate has expired'],
    ['notYet', 'certificate is not yet valid'],
    ['foreign', 'unable to get local issuer certificate'],
    ['selfSigned', 'self-signed certificate'],
  ])('does not lend its word to others (%s)', (name, reason) => {
    const { ok, said } = verify(name);
    expect([ok, said]).toEqual([false, expect.stringContaining(reason)]);
  });

  test('signs lists that are read with their number, reason and issuer', () => {
    const { said } = openssl(
      'crl',
      '-inform',
      'DER',
      '-in',
      'list.der',
      '-CAfile',
      'issuing.pem',
      '-text',
      '-noout',
    );
    expect(said).toContain('Version 2');
    expect(said).toContain('Key Compromise');
    expect(said.replaceAll(/\s+/g, ' ')).toContain('X509v3 CRL Number: 130');
    expect(said.replaceAll(':', '')).toContain(serialOf(pki.revoked).toUpperCase());
  });

  test('answers requests as a responder must', () => {
    expect(ask('leader')).toMatchObject({ ok: true, said: expect.stringContaining('leader.pem: good') });
    expect(ask('sealOnP384').said).toContain('sealOnP384.pem: good');
    const { said } = ask('revoked');
    expect(said).toContain('revoked.pem: revoked');
    expect(said).toContain('keyCompromise');
  });

  test.each(['rsa-2048', 'rsa-3072', 'rsa-4096', 'p-256', 'p-384'] as const)(
    'stands on any strong key, on every level (%s)',
    (keyType) => {
      const order = { organisation: 'Sở Nội vụ', validFrom, years: 5, keyType } as const;
      const root = issueAgencyCa({ agencyName: 'Sở Nội vụ', ...order });
      const issuing = issueIssuingLevel({ root, commonName: 'Sở Nội vụ 1', ...order });
      const person = issueCertificate({ ca: issuing, commonName: 'Lê An', role: 'person', ...order });
      for (const [name, one] of Object.entries({ r: root, i: issuing, p: person })) {
        write(`${name}.pem`, pem('CERTIFICATE', one.certificateDer));
      }
      const chain = '-x509_strict -CAfile r.pem -untrusted i.pem p.pem'.split(' ');
      expect(openssl('verify', '-attime', seconds, ...chain)).toEqual({ ok: true, said: 'p.pem: OK\n' });
      expect(person.key.chain).toEqual([issuing.certificateDer]);
    },
  );

  test('renews a certificate with its old key or a new one, names and services kept', () => {
    const { leader, issuing } = pki;
    const order = { ca: issuing, certificateDer: leader.certificateDer, validFrom: today, years: 3 } as const;
    const same = renewCertificate({ ...order, key: leader.privateKey });
    const fresh = renewCertificate({ ...order, key: 'p-384' });
    write('same.pem', pem('CERTIFICATE', same.certificateDer));
    write('fresh.pem', pem('CERTIFICATE', fresh.certificateDer));
    expect([verify('same').said, verify('fresh').said]).toEqual(['same.pem: OK\n', 'fresh.pem: OK\n']);
    const [old, one, two] = [leader, same, fresh].map(certificateOf);
    expect([one?.keyBits, two?.subjectName]).toEqual([old?.keyBits, old?.subjectName]);
    expect(two?.keyBits).not.toEqual(old?.keyBits);
    expect([one?.ocspUrls, two?.crlUrls]).toEqual([old?.ocspUrls, old?.crlUrls]);
    expect(new Set([leader, same, fresh].map(serialOf)).size).toBe(3);
    expect(() => renewCertificate({ ...order, key: pki.seal.privateKey })).toThrow('signing.renewal-refused');
  });
});
