import { randomBytes } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { InstantSchema } from '#shared/kernel/public.ts';
import { answerOcsp, issueCertificate } from '#shared/node/pdf-signing/public.ts';
import { checkOcsp, type OcspVerdict } from '#shared/node/pdf-signing/evidence/check-ocsp.ts';
import { writeCertId, writeOcspRequest } from '#shared/node/pdf-signing/evidence/ocsp-request.ts';
import { der, tag } from '#shared/node/pdf-signing/cms/der.ts';
import {
  certificateOf,
  officePki,
  revokedAt,
  today,
  tomorrow,
  validFrom,
  type OfficePki,
} from '../../support/pki/office-pki.ts';
import { ocspAnswer, type ResponderFault } from '../../support/pki/responder.ts';

let pki: OfficePki;
beforeAll(() => {
  pki = officePki();
});

type Who = 'leader' | 'seal' | 'officerOnP256' | 'revoked';
const nonce = randomBytes(32);

function questionOf(who: Who) {
  return { certificate: certificateOf(pki[who]), issuer: certificateOf(pki.issuing), nonce, at: today };
}

function replyAbout(who: Who, fault: ResponderFault | null = null): Uint8Array {
  return ocspAnswer(pki, { level: 'issuing', body: writeOcspRequest(questionOf(who)), fault });
}

function said(verdict: OcspVerdict): unknown {
  return verdict.fault ?? verdict.answer;
}

function judged(who: Who, fault: ResponderFault | null = null): unknown {
  return said(checkOcsp(replyAbout(who, fault), questionOf(who)));
}

/** A reply signed by a certificate of our choice. */
function signedBy(responder: Parameters<typeof answerOcsp>[1]['responder']): unknown {
  const reply = answerOcsp(writeOcspRequest(questionOf('leader')), {
    ca: pki.issuing,
    responder,
    revoked: [],
    isIssued: () => true,
    at: today,
    nextUpdate: tomorrow,
  });
  return said(checkOcsp(reply, questionOf('leader')));
}

describe('an answer about a certificate', () => {
  test('says that it is good, or when and why it was revoked', () => {
    expect(judged('leader')).toEqual({ status: 'good' });
    expect(judged('officerOnP256')).toEqual({ status: 'good' });
    expect(judged('revoked')).toEqual({ status: 'revoked', at: revokedAt, reason: 'key-compromise' });
    expect(judged('leader', 'unknown')).toEqual({ status: 'unknown' });
  });

  test('counts from the issuer itself and from whom it delegated, and tells which', () => {
    const own = { ...pki.issuing };
    expect(signedBy(own)).toEqual({ status: 'good' });
    const verdict = checkOcsp(replyAbout('leader'), questionOf('leader'));
    expect(verdict).toMatchObject({ fault: null, responderRevocable: false });
  });

  test('may name the certificate with SHA-256', () => {
    const { certificate, issuer } = questionOf('leader');
    const id = writeCertId('sha256', issuer, certificate.serial);
    const request = der(tag.sequence, der(tag.sequence, der(tag.sequence, der(tag.sequence, id))));
    const reply = ocspAnswer(pki, { level: 'issuing', body: request, fault: null });
    expect(said(checkOcsp(reply, { ...questionOf('leader'), nonce: null }))).toEqual({ status: 'good' });
  });

  test('made beforehand, without a nonce, counts as long as it is fresh', () => {
    expect(judged('leader', 'no-nonce')).toEqual({ status: 'good' });
  });

  test.each([
    ['stale', 'ocsp-stale'],
    ['wrong-signer', 'ocsp-responder-unauthorised'],
    ['unauthorised-signer', 'ocsp-responder-unauthorised'],
    ['replayed-nonce', 'ocsp-of-another-request'],
    ['wrong-serial', 'ocsp-of-another-certificate'],
    ['try-later', 'ocsp-try-later'],
    ['oversized', 'ocsp-malformed'],
    ['rubbish', 'ocsp-malformed'],
  ] as const)('that goes wrong (%s) counts for nothing', (fault, reason) => {
    expect(judged('leader', fault)).toBe(reason);
  });

  test('counts for nothing before it was given and after its end', () => {
    const at = (text: string) =>
      said(checkOcsp(replyAbout('leader'), { ...questionOf('leader'), at: InstantSchema.parse(text) }));
    expect(at('2026-11-23T01:14:00.000Z')).toBe('ocsp-from-the-future');
    expect(at('2026-11-24T01:26:00.000Z')).toBe('ocsp-stale');
  });

  test('counts for nothing about the same number of another authority', () => {
    const question = { ...questionOf('leader'), issuer: certificateOf(pki.root) };
    expect(said(checkOcsp(replyAbout('leader'), question))).toBe('ocsp-of-another-certificate');
  });

  test("does not count from a delegate whose certificate's time was over", () => {
    const order = { ca: pki.issuing, commonName: 'OCSP', organisation: 'X', role: 'ocsp' } as const;
    const old = issueCertificate({
      ...order,
      validFrom: InstantSchema.parse('2020-01-01T00:00:00.000Z'),
      years: 1,
    });
    expect(signedBy(old)).toBe('ocsp-responder-unauthorised');
    expect(signedBy(issueCertificate({ ...order, validFrom, years: 1 }))).toEqual({ status: 'good' });
  });

  test('does not count when another key signed under the name of the delegate', () => {
    expect(signedBy({ ...pki.responder, privateKey: pki.leader.privateKey })).toBe('ocsp-signature-wrong');
  });

  test('is refused to whoever asks nonsense or asks about certificates of another authority', () => {
    const own = { ...questionOf('leader'), issuer: certificateOf(pki.stranger) };
    const answer = (body: Uint8Array) => ocspAnswer(pki, { level: 'issuing', body, fault: null });
    expect(said(checkOcsp(answer(Buffer.from('0')), questionOf('leader')))).toBe('ocsp-malformed-request');
    expect(said(checkOcsp(answer(writeOcspRequest(own)), own))).toBe('ocsp-not-authorised');
  });

  test('never clears anybody once a byte of what was signed is changed, and never breaks us', () => {
    const revoked = replyAbout('revoked');
    for (let i = 0; i < 4000; i++) {
      const changed = Buffer.from(revoked);
      const place = randomBytes(4).readUInt32BE() % changed.length;
      changed[place] = (changed[place] ?? 0) ^ (1 + (i % 255));
      const length = i % 7 === 0 ? place : changed.length;
      const verdict = checkOcsp(changed.subarray(0, length), questionOf('revoked'));
      if (verdict.fault === null) expect(verdict.answer.status).toBe('revoked');
      const cross = checkOcsp(changed, questionOf('leader'));
      expect(cross.fault).not.toBeNull();
    }
  });
});
