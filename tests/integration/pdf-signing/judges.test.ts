import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fillTextFields, signField, verifyPdf } from '#shared/node/pdf-signing/public.ts';
import { dateLine, sealImage, signatureImage, typeset } from '#shared/node/typesetting/public.ts';
import { DaySchema } from '#shared/kernel/public.ts';
import { aDraft } from '../../support/drafts.ts';
import { pem } from '../../support/pem.ts';
import { signedAt, signingOffice, type SigningOffice } from '../../support/signing-office.ts';

let folder = '';
let office: SigningOffice;
let pdf: Uint8Array;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'antin-ky-'));
  office = signingOffice();
  const base = await typeset(aDraft(), { frozenAt: signedAt, fields: { initials: 1 } });
  const by = { signedAt, signerName: 'Trần Thị Tín' } as const;
  const initialled = await signField({ ...by, pdf: base.pdf, field: 'initials-1', key: office.officer.key });
  const png = signatureImage('Nguyễn Văn Ấn');
  const signed = await signField({
    ...by,
    pdf: initialled,
    field: 'leader',
    key: office.leader.key,
    appearance: { png },
  });
  const values = { number: '136', date: dateLine(DaySchema.parse('2026-11-23')) };
  const numbered = fillTextFields({ pdf: signed, values });
  const stamp = sealImage('UBND tỉnh Đồng Nai');
  pdf = await signField({
    ...by,
    pdf: numbered,
    field: 'seal',
    key: office.seal.key,
    appearance: { png: stamp },
  });
  writeFileSync(join(folder, 'van-ban.pdf'), pdf);
  writeFileSync(join(folder, 'root.pem'), pem('CERTIFICATE', office.ca.certificateDer));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function judge(program: string, ...args: readonly string[]): string {
  return execFileSync(program, args, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}

describe('a document set, initialled, signed, numbered and sealed here', () => {
  test('is valid to us in all three signatures', () => {
    const report = verifyPdf(pdf, { trust: [office.ca.certificateDer], at: signedAt });
    expect([report.verdict, ...report.signatures.map((one) => `${one.field} ${one.integrity}`)]).toEqual([
      'valid',
      'initials-1 allowed-changes',
      'leader allowed-changes',
      'seal intact',
    ]);
  });

  test('is without fault to qpdf', () => {
    expect(judge('qpdf', '--check', 'van-ban.pdf')).toContain('No syntax or stream encoding errors');
  });

  test('shows its number and date to anybody who reads the page', () => {
    const words = judge('pdftotext', '-layout', 'van-ban.pdf', '-').normalize('NFC');
    expect(words).toContain('136');
    expect(words).toContain('ngày 23 tháng 11 năm 2026');
  });

  test('has three valid signatures of trusted certificates to pdfsig', () => {
    judge('certutil', '-N', '-d', 'sql:.', '--empty-password');
    judge('certutil', '-A', '-d', 'sql:.', '-n', 'root', '-t', 'C,C,C', '-i', 'root.pem');
    const said = judge('pdfsig', '-nssdir', `sql:${folder}`, 'van-ban.pdf');
    expect(said.match(/Signature is Valid/g)).toHaveLength(3);
    expect(said.match(/Certificate is Trusted/g)).toHaveLength(3);
    expect(said).toContain('Total document signed');
  });

  test('carries CAdES signatures that openssl verifies to our root', () => {
    const ranges = [
      ...Buffer.from(pdf)
        .toString('latin1')
        .matchAll(/\/ByteRange \[0 (\d+) (\d+) (\d+)\]/g),
    ];
    expect(ranges).toHaveLength(3);
    for (const range of ranges) {
      const [end = 0, next = 0, rest = 0] = range.slice(1).map(Number);
      const signature = Buffer.from(Buffer.from(pdf.subarray(end + 1, next - 1)).toString('latin1'), 'hex');
      writeFileSync(
        join(folder, 'x.bin'),
        Buffer.concat([pdf.subarray(0, end), pdf.subarray(next, next + rest)]),
      );
      writeFileSync(join(folder, 'x.der'), signature.subarray(0, 4 + signature.readUInt16BE(2)));
      const verify =
        'cms -verify -binary -cades -inform DER -in x.der -content x.bin -CAfile root.pem -purpose any';
      judge('openssl', ...verify.split(' '), '-attime', `${Date.parse(signedAt) / 1000}`, '-out', 'x.out');
      const parts = judge('openssl', ...'cms -cmsout -print -inform DER -in x.der'.split(' '));
      expect(parts).not.toContain('signingTime');
    }
  });
});
