import { beforeAll, describe, expect, test } from 'vitest';
import { InstantSchema } from '#shared/kernel/public.ts';
import { fillTextFields, issueCertificate, signField, verifyPdf } from '#shared/node/pdf-signing/public.ts';
import { fieldedPdf } from '../../support/fielded-pdf.ts';
import { signedAt, signingOffice, validFrom, type SigningOffice } from '../../support/signing-office.ts';

let office: SigningOffice;
let signed: Buffer;
beforeAll(async () => {
  office = signingOffice();
  const order = { pdf: fieldedPdf(), field: 'leader', key: office.leader.key, signedAt, signerName: 'An' };
  signed = Buffer.from(await signField(order));
});

function judge(pdf: Uint8Array, at = signedAt): readonly [string, ...(readonly string[])] {
  const { verdict, reasons, signatures } = verifyPdf(pdf, { trust: [office.ca.certificateDer], at });
  return [verdict, ...reasons, ...signatures.flatMap((one) => [one.integrity, ...one.reasons])];
}

/** Adds a revision by hand, as somebody would who has no key. */
function withRevision(objects: Readonly<Record<number, string>>, before = signed, root = 1): Buffer {
  let body = before.toString('latin1');
  const rows: string[] = [];
  for (const [num, value] of Object.entries(objects)) {
    rows.push(`${num} 1\n${String(body.length).padStart(10, '0')} 00000 n \n`);
    body += `${num} 0 obj\n${value}\nendobj\n`;
  }
  const previous = /startxref\s+(\d+)\s+%%EOF\s*$/.exec(before.toString('latin1'))?.[1] ?? '0';
  const id = '/ID [<00112233445566778899aabbccddeeff> <00>]';
  const at = body.length;
  body += `xref\n${rows.join('')}trailer\n<</Size 60 /Root ${root} 0 R ${id} /Prev ${previous}>>\nstartxref\n${at}\n%%EOF\n`;
  return Buffer.from(body, 'latin1');
}

const page =
  '<</Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources <</Font <</LegalFont 6 0 R>>>> /Contents 40 0 R /Annots [12 0 R 13 0 R 14 0 R 15 0 R 16 0 R]>>';
const widget = (value: string, shown: string): string =>
  `<</Type /Annot /Subtype /Widget /FT /Tx /T (number) /F 4 /P 3 0 R /Rect [90 700 150 718] /DA (/LegalFont 13 Tf 0 g) /V (${value}) /AP <</N ${shown} 0 R>>>>`;
const shows = (content: string): string =>
  `<</Type /XObject /Subtype /Form /BBox [0 0 60 18] /Resources <</Font <</LegalFont 6 0 R>>>> /Length ${content.length}>>\nstream\n${content}\nendstream`;

