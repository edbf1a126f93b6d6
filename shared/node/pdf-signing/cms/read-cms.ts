import { readCertificate, sameBytes, type Certificate } from '../pki/certificate.ts';
import { DerError, child, derSetOf, readDer, readOid, tag, type DerNode } from './der.ts';
import { oid } from './oids.ts';

/** A SignedData with its one signer, as much of it as a verdict needs. */
export type SignedData = Readonly<{
  /** What is signed when it is inside: a time-stamp's TSTInfo; null for a detached signature. */
  content: Uint8Array | null;
  contentType: string;
  certificates: readonly Certificate[];
  signer: Certificate | null;
  digestAlgorithm: string;
  signatureAlgorithm: string;
  signatureParameters: DerNode | null;
  signature: Uint8Array;
  /** The signed attributes as they were signed (tagged as a SET OF), or null. */
  signedBytes: Uint8Array | null;
  /** Values by attribute type; a type given twice is an error. */
  signed: ReadonlyMap<string, DerNode>;
  unsigned: ReadonlyMap<string, DerNode>;
}>;

/** Reads a CMS SignedData; what follows its DER (a PDF pads with zeros) is ignored. Throws DerError. */
export function readSignedData(bytes: Uint8Array): SignedData {
  const root = readDer(bytes);
  if (readOid(child(root, 0)) !== oid.signedData) throw new DerError('not SignedData');
  const body = child(child(root, 1, 0xa0), 0, tag.sequence);
  const content = child(body, 2, tag.sequence);
  const certificates = readAllCertificates(body.children.find((node) => node.tag === 0xa0));
  const infos = body.children.at(-1);
  // PAdES allows exactly one signer.
  if (infos?.tag !== tag.set || infos.children.length !== 1) throw new DerError('not one signer');
  const info = child(infos, 0, tag.sequence);
  const attributes = info.children.find((node) => node.tag === 0xa0 && node !== info.children[1]);
  const base = attributes === undefined ? 3 : 4;
  const algorithm = child(info, base, tag.sequence);
  return {
    content: insideOf(content.children[1]),
    contentType: readOid(child(content, 0)),
    certificates,
    signer: findSigner(child(info, 1), certificates),
    digestAlgorithm: readOid(child(child(info, 2, tag.sequence), 0)),
    signatureAlgorithm: readOid(child(algorithm, 0)),
    signatureParameters: algorithm.children[1] ?? null,
    signature: child(info, base + 1, tag.octetString).content,
    // What was signed is the DER of the attributes (RFC 5652 5.4), in its own order, however they are stored.
    signedBytes: attributes === undefined ? null : derSetOf(attributes.children.map((node) => node.whole)),
    signed: readAttributes(attributes),
    unsigned: readAttributes(info.children.find((node) => node.tag === 0xa1)),
  };
}

/** The certificates carried along; ones that cannot be read (other kinds, unknown keys) are left out. */
function readAllCertificates(block: DerNode | undefined): readonly Certificate[] {
  return (block?.children ?? []).flatMap((node) => {
    if (node.tag !== tag.sequence) return [];
    try {
      return [readCertificate(node.whole)];
    } catch {
      return [];
    }
  });
}

function findSigner(sid: DerNode, certificates: readonly Certificate[]): Certificate | null {
  if (sid.tag === 0x80) {
    return (
      certificates.find((one) => one.subjectKeyId !== null && sameBytes(one.subjectKeyId, sid.content)) ??
      null
    );
  }
  const issuer = child(sid, 0, tag.sequence).whole;
  const serial = child(sid, 1, tag.integer).content;
  return (
    certificates.find((one) => sameBytes(one.issuerName, issuer) && sameBytes(one.serial, serial)) ?? null
  );
}

function insideOf(explicit: DerNode | undefined): Uint8Array | null {
  const octets = explicit?.children[0];
  if (octets === undefined) return null;
  if (octets.tag === tag.octetString) return octets.content;
  if (octets.tag === 0x24) return Buffer.concat(octets.children.map((part) => part.content));
  return octets.whole;
}

function readAttributes(block: DerNode | undefined): ReadonlyMap<string, DerNode> {
  const found = new Map<string, DerNode>();
  for (const attribute of block?.children ?? []) {
    const type = readOid(child(attribute, 0));
    const values = child(attribute, 1, tag.set);
    // Several time-stamps on one signature are allowed; of a signed attribute there is one (RFC 5652 11).
    if (found.has(type) && block?.tag === 0xa0) throw new DerError('an attribute given twice');
    if (!found.has(type)) found.set(type, values);
  }
  return found;
}
