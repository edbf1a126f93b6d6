import { X509Certificate, type KeyObject } from 'node:crypto';
import { child, readAll, readDer, readOid, readTime, tag, type DerNode } from '../cms/der.ts';
import { oid } from '../cms/oids.ts';

export type KeyUse = 'digitalSignature' | 'nonRepudiation' | 'keyEncipherment' | 'keyCertSign' | 'cRLSign';

/** What is read of a certificate, beside the platform's own parse of it. */
export type Certificate = Readonly<{
  der: Uint8Array;
  x509: X509Certificate;
  publicKey: KeyObject;
  serial: Uint8Array;
  issuerName: Uint8Array;
  subjectName: Uint8Array;
  commonName: string;
  /** The agency it was issued for. */
  organization: string | null;
  issuerCommonName: string;
  notBeforeMs: number;
  notAfterMs: number;
  /** Null when the certificate does not say. */
  keyUses: readonly KeyUse[] | null;
  isAuthority: boolean;
  pathLength: number | null;
  extendedUses: readonly string[] | null;
  /** It may be used for nothing but its extended uses. */
  extendedUsesAreCritical: boolean;
  subjectKeyId: Uint8Array | null;
  signatureAlgorithm: string;
  signatureParameters: DerNode | null;
  /** Names a CRL or an OCSP responder, so that it can be revoked. */
  saysWhereRevoked: boolean;
  /** Where its OCSP responder and its revocation lists are (http and https only). */
  ocspUrls: readonly string[];
  crlUrls: readonly string[];
  /** An OCSP responder's certificate whose own revocation nobody asks after (RFC 6960 4.2.2.2.1). */
  hasOcspNoCheck: boolean;
  /** The public key's bits, as key identifiers are hashed from them. */
  keyBits: Uint8Array;
  /** Critical extensions that are not understood here; such a certificate is never trusted. */
  unknownCritical: boolean;
}>;

/** Parses a DER certificate; throws when it is malformed. */
export function readCertificate(der: Uint8Array): Certificate {
  const root = readDer(der);
  const tbs = child(root, 0, tag.sequence);
  const offset = tbs.children[0]?.tag === 0xa0 ? 1 : 0;
  const validity = child(tbs, offset + 3, tag.sequence);
  const issuer = child(tbs, offset + 2, tag.sequence);
  const subject = child(tbs, offset + 4, tag.sequence);
  const algorithm = child(root, 1, tag.sequence);
  const x509 = new X509Certificate(root.whole);
  return {
    der: root.whole,
    x509,
    publicKey: x509.publicKey,
    serial: child(tbs, offset, tag.integer).content,
    issuerName: issuer.whole,
    subjectName: subject.whole,
    commonName: nameParts(subject, oid.commonName)[0] ?? '',
    organization: nameParts(subject, oid.organization)[0] ?? null,
    issuerCommonName: nameParts(issuer, oid.commonName)[0] ?? x509.issuer,
    notBeforeMs: readTime(child(validity, 0)),
    notAfterMs: readTime(child(validity, 1)),
    signatureAlgorithm: readOid(child(algorithm, 0)),
    signatureParameters: algorithm.children[1] ?? null,
    keyBits: child(child(tbs, offset + 5, tag.sequence), 1, tag.bitString).content.subarray(1),
    ...usesOf(readExtensions(tbs)),
  };
}

type Uses = Pick<
  Certificate,
  | 'keyUses'
  | 'isAuthority'
  | 'pathLength'
  | 'extendedUses'
  | 'extendedUsesAreCritical'
  | 'subjectKeyId'
  | 'saysWhereRevoked'
  | 'ocspUrls'
  | 'crlUrls'
  | 'hasOcspNoCheck'
  | 'unknownCritical'
>;

function usesOf(extensions: ReadonlyMap<string, Extension>): Uses {
  const constraints = extensions.get(oid.basicConstraints)?.value;
  const uses = extensions.get(oid.extendedKeyUsage);
  const access = extensions.get(oid.authorityInfoAccess)?.value;
  const points = extensions.get(oid.crlDistributionPoints)?.value;
  const [authority] = constraints?.children ?? [];
  return {
    keyUses: keyUsesOf(extensions.get(oid.keyUsage)),
    isAuthority: authority?.tag === tag.boolean && authority.content[0] !== 0,
    pathLength: pathLengthOf(constraints),
    extendedUses: uses?.value.children.map(readOid) ?? null,
    extendedUsesAreCritical: uses?.critical === true,
    subjectKeyId: extensions.get(oid.subjectKeyIdentifier)?.value.content ?? null,
    saysWhereRevoked: points !== undefined || access !== undefined,
    ocspUrls: ocspUrlsOf(access),
    crlUrls: crlUrlsOf(points),
    hasOcspNoCheck: extensions.has(oid.ocspNoCheck),
    unknownCritical: [...extensions].some(([id, { critical }]) => critical && !understood.has(id)),
  };
}