describe('a signed page that somebody changed', () => {
  test('is invalid when one of its bytes is another one', () => {
    const changed = Buffer.from(signed);
    changed[changed.indexOf('/MediaBox [0 0 595') + 15] = 0x34;
    expect(judge(changed)).toEqual(['invalid', 'broken', 'digest-mismatch']);
  });

  test('is invalid when a later revision brings other content', () => {
    const changed = withRevision({ 3: page, 40: '<</Length 0>>\nstream\n\nendstream' });
    expect(judge(changed)[0]).toBe('invalid');
    expect(judge(changed)).toContain('page-content-changed');
  });

  test('is invalid when the leader locked the field that was filled', () => {
    const initials =
      '<</Type /Annot /Subtype /Widget /FT /Sig /T (initials-1) /F 4 /P 3 0 R /Rect [380 200 480 280] /V 41 0 R>>';
    expect(judge(withRevision({ 16: initials, 41: '<</Type /Sig>>' }))).toContain('locked-field-changed');
  });

  test.each([
    [
      'a catalogue that does something on opening',
      {
        1: '<</Type /Catalog /Pages 2 0 R /AcroForm 4 0 R /OpenAction 40 0 R>>',
        40: '<</S /JavaScript /JS (1)>>',
      },
      'catalog-changed',
    ],
    [
      'a note over the page',
      {
        3: page.replace('40 0 R', '5 0 R').replace('16 0 R]', '16 0 R 40 0 R]'),
        40: '<</Type /Annot /Subtype /FreeText /Rect [0 0 500 500]>>',
      },
      'annotations-changed',
    ],
    [
      'a font with other shapes',
      { 7: '<</Type /Font /Subtype /CIDFontType2 /BaseFont /Evil>>' },
      'page-content-changed',
    ],
    [
      'a number that reads otherwise than its value',
      { 12: widget('136', '40'), 40: shows('BT /LegalFont 13 Tf <00140014> Tj ET') },
      'shown-text-differs',
    ],
    [
      'a number that hides a drawing',
      { 12: widget('', '40'), 40: shows('0 0 9 9 re f') },
      'shown-text-differs',
    ],
    [
      'a new text field',
      {
        4: '<</Fields [12 0 R 13 0 R 14 0 R 15 0 R 16 0 R 40 0 R] /SigFlags 3 /DR <</Font <</LegalFont 6 0 R>>>> /DA (/LegalFont 13 Tf 0 g)>>',
        40: '<</FT /Tx /T (more)>>',
      },
      'field-added',
    ],
    [
      'an unsigned field with another look',
      {
        15: '<</Type /Annot /Subtype /Widget /FT /Sig /T (seal) /F 4 /P 3 0 R /Rect [340 200 440 280] /AP <</N 40 0 R>>>>',
        40: shows('0 0 9 9 re f'),
      },
      'signature-not-new',
    ],
  ])('is not valid after %s', (_what, objects, reason) => {
    const found = judge(withRevision(objects));
    expect(found[0]).not.toBe('valid');
    expect(found).toContain('broken');
    expect(found).toContain(reason);
  });

  test('is as it was when its catalogue only moved, and not when it moved and differs', () => {
    const catalog = '<</Type /Catalog /Pages 2 0 R /AcroForm 4 0 R>>';
    expect(judge(withRevision({ 40: catalog }, signed, 40))).toEqual(['valid', 'allowed-changes']);
    const opening = catalog.replace('>>', ' /OpenAction <</S /JavaScript /JS (1)>>>>');
    expect(judge(withRevision({ 40: opening }, signed, 40))).toContain('catalog-changed');
    const pages = { 40: catalog.replace('2 0', '41 0'), 41: '<</Type /Pages /Kids [3 0 R] /Count 1>>' };
    expect(judge(withRevision(pages, signed, 40))).toContain('pages-changed');
    // A number that was in use had a meaning of its own.
    expect(judge(withRevision({ 11: catalog }, signed, 11))).toContain('trailer-changed');
  });

  test('is not valid when bytes hang on that no revision owns', () => {
    const hanging = Buffer.concat([signed, Buffer.from('40 0 obj\n<</Type /Page>>\nendobj\n')]);
    expect(judge(hanging)).toEqual(['indeterminate', 'broken', 'bytes-after-signature']);
  });

  test('is invalid when a signature is taken out again', () => {
    const empty =
      '<</Type /Annot /Subtype /Widget /FT /Sig /T (leader) /F 4 /P 3 0 R /Rect [300 200 400 280]>>';
    const found = judge(withRevision({ 14: empty }));
    expect(found[0]).toBe('invalid');
    expect(found).toContain('signature-removed');
  });

  test('is unreadable, and says so at once, when its revisions run in a circle', () => {
    const text = signed.toString('latin1');
    const at = text.lastIndexOf('xref\n', text.lastIndexOf('startxref') - 1);
    const turned = `${text}xref\n0 0\ntrailer\n<</Size 60 /Root 1 0 R /Prev ${text.length}>>\nstartxref\n${text.length}\n%%EOF\n`;
    expect(at).toBeGreaterThan(0);
    expect(judge(Buffer.from(turned, 'latin1'))).toEqual(['indeterminate', 'pdf-xref']);
  });
});

describe('trust', () => {
  test('needs a root that is trusted, a certificate in its time and strong arithmetic', () => {
    expect(verifyPdf(signed, { trust: [], at: signedAt }).signatures[0]?.trust).toBe('unknown');
    const stranger = signingOffice().ca.certificateDer;
    expect(verifyPdf(signed, { trust: [stranger], at: signedAt }).signatures[0]?.trust).toBe('untrusted');
    expect(judge(signed, InstantSchema.parse('2030-06-01T00:00:00.000Z'))).toEqual([
      'indeterminate',
      'intact',
      'expired',
    ]);
  });

  test('is not lent by a certificate that may not issue others', async () => {
    const { certificateDer, key } = office.officer;
    const posing = { ...office.ca, certificateDer };
    const below = issueCertificate({
      ca: posing,
      commonName: 'Giả',
      organisation: 'X',
      role: 'person',
      validFrom,
      years: 1,
    });
    const chained = { ...below.key, chain: [key.certificate] };
    const pdf = await signField({
      pdf: fieldedPdf(),
      field: 'leader',
      key: chained,
      signedAt,
      signerName: 'Giả',
    });
    expect(judge(pdf)).toEqual(['indeterminate', 'intact', 'no-path-to-trust']);
  });

  test('a file without signatures is unsigned, and other files cannot be judged', () => {
    expect(judge(fieldedPdf())).toEqual(['unsigned']);
    expect(judge(Buffer.from('%PDF-1.7 nothing'))).toEqual(['indeterminate', 'pdf-xref']);
    expect(judge(new Uint8Array())).toEqual(['indeterminate', 'pdf-unreadable']);
  });
});

describe('after the seal', () => {
  test('filling the number again is invalid for the seal', async () => {
    const order = {
      pdf: fillTextFields({ pdf: signed, values: { number: '136' } }),
      field: 'seal',
      key: office.seal.key,
    };
    const sealed = Buffer.from(await signField({ ...order, signedAt, signerName: 'Dấu' }));
    const found = judge(withRevision({ 12: widget('', '50'), 50: shows('') }, sealed));
    expect(found[0]).toBe('invalid');
    expect(found).toContain('changed-after-closing');
  });
});
