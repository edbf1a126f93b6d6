import { deflateSync, crc32 } from 'node:zlib';
import { beforeAll, describe, expect, test } from 'vitest';
import { AppError } from '#shared/kernel/public.ts';
import { fillTextFields, readCertificate, signField, verifyPdf } from '#shared/node/pdf-signing/public.ts';
import { fieldedPdf } from '../../support/fielded-pdf.ts';
import { signedAt, signingOffice, type SigningOffice } from '../../support/signing-office.ts';

let office: SigningOffice;
let trust: readonly Uint8Array[];
beforeAll(() => {
  office = signingOffice();
  trust = [office.ca.certificateDer];
});

const filled = { number: '136', date: 'ngày 23 tháng 11 năm 2026' };

function bySigner(pdf: Uint8Array, field: string, who: 'leader' | 'officer' | 'seal'): Promise<Uint8Array> {
  return signField({ pdf, field, key: office[who].key, signedAt, signerName: who });
}

async function issued(xref: 'table' | 'stream'): Promise<Uint8Array> {
  const initialled = await bySigner(fieldedPdf({ xref }), 'initials-1', 'officer');
  const signed = await bySigner(initialled, 'leader', 'leader');
  return bySigner(fillTextFields({ pdf: signed, values: filled }), 'seal', 'seal');
}

function judged(pdf: Uint8Array): readonly unknown[] {
  const report = verifyPdf(pdf, { trust, at: signedAt });
  return [
    report.verdict,
    ...report.signatures.map((one) => [one.field, one.integrity, one.verdict, ...one.reasons]),
  ];
}

async function refusal(act: () => unknown): Promise<string> {
  try {
    await act();
  } catch (error) {
    if (error instanceof AppError) return error.code;
    throw error;
  }
  return 'no refusal';
}

describe('a document on its way', () => {
  test.each(['table', 'stream'] as const)(
    'keeps every signature valid through number, date and seal (%s)',
    async (xref) => {
      expect(judged(await issued(xref))).toEqual([
        'valid',
        ['initials-1', 'allowed-changes', 'valid'],
        ['leader', 'allowed-changes', 'valid'],
        ['seal', 'intact', 'valid'],
      ]);
    },
  );

  test('has its earlier bytes as the exact beginning of the later ones', async () => {
    const before = fieldedPdf();
    const after = await bySigner(before, 'leader', 'leader');
    expect(Buffer.from(after.subarray(0, before.length)).equals(Buffer.from(before))).toBe(true);
  });

  test('reports who signed, as what, when, and at which level', async () => {
    const pdf = await bySigner(fieldedPdf(), 'leader', 'leader');
    const { signatures } = verifyPdf(pdf, { trust, at: signedAt });
    expect(signatures).toEqual([
      {
        field: 'leader',
        signer: 'Nguyễn Văn Ấn',
        role: 'leader',
        level: 'B-B',
        signedAt,
        timestamp: null,
        timestampBy: null,
        provenAt: null,
        coversWholeFile: true,
        integrity: 'intact',
        trust: 'trusted',
        verdict: 'valid',
        reasons: [],
        indication: 'TOTAL-PASSED',
        subIndication: null,
        certificate: {
          issuer: readCertificate(office.ca.certificateDer).commonName,
          organization: 'UBND tỉnh Đồng Nai',
          serial: expect.stringMatching(/^[0-9a-f]{16,}$/),
          validFrom: '2026-01-01T00:00:00.000Z',
          validTo: expect.stringMatching(/^2028-12-31/),
        },
        revision: 1,
        signedBytes: pdf.length,
        changesAfter: [],
      },
    ]);
  });

  test('tells what came after each signature, in its own words', async () => {
    const signed = await bySigner(fieldedPdf(), 'leader', 'leader');
    const filled = fillTextFields({ pdf: signed, values: { number: '136' } });
    const sealed = await bySigner(filled, 'seal', 'seal');
    const { signatures } = verifyPdf(sealed, { trust, at: signedAt });
    expect(signatures[0]?.changesAfter).toEqual([
      { kind: 'field-filled', field: 'number', text: '136' },
      { kind: 'signature-added', field: 'seal', text: null },
    ]);
    expect(Buffer.from(sealed.subarray(0, signatures[0]?.signedBytes ?? 0)).equals(Buffer.from(signed))).toBe(
      true,
    );
  });

  test('can be signed without fields of its own, in a field that is added unseen', async () => {
    const first = await signField({
      pdf: fieldedPdf(),
      field: 'copy',
      key: office.seal.key,
      signedAt,
      signerName: 'Văn thư',
      createField: true,
    });
    expect(judged(first)).toEqual(['valid', ['copy', 'intact', 'valid']]);
  });

  test('shows a picture in the field and lines in the embedded font', async () => {
    const withPicture = await signField({
      pdf: fieldedPdf(),
      field: 'leader',
      key: office.leader.key,
      signedAt,
      signerName: 'Nguyễn Văn Ấn',
      appearance: { png: onePixel(), lines: ['23/11/2026 08:20:00 +07:00'] },
    });
    expect(judged(withPicture)).toEqual(['valid', ['leader', 'intact', 'valid']]);
    expect(Buffer.from(withPicture).includes('/SMask')).toBe(true);
  });
});

describe('a refusal', () => {
  test('says which field is missing, taken, locked, or too narrow for the text', async () => {
    const sealed = await issued('table');
    const base = fieldedPdf();
    expect([
      await refusal(() => bySigner(base, 'nobody', 'leader')),
      await refusal(() => bySigner(base, 'number', 'leader')),
      await refusal(() => bySigner(sealed, 'leader', 'leader')),
      await refusal(() => fillTextFields({ pdf: sealed, values: { number: '137' } })),
      await refusal(() => fillTextFields({ pdf: base, values: { leader: 'x' } })),
      await refusal(() => fillTextFields({ pdf: base, values: { number: '1'.repeat(40) } })),
      await refusal(() => fillTextFields({ pdf: base, values: { number: '漢' } })),
      await refusal(() => bySigner(Buffer.from('not a pdf'), 'leader', 'leader')),
    ]).toEqual([
      'signing.no-such-field',
      'signing.no-such-field',
      'signing.field-already-signed',
      'signing.field-locked',
      'signing.not-a-text-field',
      'signing.text-too-wide',
      'signing.letter-missing',
      'signing.unreadable-pdf',
    ]);
  });
});

/** One transparent red pixel. */
function onePixel(): Uint8Array {
  const chunk = (type: string, body: Buffer): Buffer => {
    const head = Buffer.alloc(4);
    head.writeUInt32BE(body.length);
    const named = Buffer.concat([Buffer.from(type, 'latin1'), body]);
    const check = Buffer.alloc(4);
    check.writeUInt32BE(crc32(named));
    return Buffer.concat([head, named, check]);
  };
  const header = Buffer.from('00000001000000010806000000', 'hex');
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.from([0, 255, 0, 0, 128]))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}
