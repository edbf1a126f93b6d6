import { createHash } from 'node:crypto';
import { readExtensions, readWhole } from '../evidence/extensions.ts';
import { sameBytes, type Certificate } from '../pki/certificate.ts';
import { checkCms } from './check-cms.ts';
import { DerError, child, readOid, readTime, tag, type DerNode } from './der.ts';
import { hashNameOf, oid } from './oids.ts';
import { readSignedData, type SignedData } from './read-cms.ts';

/** What a time-stamp says (TSTInfo, RFC 3161 2.4.2). */
export type TimestampInfo = Readonly<{
  /** The policy it was made under, dotted. */
  policy: string;
  /** The hash's name for `node:crypto`; null when it is none we know. */
  hash: string | null;
  imprint: Uint8Array;
  genTimeMs: number;
  /** How far the true moment may be from `genTimeMs`; null when it does not say. */
  accuracyMs: number | null;
  /** The number of the request as its INTEGER's content. */
  nonce: Uint8Array | null;
}>;

export type TimestampToken = Readonly<{ cms: SignedData; content: Uint8Array; info: TimestampInfo }>;

export type TimestampCheck = Readonly<{
  intact: boolean;
  strong: boolean;
  /** The token names its own certificate (ESS), as RFC 3161 2.4.1 demands. */
  bindsCertificate: boolean;
  /** It stamps exactly the given bytes. */
  stampsThese: boolean;
  info: TimestampInfo;
  genTimeMs: number;
  signer: Certificate | null;
  certificates: readonly Certificate[];
  reasons: readonly string[];
}>;

/** Reads an RFC 3161 token strictly; zeros after it, as a PDF pads, are ignored. Throws DerError. */
export function readTimestampToken(token: Uint8Array): TimestampToken {
  const cms = readSignedData(token);
  if (cms.contentType !== oid.tstInfo || cms.content === null) throw new DerError('not a time-stamp');
  return { cms, content: cms.content, info: readInfo(readWhole(cms.content)) };
}

/** Checks an RFC 3161 token: its own signature, and that it stamps exactly the given bytes. Throws DerError. */
export function checkTimestamp(token: Uint8Array, stamped: readonly Uint8Array[]): TimestampCheck {
  const { cms, content, info } = readTimestampToken(token);
  const check = checkCms(cms, [content]);
  const stampsThese = info.hash !== null && sameBytes(hashOf(info.hash, stamped), info.imprint);
  return {
    intact: check.intact && stampsThese,
    strong: check.strong && info.hash !== 'sha1',
    bindsCertificate: check.bindsCertificate,
    stampsThese,
    info,
    genTimeMs: info.genTimeMs,
    signer: cms.signer,
    certificates: cms.certificates,
    reasons: stampsThese ? check.reasons : [...check.reasons, 'timestamp-of-other-bytes'],
  };
}

function readInfo(info: DerNode): TimestampInfo {
  const version = child(info, 0, tag.integer).content;
  if (info.tag !== tag.sequence || version.length !== 1 || version[0] !== 1) {
    throw new DerError('another version of TSTInfo');
  }
  child(info, 3, tag.integer); // the time-stamp's number
  const imprint = child(info, 2, tag.sequence);
  if (imprint.children.length !== 2) throw new DerError('a malformed imprint');
  const rest = optionalParts(info.children.slice(5));
  readExtensions(rest.get(0xa1), new Set());
  const accuracy = rest.get(tag.sequence);
  return {
    policy: readOid(child(info, 1, tag.oid)),
    hash: hashNameOf(readOid(child(child(imprint, 0, tag.sequence), 0))),
    imprint: child(imprint, 1, tag.octetString).content,
    genTimeMs: readTime(child(info, 4, tag.generalizedTime)),
    accuracyMs: accuracy === undefined ? null : readAccuracy(accuracy),
    nonce: rest.get(tag.integer)?.content ?? null,
  };
}

const order: readonly number[] = [tag.sequence, tag.boolean, tag.integer, 0xa0, 0xa1];

/** Accuracy, ordering, nonce, name and extensions: each at most once, in this order, and nothing else. */
function optionalParts(nodes: readonly DerNode[]): ReadonlyMap<number, DerNode> {
  const found = new Map<number, DerNode>();
  let place = 0;
  for (const node of nodes) {
    const next = order.indexOf(node.tag, place);
    if (next < 0) throw new DerError(`unexpected tag ${node.tag}`);
    found.set(node.tag, node);
    place = next + 1;
  }
  return found;
}

function readAccuracy(accuracy: DerNode): number {
  let [ms, place] = [0, 0];
  for (const node of accuracy.children) {
    const next = [tag.integer, 0x80, 0x81].indexOf(node.tag, place);
    if (next < 0) throw new DerError('a malformed accuracy');
    const value = smallNumber(node.content);
    if (next > 0 && (value < 1 || value > 999)) throw new DerError('an accuracy out of range');
    ms += value * ([1000, 1, 0.001][next] ?? 0);
    place = next + 1;
  }
  return ms;
}

function smallNumber(content: Uint8Array): number {
  if (content.length === 0 || content.length > 5 || (content[0] ?? 0) >= 0x80) {
    throw new DerError('a number out of range');
  }
  return content.reduce((value, byte) => value * 256 + byte, 0);
}

function hashOf(hash: string, pieces: readonly Uint8Array[]): Uint8Array {
  const hasher = createHash(hash);
  for (const piece of pieces) hasher.update(piece);
  return hasher.digest();
}
