import { describe, expect, test } from 'vitest';
import { signField, verifyPdf } from '#shared/node/pdf-signing/public.ts';
import { fieldedPdf } from '../../support/fielded-pdf.ts';
import { signedAt, signingOffice } from '../../support/signing-office.ts';
import { refusalOf } from '../../support/store.ts';

const office = signingOffice();

/** The office's page whose catalogue says more, and a list in an object of its own that names the page. */
function withList(catalog: string): Buffer {
  const before = Buffer.from(fieldedPdf()).toString('latin1');
  const form = /\/AcroForm 4 0 R/.exec(before)?.[0] ?? '';
  const objects = [
    `1 0 obj\n<</Type /Catalog /Pages 2 0 R ${form} ${catalog}>>\nendobj\n`,
    '50 0 obj\n[3 0 R /Fit]\nendobj\n',
  ];
  let body = before;
  const rows = objects.map((object) => {
    const row = `${object.split(' ', 1)[0] ?? ''} 1\n${String(body.length).padStart(10, '0')} 00000 n \n`;
    body += object;
    return row;
  });
  const previous = /startxref\s+(\d+)\s+%%EOF\s*$/.exec(before)?.[1] ?? '0';
  const at = body.length;
  body += `xref\n${rows.join('')}trailer\n<</Size 51 /Root 1 0 R /Prev ${previous}>>\nstartxref\n${at}\n%%EOF\n`;
  return Buffer.from(body, 'latin1');
}

/** Two signatures, each adding a field of its own to the page. */
async function twice(pdf: Uint8Array): Promise<Uint8Array> {
  const order = { signedAt, signerName: 'Ấn', createField: true } as const;
  const once = await signField({ ...order, pdf, field: 'a', key: office.leader.key });
  return signField({ ...order, pdf: once, field: 'b', key: office.seal.key });
}

describe('a list of its own that points at a page', () => {
  test('of places to go to does not make the page something else', async () => {
    const pdf = await twice(withList('/Names <</Dests <</Names [(trang) 50 0 R]>>>>'));
    const { signatures } = verifyPdf(pdf, { trust: [office.ca.certificateDer], at: signedAt });
    expect(signatures.map(({ field, integrity }) => `${field} ${integrity}`)).toEqual([
      'a allowed-changes',
      'b intact',
    ]);
  });

  test('that is also used for what nobody knows is not explained away', async () => {
    const catalog = '/Names <</Dests <</Names [(trang) 50 0 R]>>>>';
    for (const both of [`${catalog} /La 50 0 R`, `/La 50 0 R ${catalog}`]) {
      expect(await refusalOf(() => twice(withList(both)))).toBe('signing.own-check-failed');
    }
  });
});