/** The common name in a name's DER, or nothing. */
export function readName(der: Uint8Array): string {
  return nameParts(readDer(der), oid.commonName)[0] ?? '';
}

export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0;
}

type Extension = Readonly<{ critical: boolean; value: DerNode }>;

const understood: ReadonlySet<string> = new Set([
  oid.keyUsage,
  oid.basicConstraints,
  oid.subjectKeyIdentifier,
  oid.authorityKeyIdentifier,
  oid.extendedKeyUsage,
  oid.crlDistributionPoints,
  oid.authorityInfoAccess,
  '2.5.29.17', // subjectAltName: a person's other names, no constraint
  '2.5.29.32', // certificatePolicies: shown, not judged
]);

function readExtensions(tbs: DerNode): ReadonlyMap<string, Extension> {
  const found = new Map<string, Extension>();
  const block = tbs.children.find((node) => node.tag === 0xa3);
  for (const extension of block?.children[0]?.children ?? []) {
    const id = readOid(child(extension, 0));
    const critical = extension.children[1]?.tag === tag.boolean && extension.children[1].content[0] !== 0;
    const octets = extension.children.at(-1);
    if (octets?.tag !== tag.octetString) continue;
    found.set(id, { critical, value: readDer(octets.content) });
  }
  return found;
}

function keyUsesOf(extension: Extension | undefined): readonly KeyUse[] | null {
  if (extension === undefined) return null;
  const first = extension.value.content[1] ?? 0;
  const uses: KeyUse[] = [];
  if (first & 0x80) uses.push('digitalSignature');
  if (first & 0x40) uses.push('nonRepudiation');
  if (first & 0x20) uses.push('keyEncipherment');
  if (first & 0x04) uses.push('keyCertSign');
  if (first & 0x02) uses.push('cRLSign');
  return uses;
}

function ocspUrlsOf(access: DerNode | undefined): readonly string[] {
  return (access?.children ?? []).flatMap(({ children: [method, place] }) =>
    method !== undefined && readOid(method) === oid.ocsp ? urlsAmong(place) : [],
  );
}

function crlUrlsOf(points: DerNode | undefined): readonly string[] {
  return (points?.children ?? []).flatMap((point) => {
    // A point that speaks for another issuer, or of some reasons only, cannot clear a certificate.
    if (point.children.some(({ tag: kind }) => kind === 0xa2 || kind === 0x81)) return [];
    const names = point.children[0]?.tag === 0xa0 ? point.children[0].children[0] : undefined;
    return names?.tag === 0xa0 ? urlsAmong(...names.children) : [];
  });
}

/** The web addresses among general names. */
export function urlsAmong(...names: readonly (DerNode | undefined)[]): readonly string[] {
  return names.flatMap((name) => {
    if (name?.tag !== 0x86) return [];
    const url = Buffer.from(name.content).toString('latin1');
    return /^https?:\/\/[\x21-\x7e]+$/i.test(url) ? [url] : [];
  });
}

function pathLengthOf(constraints: DerNode | undefined): number | null {
  const length = constraints?.children.find((node) => node.tag === tag.integer);
  return length === undefined ? null : (length.content.at(-1) ?? 0);
}

function nameParts(name: DerNode, attribute: string): readonly string[] {
  return name.children.toReversed().flatMap((set) =>
    set.children.flatMap(({ children: [type, value] }) => {
      if (type === undefined || value === undefined || readOid(type) !== attribute) return [];
      return [decodeText(value)];
    }),
  );
}

function decodeText(node: DerNode): string {
  // BMPString, in some older certificates.
  if (node.tag === 0x1e) return Buffer.from(node.content).swap16().toString('utf16le');
  return Buffer.from(node.content).toString(node.tag === tag.utf8 ? 'utf8' : 'latin1');
}

/** Reads a concatenation of DER certificates, as some trust files are. */
export function readCertificates(der: Uint8Array): readonly Certificate[] {
  return readAll(der).map((node) => readCertificate(node.whole));
}
