import { beforeAll, expect, test } from 'vitest';
import { addDss, signField, verifyPdf } from '#shared/node/pdf-signing/public.ts';
import { noEvidence } from '#shared/node/pdf-signing/evidence/evidence.ts';
import { fieldedPdf } from '../../support/fielded-pdf.ts';
import { ocspAnswer } from '../../support/pki/responder.ts';
import { certificateOf, officePki, today, type OfficePki } from '../../support/pki/office-pki.ts';
import { writeOcspRequest } from '#shared/node/pdf-signing/evidence/ocsp-request.ts';

let pki: OfficePki;
beforeAll(() => {
  pki = officePki('http://127.0.0.1:9');
});

test('a file that carries hundreds of answers is judged in time, or not at all', async () => {
  const { key } = pki.leader;
  const pdf = await signField({ pdf: fieldedPdf(), field: 'leader', key, signedAt: today, signerName: 'Ấn' });
  const pair = { certificate: certificateOf(pki.leader), issuer: certificateOf(pki.issuing) };
  const ocsps = Array.from({ length: 180 }, (_, i) =>
    ocspAnswer(pki, {
      level: 'issuing',
      body: writeOcspRequest({ ...pair, nonce: Buffer.alloc(32, i) }),
      fault: null,
    }),
  );
  const full = addDss({
    pdf,
    evidence: [{ field: 'leader', evidence: { ...noEvidence, ocsps } }],
    at: today,
  });
  const start = performance.now();
  const { signatures } = verifyPdf(full, { trust: [pki.root.certificateDer], at: today });
  expect(performance.now() - start).toBeLessThan(2000);
  // Nothing speaks of the issuing level.
  expect(signatures[0]).toMatchObject({ integrity: 'allowed-changes', trust: 'unknown' });
});
