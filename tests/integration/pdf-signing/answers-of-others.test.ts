import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { InstantSchema } from '#shared/kernel/public.ts';
import { checkCrl } from '#shared/node/pdf-signing/evidence/check-crl.ts';
import { checkOcsp } from '#shared/node/pdf-signing/evidence/check-ocsp.ts';
import { readCrl, statusInCrl } from '#shared/node/pdf-signing/evidence/crl.ts';
import { writeOcspRequest } from '#shared/node/pdf-signing/evidence/ocsp-request.ts';
import { pem } from '../../support/pem.ts';
import { certificateOf, officePki, serialOf, type OfficePki } from '../../support/pki/office-pki.ts';

let folder = '';
let pki: OfficePki;
// The other program answers by the clock of the machine.
const now = () => InstantSchema.parse(new Date().toISOString());

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'antin-khac-'));
  pki = officePki();
  const key = pki.issuing.privateKey.export({ type: 'pkcs8', format: 'pem' });
  const row = (who: 'leader' | 'revoked', state: string) =>
    `${state}\t${serialOf(pki[who]).toUpperCase()}\tunknown\t/CN=${who}\n`;
  const rows = [
    row('leader', 'V\t290101000000Z\t'),
    row('revoked', 'R\t290101000000Z\t261001020000Z,keyCompromise'),
  ];
  writeFileSync(join(folder, 'issuing.key'), key);
  writeFileSync(join(folder, 'issuing.pem'), pem('CERTIFICATE', pki.issuing.certificateDer));
  writeFileSync(join(folder, 'index.txt'), rows.join(''));
  writeFileSync(join(folder, 'number'), '0A\n');
  writeFileSync(
    join(folder, 'ca.cnf'),
    '[ca]\ndefault_ca=d\n[d]\ndatabase=index.txt\ncrlnumber=number\ncrl_extensions=e\n[e]\nauthorityKeyIdentifier=keyid\n',
  );
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function openssl(command: string): void {
  execFileSync('openssl', command.split(' '), { cwd: folder, stdio: 'pipe' });
}

describe('what another program answers', () => {
  test.each([
    ['leader', { status: 'good' }],
    ['revoked', { status: 'revoked', at: '2026-10-01T02:00:00.000Z', reason: 'key-compromise' }],
    ['seal', { status: 'unknown' }],
  ] as const)('to our question is understood (%s)', (who, answer) => {
    const issuer = certificateOf(pki.issuing);
    const question = { certificate: certificateOf(pki[who]), issuer, nonce: Buffer.alloc(32, 9) };
    writeFileSync(join(folder, 'request.der'), writeOcspRequest(question));
    const signer = '-CA issuing.pem -rsigner issuing.pem -rkey issuing.key';
    openssl(`ocsp -index index.txt ${signer} -reqin request.der -respout reply.der -nmin 60`);
    const reply = readFileSync(join(folder, 'reply.der'));
    expect(checkOcsp(reply, { ...question, at: now() })).toMatchObject({ fault: null, answer });
    const another = { ...question, nonce: Buffer.alloc(32, 8) };
    expect(checkOcsp(reply, { ...another, at: now() })).toEqual({ fault: 'ocsp-of-another-request' });
  });

  test('as a revocation list is understood', () => {
    const signer = '-cert issuing.pem -keyfile issuing.key -md sha384';
    openssl(`ca -gencrl -config ca.cnf ${signer} -crldays 1 -out list.pem`);
    openssl('crl -in list.pem -outform DER -out list.der');
    const list = readCrl(readFileSync(join(folder, 'list.der')));
    expect(checkCrl(list, { issuer: certificateOf(pki.issuing), at: now() })).toBeNull();
    expect(statusInCrl(list, certificateOf(pki.leader))).toEqual({ status: 'good' });
    expect(statusInCrl(list, certificateOf(pki.revoked))).toEqual({
      status: 'revoked',
      at: '2026-10-01T02:00:00.000Z',
      reason: 'key-compromise',
    });
  });
});
