import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { AppError } from '#shared/kernel/public.ts';
import {
  type Evidence,
  addDss,
  fillTextFields,
  gatherEvidence,
  signField,
  verifyPdf,
} from '#shared/node/pdf-signing/public.ts';
import { noEvidence } from '#shared/node/pdf-signing/evidence/evidence.ts';
import { catalogOf, openPdf, type PdfView } from '#shared/node/pdf-signing/pdf/document.ts';
import { decodeStream } from '#shared/node/pdf-signing/pdf/filters.ts';
import { isArray, isDict, isStream, type PdfValue } from '#shared/node/pdf-signing/pdf/values.ts';
import { corpusPath } from '../../support/corpus.ts';
import { fieldedPdf } from '../../support/fielded-pdf.ts';
import { askLoopback } from '../../support/pki/ask-loopback.ts';
import { chainOf, today, type OfficePki } from '../../support/pki/office-pki.ts';
import { startResponder, type LoopbackResponder } from '../../support/pki/responder.ts';

let folder = '';
let responder: LoopbackResponder;
let pki: OfficePki;
const proofs: Record<'leader' | 'seal', Evidence> = { leader: noEvidence, seal: noEvidence };

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'antin-dss-'));
  responder = await startResponder();
  pki = responder.pki;
  for (const who of ['leader', 'seal'] as const) {
    const { evidence } = await gatherEvidence({ chain: chainOf(pki, pki[who]), ask: askLoopback, at: today });
    proofs[who] = evidence;
  }
});
afterAll(async () => {
  await responder.close();
  rmSync(folder, { recursive: true, force: true });
});

function sign(pdf: Uint8Array, who: 'leader' | 'seal'): Promise<Uint8Array> {
  return signField({ pdf, field: who, key: pki[who].key, signedAt: today, signerName: who });
}

function prove(pdf: Uint8Array, ...who: readonly ('leader' | 'seal')[]): Uint8Array {
  const evidence = who.map((field) => ({ field, evidence: proofs[field] }));
  return addDss({ pdf, evidence, at: today });
}

function integrities(pdf: Uint8Array): readonly string[] {
  const report = verifyPdf(pdf, { trust: [pki.root.certificateDer], at: today });
  expect(report.reasons).toEqual([]);
  return report.signatures.map(({ field, integrity }) => `${field} ${integrity}`);
}

function qpdf(pdf: Uint8Array): string {
  const path = join(folder, 'x.pdf');
  writeFileSync(path, pdf);
  return execFileSync('qpdf', ['--check', path], { encoding: 'utf8' });
}

/** What stands in a list of the validation data, as hashes of the streams' content. */
function listed(pdf: Uint8Array, ...path: readonly string[]): readonly string[] {
  const view = openPdf(pdf).latest;
  const list = path.reduce<PdfValue>(
    (value, key) => under(view, value, key),
    under(view, catalogOf(view), 'DSS'),
  );
  const items = isArray(list) ? list.items : [];
  return items.map((item) => {
    const stream = view.resolve(item);
    return isStream(stream) ? createHash('sha256').update(decodeStream(stream)).digest('hex') : '';
  });
}

function under(view: PdfView, value: PdfValue, key: string): PdfValue {
  return isDict(value) ? view.resolve(value.entries.get(key)) : null;
}

function keys(pdf: Uint8Array): readonly string[] {
  const view = openPdf(pdf).latest;
  const vri = under(view, under(view, catalogOf(view), 'DSS'), 'VRI');
  return isDict(vri) ? [...vri.entries.keys()] : [];
}

