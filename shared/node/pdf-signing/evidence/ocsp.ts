import { readAlgorithm, type SignatureAlgorithm } from '../cms/check-signature.ts';
import { DerError, child, readOid, readTime, tag, type DerNode } from '../cms/der.ts';
import { oid } from '../cms/oids.ts';
import { readCertificate, sameBytes, type Certificate } from '../pki/certificate.ts';
import { readExtensions, readWhole } from './extensions.ts';
import { instantOf, reasonOfCode, type RevocationStatus } from './revocation.ts';

/** An answer about one certificate, named by hashes of its issuer. */
export type OcspAnswer = Readonly<{
  hash: string;
  issuerNameHash: Uint8Array;
  issuerKeyHash: Uint8Array;
  serial: Uint8Array;
  status: RevocationStatus;
  thisUpdateMs: number;
  nextUpdateMs: number | null;
}>;

export type OcspReply = Readonly<{
  signedBytes: Uint8Array;
  algorithm: SignatureAlgorithm;
  signature: Uint8Array;
  responder: Readonly<{ name: Uint8Array } | { keyHash: Uint8Array }>;
  producedAtMs: number;
  answers: readonly OcspAnswer[];
  nonce: Uint8Array | null;
  certificates: readonly Certificate[];
}>;

/** What a responder says instead of answering (RFC 6960 4.2.1). */
export type OcspRefusal =
  | 'ocsp-malformed-request'
  | 'ocsp-internal-error'
  | 'ocsp-try-later'
  | 'ocsp-signature-required'
  | 'ocsp-not-authorised';

const refusals: Readonly<Record<number, OcspRefusal>> = {
  1: 'ocsp-malformed-request',
  2: 'ocsp-internal-error',
  3: 'ocsp-try-later',
  5: 'ocsp-signature-required',
  6: 'ocsp-not-authorised',
};

const maxReplyBytes = 1024 * 1024;
const maxAnswers = 64;
const maxCertificates = 16;

/** Reads an OCSP reply strictly; a refusal is told by its name. Throws DerError. */
export function readOcspReply(bytes: Uint8Array): OcspReply | OcspRefusal {
  if (bytes.length > maxReplyBytes) throw new DerError('too large');
  const root = readWhole(bytes);
  const status = child(root, 0, tag.enumerated).content;
  if (root.tag !== tag.sequence || status.length !== 1) throw new DerError('not a reply');
  if (status[0] !== 0) {
    const refusal = refusals[status[0] ?? -1];
    if (refusal === undefined || root.children.length !== 1) throw new DerError('an unknown refusal');
    return refusal;
  }
  const reply = child(child(root, 1, 0xa0), 0, tag.sequence);
  if (root.children.length !== 2 || readOid(child(reply, 0, tag.oid)) !== oid.ocspBasic) {
    throw new DerError('another kind of reply');
  }
  return readBasic(readWhole(child(reply, 1, tag.octetString).content));
}

function readBasic(basic: DerNode): OcspReply {
  const data = child(basic, 0, tag.sequence);
  const signature = child(basic, 2, tag.bitString).content;
  if (signature[0] !== 0) throw new DerError('a malformed signature');
  const base = data.children[0]?.tag === 0xa0 ? 1 : 0;
  const answers = child(data, base + 2, tag.sequence).children;
  if (answers.length === 0 || answers.length > maxAnswers) throw new DerError('too many answers');
  const extensions = readExtensions(extensionsAt(data, base + 3, 0xa1), new Set([oid.ocspNonce]));
  const certificates = basic.children[3] === undefined ? [] : child(child(basic, 3, 0xa0), 0).children;
  if (basic.children.length > 4) throw new DerError('too many parts');
  if (certificates.length > maxCertificates) throw new DerError('too many certificates');
  const nonce = extensions.get(oid.ocspNonce);
  return {
    signedBytes: data.whole,
    algorithm: readAlgorithm(child(basic, 1, tag.sequence)),
    signature: signature.subarray(1),
    responder: readResponder(child(data, base)),
    producedAtMs: readTime(child(data, base + 1, tag.generalizedTime)),
    answers: answers.map(readAnswer),
    nonce: nonce === undefined ? null : nonce.content,
    certificates: certificates.flatMap(readableCertificate),
  };
}

function readAnswer(answer: DerNode): OcspAnswer {
  const id = child(answer, 0, tag.sequence);
  const next = answer.children[3]?.tag === 0xa0 ? child(child(answer, 3), 0, tag.generalizedTime) : null;
  readExtensions(extensionsAt(answer, next === null ? 3 : 4, 0xa1), new Set());
  return {
    hash: readOid(child(child(id, 0, tag.sequence), 0, tag.oid)),
    issuerNameHash: child(id, 1, tag.octetString).content,
    issuerKeyHash: child(id, 2, tag.octetString).content,
    serial: child(id, 3, tag.integer).content,
    status: readStatus(child(answer, 1)),
    thisUpdateMs: readTime(child(answer, 2, tag.generalizedTime)),
    nextUpdateMs: next === null ? null : readTime(next),
  };
}

function readStatus(node: DerNode): RevocationStatus {
  if (node.tag === 0x80 && node.content.length === 0) return { status: 'good' };
  if (node.tag === 0x82 && node.content.length === 0) return { status: 'unknown' };
  if (node.tag !== 0xa1) throw new DerError('an unknown status');
  const at = instantOf(readTime(child(node, 0, tag.generalizedTime)));
  if (node.children.length === 1) return { status: 'revoked', at, reason: 'unspecified' };
  const code = child(child(node, 1, 0xa0), 0, tag.enumerated).content;
  if (code.length !== 1) throw new DerError('not a reason');
  return { status: 'revoked', at, reason: reasonOfCode(code[0]) };
}

function readResponder(node: DerNode): OcspReply['responder'] {
  if (node.tag === 0xa1) return { name: child(node, 0, tag.sequence).whole };
  if (node.tag === 0xa2) return { keyHash: child(node, 0, tag.octetString).content };
  throw new DerError('no responder');
}

/** The last element may be extensions and nothing else may be there. */
function extensionsAt(node: DerNode, index: number, expected: number): DerNode | undefined {
  if (node.children.length <= index) return undefined;
  if (node.children.length !== index + 1) throw new DerError('too many parts');
  return child(child(node, index, expected), 0, tag.sequence);
}

function readableCertificate(node: DerNode): readonly Certificate[] {
  try {
    const certificate = readCertificate(node.whole);
    return sameBytes(certificate.der, node.whole) ? [certificate] : [];
  } catch {
    // One that the platform cannot read cannot have signed the reply either.
    return [];
  }
}
