import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { instantFrom } from '#shared/kernel/public.ts';
import { verifyPdf } from '#shared/node/pdf-signing/public.ts';
import { newBudget } from '#shared/node/pdf-signing/pdf/budget.ts';
import { openPdf } from '#shared/node/pdf-signing/pdf/document.ts';
import { sameBytes } from '#shared/node/pdf-signing/pki/certificate.ts';
import { evidenceIn, type KnownEvidence } from '#shared/node/pdf-signing/verify/known-evidence.ts';
import { signaturesIn } from '#shared/node/pdf-signing/verify/signature-facts.ts';
import { corpusPath } from '../../support/corpus.ts';

const dayMs = 86_400_000;

type Opened = Readonly<{ bytes: Uint8Array; evidence: KnownEvidence | null; said: readonly string[] }>;

/** Judges a file a day after its last time-stamp, trusting the roots that it carries itself. */
function judged(...path: readonly string[]): Opened {
  const bytes = readFileSync(corpusPath('signatures', ...path));
  const file = openPdf(bytes);
  const evidence = evidenceIn(file.latest, newBudget());
  const facts = signaturesIn(file);
  const all = [
    ...(evidence?.certificates ?? []),
    ...facts.flatMap(({ proof }) => [...proof.certificates, ...(proof.token?.certificates ?? [])]),
  ];
  const trust = all
    .filter(({ subjectName, issuerName }) => sameBytes(subjectName, issuerName))
    .map(({ der }) => der);
  const lastMs = Math.max(...facts.map(({ proof }) => proof.token?.genTimeMs ?? 0));
  const report = verifyPdf(bytes, { trust, at: instantFrom(lastMs + dayMs) });
  const said = report.signatures.map(({ level, verdict, reasons }) => [level, verdict, ...reasons].join(' '));
  return { bytes, evidence, said };
}

describe('proofs that others put into their files', () => {
  test.each([
    ['pyhanko/94ba6ed465c5e5aad173c0fe.pdf', ['B-LT valid', 'B-LT valid']],
    ['pyhanko/d0123155dd4954cf44808535.pdf', ['B-LTA valid', 'DocTimeStamp valid']],
    ['dss/validation/pades-ocsp-sign-cert.pdf', ['B-LTA valid', 'DocTimeStamp valid']],
  ])('are enough for a verdict without any network (%s)', (file, expected) => {
    expect(judged(...file.split('/')).said).toEqual(expected);
  });

  test('are read when a responder wrote its nonce bare, and still lack what they lack', () => {
    const { evidence, said } = judged('dss', 'validation', 'belgian_pki_multiple_ocsps_lt.pdf');
    expect(evidence?.ocsps).toHaveLength(2);
    // Nothing says whether the time-stamper's own issuer was revoked.
    expect(said).toEqual(['B-T indeterminate no-revocation-data timestamp-no-revocation-data']);
  });

  test('do not make up for an algorithm that is given up', () => {
    const { said } = judged(
      'dss',
      'validation',
      'dss-1696',
      'Test.signed_Certipost-2048-SHA512.extended.extended-2019-07-02.pdf',
    );
    expect(said[0]).toMatch(/^B-LTA indeterminate weak-algorithm/);
  });
});