describe('what proves the signatures, kept in the file', () => {
  test.each(['table', 'stream'] as const)('leaves every signature as it was (%s)', async (xref) => {
    const signed = await sign(fieldedPdf({ xref }), 'leader');
    const proven = prove(signed, 'leader');
    expect(Buffer.from(proven.subarray(0, signed.length)).equals(Buffer.from(signed))).toBe(true);
    expect(integrities(proven)).toEqual(['leader allowed-changes']);
    expect(qpdf(proven)).toContain('No syntax or stream encoding errors');
    expect(listed(proven, 'Certs')).toHaveLength(5);
    expect(listed(proven, 'OCSPs')).toHaveLength(2);
    expect(listed(proven, 'CRLs')).toHaveLength(0);
  });

  test('is found under the hash of the signature with its padding', async () => {
    const proven = prove(await sign(fieldedPdf(), 'leader'), 'leader');
    const hex = /\/Contents <([0-9a-f]+)>/.exec(Buffer.from(proven).toString('latin1'))?.[1] ?? '';
    const key = createHash('sha1').update(Buffer.from(hex, 'hex')).digest('hex').toUpperCase();
    expect(keys(proven)).toEqual([key]);
    expect(listed(proven, 'VRI', key, 'OCSP')).toEqual(listed(proven, 'OCSPs'));
  });

  test('grows through number, date and a closing seal, with nothing twice and nothing taken away', async () => {
    const first = prove(await sign(fieldedPdf(), 'leader'), 'leader');
    const filled = fillTextFields({
      pdf: first,
      values: { number: '136', date: 'ngày 23 tháng 11 năm 2026' },
    });
    const sealed = await sign(filled, 'seal');
    const proven = prove(sealed, 'leader', 'seal');
    expect(integrities(proven)).toEqual(['leader allowed-changes', 'seal allowed-changes']);
    expect(qpdf(proven)).toContain('No syntax or stream encoding errors');
    for (const list of ['Certs', 'OCSPs'] as const) {
      const [before, after] = [listed(first, list), listed(proven, list)];
      expect(after.slice(0, before.length)).toEqual(before);
      expect(new Set(after).size).toBe(after.length);
    }
    // The seal's own certificate and two answers more: the issuers and responders are there already.
    expect(listed(proven, 'Certs')).toHaveLength(6);
    expect(listed(proven, 'OCSPs')).toHaveLength(4);
    expect(keys(proven).slice(0, 1)).toEqual(keys(first));
    expect(keys(proven)).toHaveLength(2);
    expect(Buffer.from(prove(proven, 'leader', 'seal')).equals(Buffer.from(proven))).toBe(true);
  });

  test('joins the lists, and not what was said before, when there is more to say of the same signature', async () => {
    const first = prove(await sign(fieldedPdf(), 'leader'), 'leader');
    const more = addDss({ pdf: first, evidence: [{ field: 'leader', evidence: proofs.seal }], at: today });
    const [key = ''] = keys(first);
    expect(listed(more, 'OCSPs')).toHaveLength(4);
    expect(listed(more, 'VRI', key, 'OCSP')).toEqual(listed(first, 'VRI', key, 'OCSP'));
    expect(integrities(more)).toEqual(['leader allowed-changes']);
  });

  test('is refused for a field that nobody has signed', () => {
    expect(() => prove(fieldedPdf(), 'leader')).toThrow(AppError);
  });

  test('can be added to files of others without harming their signatures', () => {
    const rows = readFileSync(corpusPath('signatures', 'verdicts.tsv'), 'utf8').trim().split('\n').slice(1);
    let added = 0;
    for (const row of rows) {
      const [file = '', field = '', use = ''] = row.split('\t');
      if (use !== 'must_accept' || field === '') continue;
      const pdf = readFileSync(corpusPath('signatures', ...file.split('/')));
      const before = verifyPdf(pdf, { trust: [], at: today });
      const wasBroken = before.signatures.some(({ integrity }) => integrity === 'broken');
      if (before.verdict !== 'indeterminate' || wasBroken) continue;
      try {
        const proven = addDss({ pdf, evidence: [{ field, evidence: proofs.leader }], at: today });
        const { signatures } = verifyPdf(proven, { trust: [], at: today });
        expect(signatures.filter(({ integrity }) => integrity === 'broken')).toEqual([]);
        added += 1;
      } catch (error) {
        // Where a later change is not to be had at all (a file locked for good), nothing is handed out.
        expect(error).toBeInstanceOf(AppError);
      }
    }
    expect(added).toBeGreaterThan(60);
  });
});
