import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type Gathered, gatherEvidence } from '#shared/node/pdf-signing/public.ts';
import { askLoopback } from '../../support/pki/ask-loopback.ts';
import { certificateOf, chainOf, revokedAt, today, type OfficePki } from '../../support/pki/office-pki.ts';
import { startResponder, type LoopbackResponder, type ResponderFault } from '../../support/pki/responder.ts';

let responder: LoopbackResponder;
let pki: OfficePki;
beforeAll(async () => {
  responder = await startResponder();
  pki = responder.pki;
});
afterEach(() => {
  responder.break('ocsp', null);
  responder.break('crl', null);
});
afterAll(() => responder.close());

function gather(who: 'leader' | 'revoked' | 'officerOnP256'): Promise<Gathered> {
  return gatherEvidence({ chain: chainOf(pki, pki[who]), ask: askLoopback, at: today });
}

function told({ found, missing, evidence }: Gathered): unknown {
  return {
    found: found.map(({ certificate, from, answer }) => [certificate.commonName, from, answer.status]),
    missing: missing.map(({ certificate, reasons }) => [certificate.commonName, ...reasons]),
    kept: [evidence.certificates.length, evidence.ocsps.length, evidence.crls.length],
  };
}

const issuingName = 'UBND tỉnh Đồng Nai Issuing';
const leaderName = 'Nguyễn Văn Ấn';

describe('what proves a signature', () => {
  test('is asked of the OCSP responders of every level, and their certificates are kept', async () => {
    expect(told(await gather('leader'))).toEqual({
      found: [
        [leaderName, 'ocsp', 'good'],
        [issuingName, 'ocsp', 'good'],
      ],
      missing: [],
      kept: [5, 2, 0],
    });
  });

  test('tells of a revoked certificate when and why', async () => {
    const { found } = await gather('revoked');
    expect(found[0]?.answer).toEqual({ status: 'revoked', at: revokedAt, reason: 'key-compromise' });
  });

  test.each([
    'stale',
    'wrong-signer',
    'unauthorised-signer',
    'unknown',
    'replayed-nonce',
    'wrong-serial',
    'try-later',
    'oversized',
    'rubbish',
    'silent',
  ] as const satisfies readonly ResponderFault[])(
    'comes from the revocation lists when the responder goes wrong (%s)',
    async (fault) => {
      responder.break('ocsp', fault);
      expect(told(await gather('officerOnP256'))).toEqual({
        found: [
          ['Trần Thị Tín', 'crl', 'good'],
          [issuingName, 'crl', 'good'],
        ],
        missing: [],
        kept: [3, 0, 2],
      });
      const { found } = await gather('revoked');
      expect(found[0]).toMatchObject({ from: 'crl', answer: { status: 'revoked', at: revokedAt } });
    },
  );

  test.each([
    ['stale', 'crl-stale'],
    ['wrong-signer', 'crl-signature-wrong'],
    ['rubbish', 'crl-malformed'],
    ['silent', 'crl-unreachable'],
  ] as const)('is missing, with every reason, when the lists go wrong too (%s)', async (fault, reason) => {
    responder.break('ocsp', 'try-later');
    responder.break('crl', fault);
    expect(told(await gather('leader'))).toEqual({
      found: [],
      missing: [
        [leaderName, 'ocsp-try-later', reason],
        [issuingName, 'ocsp-try-later', reason],
      ],
      kept: [3, 0, 0],
    });
  });

  test('counts a responder that may be revoked only once a list clears it, and keeps the list', async () => {
    responder.break('ocsp', 'revocable-signer');
    const chain = chainOf(pki, pki.leader);
    expect(told(await gatherEvidence({ chain, ask: askLoopback, at: today }))).toMatchObject({
      found: [
        [leaderName, 'ocsp', 'good'],
        [issuingName, 'crl', 'good'],
      ],
      kept: [4, 1, 2],
    });
    responder.break('crl', 'stale');
    expect(told(await gatherEvidence({ chain, ask: askLoopback, at: today }))).toMatchObject({
      missing: [
        [leaderName, 'ocsp-responder-unproven', 'crl-stale'],
        [issuingName, 'ocsp-responder-unauthorised', 'crl-stale'],
      ],
    });
  });

  test('takes certificates for what they are: crosswise, alone, or not for signing', async () => {
    const read = (certificateDer: Uint8Array) => certificateOf({ certificateDer });
    const [leaf] = chainOf(pki, pki.leader);
    if (leaf === undefined) throw new Error('no chain');
    // The stranger's authority for our issuing level: the same name and key, so that the same answers hold.
    const crosswise = [leaf, read(pki.crossSigned), certificateOf(pki.stranger)];
    const { found, missing } = await gatherEvidence({ chain: crosswise, ask: askLoopback, at: today });
    expect(found.map(({ certificate }) => certificate.commonName)).toEqual([leaderName]);
    expect(missing.map(({ reasons }) => reasons)).toEqual([['names-no-service']]);
    const alone = await gatherEvidence({ chain: [read(pki.selfSigned)], ask: askLoopback, at: today });
    expect([alone.found, alone.missing]).toEqual([[], []]);
    expect(read(pki.wrongUse).keyUses).toEqual(['keyCertSign']);
  });

  test('says when a certificate names no service or its issuer is not there', async () => {
    const [leaf, issuing] = chainOf(pki, pki.leader);
    if (leaf === undefined || issuing === undefined) throw new Error('no chain');
    const mute = { ...leaf, ocspUrls: [], crlUrls: [] };
    expect(told(await gatherEvidence({ chain: [mute, issuing], ask: askLoopback, at: today }))).toEqual({
      found: [],
      missing: [
        [leaderName, 'names-no-service'],
        [issuingName, 'issuer-missing'],
      ],
      kept: [2, 0, 0],
    });
  });
});
