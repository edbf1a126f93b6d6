import { createHash } from 'node:crypto';
import type { Instant } from '#shared/kernel/public.ts';
import { DerError, child, der, derOid, readOid, tag, type DerNode } from '../cms/der.ts';
import { hashNameOf, oid } from '../cms/oids.ts';
import { readExtensions, readWhole } from '../evidence/extensions.ts';
import { nonceExtension } from '../evidence/ocsp-request.ts';
import { revocationReasons } from '../evidence/revocation.ts';
import type { AgencyCa } from './agency-ca.ts';
import { readCertificate, sameBytes, type Certificate } from './certificate.ts';
import type { Revocation } from './issue-crl.ts';
import { algorithmOf, signDer } from './sign-der.ts';
import { keyId } from './write-certificate.ts';
import type { KeyObject } from 'node:crypto';

export type OcspService = Readonly<{
  /** The authority whose certificates are asked after. */
  ca: Pick<AgencyCa, 'certificateDer'>;
  /** Who signs the answers: a certificate the authority issued for that, or the authority itself. */
  responder: Readonly<{ certificateDer: Uint8Array; privateKey: KeyObject }>;
  revoked: readonly Revocation[];
  /** Whether the authority issued a certificate with this serial number (lower-case hex). */
  isIssued: (serial: string) => boolean;
  at: Instant;
  nextUpdate: Instant;
}>;

const maxRequestBytes = 64 * 1024;
const maxQuestions = 32;
const maxNonceBytes = 128;

/** Answers an OCSP request (RFC 6960); a request that cannot be read gets the answer "malformed request". */
export function answerOcsp(request: Uint8Array, service: OcspService): Uint8Array {
  let asked: ReturnType<typeof readRequest>;
  try {
    asked = readRequest(request);
  } catch (error) {
    if (error instanceof DerError) return refuseOcsp(1);
    throw error;
  }
  const issuer = readCertificate(service.ca.certificateDer);
  const own = asked.ids.every((id) => isOwn(id, issuer));
  // RFC 6960 2.3: not authorised to speak of another authority's certificates.
  return own ? signReply(asked, service) : refuseOcsp(6);
}

/** A reply that refuses to answer, by its number in RFC 6960 4.2.1 (3 is "try later"). */
export function refuseOcsp(status: number): Uint8Array {
  return der(tag.sequence, der(tag.enumerated, Uint8Array.of(status)));
}

type Asked = Readonly<{ ids: readonly DerNode[]; nonce: Uint8Array | null }>;

function readRequest(bytes: Uint8Array): Asked {
  if (bytes.length > maxRequestBytes) throw new DerError('too large');
  const tbs = child(readWhole(bytes), 0, tag.sequence);
  const list = tbs.children.find((node) => node.tag === tag.sequence);
  const ids = (list?.children ?? []).map((one) => child(one, 0, tag.sequence));
  if (ids.length === 0 || ids.length > maxQuestions) throw new DerError('too many questions');
  for (const id of ids) child(id, 3, tag.integer);
  const block = tbs.children.find((node) => node.tag === 0xa2);
  const extensions = readExtensions(block?.children[0], new Set([oid.ocspNonce]));
  const nonce = extensions.get(oid.ocspNonce)?.content ?? null;
  if (nonce !== null && nonce.length > maxNonceBytes) throw new DerError('too long a nonce');
  return { ids, nonce };
}

function isOwn(id: DerNode, issuer: Certificate): boolean {
  const hash = hashNameOf(readOid(child(child(id, 0, tag.sequence), 0, tag.oid)));
  if (hash !== 'sha1' && hash !== 'sha256') return false;
  const hashOf = (bytes: Uint8Array): Uint8Array => createHash(hash).update(bytes).digest();
  return (
    sameBytes(child(id, 1, tag.octetString).content, hashOf(issuer.subjectName)) &&
    sameBytes(child(id, 2, tag.octetString).content, hashOf(issuer.keyBits))
  );
}

function signReply({ ids, nonce }: Asked, service: OcspService): Uint8Array {
  const { responder, ca } = service;
  const responderCertificate = readCertificate(responder.certificateDer);
  const data = der(
    tag.sequence,
    der(0xa2, der(tag.octetString, keyId(responderCertificate.publicKey))),
    generalizedTime(service.at),
    der(tag.sequence, ...ids.map((id) => answerTo(id, service))),
    ...(nonce === null ? [] : [der(0xa1, der(tag.sequence, nonceExtension(nonce)))]),
  );
  const isDelegate = !sameBytes(responder.certificateDer, ca.certificateDer);
  const basic = der(
    tag.sequence,
    data,
    algorithmOf(responder.privateKey),
    signDer(data, responder.privateKey),
    ...(isDelegate ? [der(0xa0, der(tag.sequence, responder.certificateDer))] : []),
  );
  return der(
    tag.sequence,
    der(tag.enumerated, Uint8Array.of(0)),
    der(0xa0, der(tag.sequence, derOid(oid.ocspBasic), der(tag.octetString, basic))),
  );
}

function answerTo(id: DerNode, service: OcspService): Uint8Array {
  const serial = Buffer.from(child(id, 3, tag.integer).content).toString('hex');
  const revocation = service.revoked.find((one) => one.serial === serial);
  return der(
    tag.sequence,
    id.whole,
    statusOf(serial, revocation, service),
    generalizedTime(service.at),
    der(0xa0, generalizedTime(service.nextUpdate)),
  );
}

function statusOf(serial: string, revocation: Revocation | undefined, service: OcspService): Uint8Array {
  if (revocation === undefined) return der(service.isIssued(serial) ? 0x80 : 0x82);
  const code = revocationReasons[revocation.reason];
  const reason = code === 0 ? [] : [der(0xa0, der(tag.enumerated, Uint8Array.of(code)))];
  return der(0xa1, generalizedTime(revocation.at), ...reason);
}

function generalizedTime(at: Instant): Uint8Array {
  return der(tag.generalizedTime, Buffer.from(at.replaceAll(/[-:T]|\.\d+/g, '')));
}
