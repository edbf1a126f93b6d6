import { createHash } from 'node:crypto';
import type { Instant } from '#shared/kernel/public.ts';
import { isSignatureRight, isWeakAlgorithm } from '../cms/check-signature.ts';
import { DerError } from '../cms/der.ts';
import { hashNameOf, oid } from '../cms/oids.ts';
import { sameBytes, type Certificate } from '../pki/certificate.ts';
import { isIssuedBy } from '../pki/issued-by.ts';
import { isWeakKey } from '../pki/signer-key.ts';
import { readOcspReply, type OcspAnswer, type OcspRefusal, type OcspReply } from './ocsp.ts';
import { clockSkewMs, type RevocationStatus } from './revocation.ts';
import type { OcspQuestion } from './ocsp-request.ts';

/** Why an OCSP reply is not believed. */
export type OcspFault =
  | OcspRefusal
  | 'ocsp-malformed'
  | 'ocsp-of-another-certificate'
  | 'ocsp-responder-unauthorised'
  | 'ocsp-weak-algorithm'
  | 'ocsp-signature-wrong'
  | 'ocsp-of-another-request'
  | 'ocsp-from-the-future'
  | 'ocsp-stale';

export type OcspVerdict =
  | Readonly<{
      fault: null;
      answer: RevocationStatus;
      thisUpdateMs: number;
      untilMs: number;
      producedAtMs: number;
      /** Who signed: the issuer itself, or the one it delegated to. */
      responder: Certificate;
      /** The delegate's own certificate may be revoked, and this reply does not say whether it is. */
      responderRevocable: boolean;
    }>
  | Readonly<{ fault: OcspFault }>;

/** Judges an OCSP reply for one certificate at an instant; nothing in it counts unless all of it holds. */
export function checkOcsp(
  reply: Uint8Array,
  { certificate, issuer, nonce, at }: OcspQuestion & Readonly<{ at: Instant }>,
): OcspVerdict {
  const read = readQuietly(reply);
  if (typeof read === 'string') return { fault: read };
  const verdict = believeOcsp(read, { certificate, issuer });
  if (verdict.fault !== null) return verdict;
  // Replies made beforehand carry no nonce (RFC 5019 4); their dates are what guards them. Another's nonce is a replay.
  if (nonce !== null && read.nonce !== null && !sameBytes(read.nonce, nonce)) {
    return { fault: 'ocsp-of-another-request' };
  }
  const fault = timeFault(verdict, Date.parse(at));
  return fault === null ? verdict : { fault };
}

/** Whether somebody with the right to made this reply, and what it says of the certificate; its dates are not judged. */
export function believeOcsp(
  read: OcspReply,
  { certificate, issuer }: Readonly<{ certificate: Certificate; issuer: Certificate }>,
): OcspVerdict {
  const about = read.answers.filter((answer) => isAbout(answer, certificate, issuer));
  const [answer] = about;
  if (answer === undefined || about.length > 1) return { fault: 'ocsp-of-another-certificate' };
  const responder = responderOf(read, issuer);
  if (responder === null) return { fault: 'ocsp-responder-unauthorised' };
  if (isWeakKey(responder) || isWeakAlgorithm(read.algorithm)) return { fault: 'ocsp-weak-algorithm' };
  if (!isSignatureRight(read.algorithm, responder.publicKey, read.signedBytes, read.signature)) {
    return { fault: 'ocsp-signature-wrong' };
  }
  return {
    fault: null,
    answer: answer.status,
    thisUpdateMs: answer.thisUpdateMs,
    // Without a next update there is always something newer (RFC 6960 4.2.2.1); a day is the longest we wait for it.
    untilMs: answer.nextUpdateMs ?? answer.thisUpdateMs + 24 * 3_600_000,
    producedAtMs: read.producedAtMs,
    responder,
    responderRevocable: !sameBytes(responder.der, issuer.der) && !responder.hasOcspNoCheck,
  };
}

function readQuietly(reply: Uint8Array): OcspReply | OcspFault {
  try {
    return readOcspReply(reply);
  } catch (error) {
    if (error instanceof DerError) return 'ocsp-malformed';
    throw error;
  }
}

/** The issuer, or a certificate it issued for answering in its place (RFC 6960 4.2.2.2); null for anyone else. */
function responderOf(reply: OcspReply, issuer: Certificate): Certificate | null {
  if (isResponder(reply, issuer)) return issuer;
  const delegate = reply.certificates.find((one) => isResponder(reply, one));
  return delegate !== undefined && isDelegate(delegate, issuer, reply.producedAtMs) ? delegate : null;
}

function isResponder({ responder }: OcspReply, one: Certificate): boolean {
  if ('name' in responder) return sameBytes(responder.name, one.subjectName);
  return sameBytes(responder.keyHash, createHash('sha1').update(one.keyBits).digest());
}

function isDelegate(one: Certificate, issuer: Certificate, atMs: number): boolean {
  const mayAnswer =
    one.extendedUses?.includes(oid.ocspSigning) === true &&
    (one.keyUses === null || one.keyUses.includes('digitalSignature')) &&
    !one.unknownCritical &&
    one.notBeforeMs <= atMs &&
    atMs <= one.notAfterMs;
  return mayAnswer && isIssuedBy(one, issuer);
}

function isAbout(answer: OcspAnswer, certificate: Certificate, issuer: Certificate): boolean {
  const hash = hashNameOf(answer.hash);
  if (hash !== 'sha1' && hash !== 'sha256') return false;
  const hashOf = (bytes: Uint8Array): Uint8Array => createHash(hash).update(bytes).digest();
  return (
    sameBytes(answer.serial, certificate.serial) &&
    sameBytes(answer.issuerNameHash, hashOf(issuer.subjectName)) &&
    sameBytes(answer.issuerKeyHash, hashOf(issuer.keyBits))
  );
}

function timeFault(
  { thisUpdateMs, producedAtMs, untilMs }: OcspVerdict & { fault: null },
  atMs: number,
): OcspFault | null {
  if (Math.max(thisUpdateMs, producedAtMs) > atMs + clockSkewMs) return 'ocsp-from-the-future';
  return untilMs < atMs - clockSkewMs ? 'ocsp-stale' : null;
}
