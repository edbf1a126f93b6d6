import { InstantSchema } from '#shared/kernel/public.ts';
import {
  joinPassphrase,
  openPkcs12,
  readSigningCertificate,
  readTrustFile,
} from '#shared/node/pdf-signing/public.ts';
import { child, readDer } from '#shared/node/pdf-signing/cms/der.ts';
import { checkCms } from '#shared/node/pdf-signing/cms/check-cms.ts';
import { readSignedData } from '#shared/node/pdf-signing/cms/read-cms.ts';
import { checkTimestamp } from '#shared/node/pdf-signing/cms/read-timestamp.ts';
import { checkCrl } from '#shared/node/pdf-signing/evidence/check-crl.ts';
import { checkOcsp } from '#shared/node/pdf-signing/evidence/check-ocsp.ts';
import { readCrl, statusInCrl } from '#shared/node/pdf-signing/evidence/crl.ts';
import { readOcspReply } from '#shared/node/pdf-signing/evidence/ocsp.ts';
import { judgeTimestamp } from '#shared/node/pdf-signing/evidence/check-timestamp.ts';
import { readTimestampReply } from '#shared/node/pdf-signing/evidence/timestamp-reply.ts';
import { readCertificate, type Certificate } from '#shared/node/pdf-signing/pki/certificate.ts';
import { essenceOf } from './essence.ts';
import type { BlobSubject } from './subjects.ts';

/** Errors that say "not readable" and are meant to be met by whoever reads; anything else is a crash. */
const expected: ReadonlySet<string> = new Set(['DerError', 'AppError']);

/** What is wrong with how a changed blob was taken: believed though it says something else, or not met at all. */
export function blobFault(subject: BlobSubject, changed: Buffer): string | null {
  let believed: string | null;
  try {
    believed = beliefIn(subject, changed);
  } catch (error) {
    if (error instanceof Error && expected.has(error.name)) return null;
    throw error;
  }
  if (believed === null || believed === beliefIn(subject, Buffer.from(subject.bytes))) return null;
  return `${subject.kind} is believed though it was changed`;
}

/** What is taken for true from a blob: the signed part of it, and what is concluded; null when it is not believed. */
export function beliefIn(subject: BlobSubject, bytes: Buffer): string | null {
  switch (subject.kind) {
    case 'certificate':
      return certificateBelief(bytes, subject.chain);
    case 'cms':
      return signatureBelief(bytes, subject.pieces);
    case 'timestamp':
      return timestampBelief(bytes, subject);
    case 'ocsp':
      return ocspBelief(bytes, subject);
    case 'crl':
      return listBelief(bytes, subject);
    case 'pkcs12':
      return hex(openPkcs12(bytes, subject.pin).certificate);
    case 'shares':
      return joinPassphrase(bytes.toString('latin1').split('\n'));
  }
}

type Of<Kind> = Extract<BlobSubject, { kind: Kind }>;

function signatureBelief(bytes: Buffer, pieces: readonly Uint8Array[]): string | null {
  const cms = readSignedData(bytes);
  // A document time-stamp signs what is inside, which names the sum of the file.
  const check = cms.content === null ? checkCms(cms, pieces) : checkTimestamp(bytes, pieces);
  return check.intact ? (essenceOf(bytes)?.signed ?? null) : null;
}

function timestampBelief(bytes: Buffer, { stamped, nonce, at }: Of<'timestamp'>): string | null {
  const { token } = readTimestampReply(bytes);
  if (token === null) return null;
  const isBelieved = judgeTimestamp(token, { stamped, nonce, at: InstantSchema.parse(at) }).fault === null;
  return isBelieved ? JSON.stringify(essenceOf(token)) : null;
}

function ocspBelief(bytes: Buffer, subject: Of<'ocsp'>): string | null {
  const [certificate, issuer] = [readCertificate(subject.certificate), readCertificate(subject.issuer)];
  const at = InstantSchema.parse(subject.at);
  const verdict = checkOcsp(bytes, { certificate, issuer, nonce: subject.nonce, at });
  const reply = readOcspReply(bytes);
  if (verdict.fault !== null || typeof reply === 'string') return null;
  return JSON.stringify([verdict.answer, verdict.untilMs, hex(reply.signedBytes)]);
}

function listBelief(bytes: Buffer, subject: Of<'crl'>): string | null {
  const crl = readCrl(bytes);
  const issuer = readCertificate(subject.issuer);
  const fault = checkCrl(crl, { issuer, at: InstantSchema.parse(subject.at) });
  const status = statusInCrl(crl, readCertificate(subject.certificate));
  return fault === null ? JSON.stringify([status, hex(crl.signedBytes)]) : null;
}

/** A certificate is believed when its issuer's signature holds; then what was signed must be what was signed. */
function certificateBelief(bytes: Buffer, chain: readonly Uint8Array[]): string | null {
  const [der] = readTrustFile(bytes);
  const [issuer] = chain.map(readCertificate);
  const isIssued = der !== undefined && issuer !== undefined && isSignedBy(der, issuer);
  if (!isIssued) readSigningCertificate(bytes, InstantSchema.parse('2026-11-23T01:20:00.000Z'));
  return isIssued ? hex(child(readDer(der), 0).whole) : null;
}

function isSignedBy(der: Uint8Array, issuer: Certificate): boolean {
  try {
    return readCertificate(der).x509.verify(issuer.publicKey);
  } catch {
    // The platform throws for a key that cannot have made this signature.
    return false;
  }
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}
