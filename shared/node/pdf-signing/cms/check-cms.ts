import { createHash } from 'node:crypto';
import { isWeakKey } from '../pki/signer-key.ts';
import { sameBytes, type Certificate } from '../pki/certificate.ts';
import { isSignatureRight, isWeakAlgorithm } from './check-signature.ts';
import { child, readOid, tag, type DerNode } from './der.ts';
import { hashNameOf, oid } from './oids.ts';
import type { SignedData } from './read-cms.ts';

/** What the mathematics says of a signature, apart from whose it is. */
export type CmsCheck = Readonly<{
  /** The signed bytes have not changed and the signature over them is right. */
  intact: boolean;
  /** Algorithms and key are still strong enough to trust. */
  strong: boolean;
  /** The signature names its own certificate (ESS), so that it cannot be exchanged. */
  bindsCertificate: boolean;
  reasons: readonly string[];
}>;

/** Checks digest, signature and the certificate's binding over the given pieces of content. */
export function checkCms(cms: SignedData, content: readonly Uint8Array[]): CmsCheck {
  const reasons: string[] = [];
  const hash = hashNameOf(cms.digestAlgorithm);
  if (hash === null) return broken('unknown-digest-algorithm');
  if (cms.signer === null) return broken('signer-certificate-missing');
  const digest = digestOf(hash, content);
  if (cms.signedBytes === null) {
    if (!isSignerRight(cms, cms.signer, Buffer.concat(content))) return broken('signature-wrong');
  } else {
    const attributesReason = attributesFault(cms, digest);
    if (attributesReason !== null) return broken(attributesReason);
    if (!isSignerRight(cms, cms.signer, cms.signedBytes)) return broken('signature-wrong');
  }
  const binding = bindingOf(cms, cms.signer);
  if (binding === 'wrong') return broken('certificate-exchanged');
  const strong = hash !== 'sha1' && !isWeakKey(cms.signer) && !isWeaklySigned(cms);
  if (!strong) reasons.push('weak-algorithm');
  return { intact: true, strong, bindsCertificate: binding === 'right', reasons };
}

function broken(reason: string): CmsCheck {
  return { intact: false, strong: false, bindsCertificate: false, reasons: [reason] };
}

function digestOf(hash: string, content: readonly Uint8Array[]): Uint8Array {
  const outputLength = { shake128: 32, shake256: 64 }[hash];
  const hasher = createHash(hash, outputLength === undefined ? {} : { outputLength });
  for (const piece of content) hasher.update(piece);
  return hasher.digest();
}

function attributesFault(cms: SignedData, digest: Uint8Array): string | null {
  const stated = cms.signed.get(oid.messageDigest)?.children;
  if (stated?.length !== 1 || stated[0]?.tag !== tag.octetString) return 'digest-missing';
  if (!sameBytes(stated[0].content, digest)) return 'digest-mismatch';
  const type = cms.signed.get(oid.contentType)?.children[0];
  if (type === undefined || readOid(type) !== cms.contentType) return 'content-type-wrong';
  return null;
}

function isSignerRight(cms: SignedData, signer: Certificate, signed: Uint8Array): boolean {
  const algorithm = {
    algorithm: cms.signatureAlgorithm,
    parameters: cms.signatureParameters,
    digest: hashNameOf(cms.digestAlgorithm),
  };
  return isSignatureRight(algorithm, signer.publicKey, signed, cms.signature);
}

/** These two name the key only and leave the hash to the digest algorithm. */
const keyOnly: ReadonlySet<string> = new Set([oid.rsaEncryption, oid.ecPublicKey]);

function isWeaklySigned({ signatureAlgorithm: algorithm, signatureParameters }: SignedData): boolean {
  return !keyOnly.has(algorithm) && isWeakAlgorithm({ algorithm, parameters: signatureParameters });
}

/** RFC 5035: the hash of the signer's certificate among the signed attributes. */
function bindingOf(cms: SignedData, signer: Certificate): 'right' | 'wrong' | 'absent' {
  const second = cms.signed.get(oid.signingCertificateV2)?.children[0];
  const first = cms.signed.get(oid.signingCertificate)?.children[0];
  if (second !== undefined) return hashFits(signer, second.children[0]?.children[0], 'sha256');
  return first === undefined ? 'absent' : hashFits(signer, first.children[0]?.children[0], 'sha1');
}

/** An ESSCertID, or an ESSCertIDv2 whose hash algorithm stands first unless it is the default. */
function hashFits(signer: Certificate, id: DerNode | undefined, byDefault: string): 'right' | 'wrong' {
  const algorithm = id?.children.find((node, i) => i === 0 && node.tag === tag.sequence);
  const hash = algorithm === undefined ? byDefault : hashNameOf(readOid(child(algorithm, 0)));
  const value = id?.children[algorithm === undefined ? 0 : 1];
  if (hash === null || value?.tag !== tag.octetString) return 'wrong';
  return sameBytes(digestOf(hash, [signer.der]), value.content) ? 'right' : 'wrong';
}
