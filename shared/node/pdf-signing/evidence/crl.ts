import type { Instant } from '#shared/kernel/public.ts';
import { readAlgorithm, type SignatureAlgorithm } from '../cms/check-signature.ts';
import { DerError, child, readDer, readTime, tag, type DerNode } from '../cms/der.ts';
import { oid } from '../cms/oids.ts';
import { sameBytes, urlsAmong, type Certificate } from '../pki/certificate.ts';
import { newWalk, stepOn, type DerWalk } from './der-rows.ts';
import { readExtensions, readWhole, type Extensions } from './extensions.ts';
import { instantOf, reasonOfCode, type RevocationReason, type RevocationStatus } from './revocation.ts';

/** A revocation list; its entries stay bytes and are searched in place. */
export type Crl = Readonly<{
  der: Uint8Array;
  signedBytes: Uint8Array;
  algorithm: SignatureAlgorithm;
  signature: Uint8Array;
  issuerName: Uint8Array;
  /** Which of the issuer's keys signed it, as it says itself (RFC 5280 5.2.1). */
  authorityKey: Uint8Array | null;
  thisUpdateMs: number;
  nextUpdateMs: number | null;
  /** Which certificates of its issuer the list speaks of. */
  scope: 'all' | 'users' | 'authorities';
  /** The distribution points the list is bound to, or null when it speaks for all of them. */
  pointUrls: readonly string[] | null;
  entryCount: number;
  entriesAt: Stretch;
}>;

const maxCrlBytes = 256 * 1024 * 1024;
/** Everything but the row of entries is small. */
const maxPartBytes = 64 * 1024;

/** Reads a complete CRL (RFC 5280 5.1, v1 or v2) strictly; delta, indirect and partial lists are refused. Throws DerError. */
export function readCrl(der: Uint8Array): Crl {
  if (der.length > maxCrlBytes) throw new DerError('too large');
  const walk = newWalk(der);
  stepOn(walk, 0, der.length);
  expectTag(walk, tag.sequence);
  const end = walk.end;
  if (end !== der.length) throw new DerError('bytes after the end');
  stepOn(walk, walk.start, end);
  expectTag(walk, tag.sequence);
  const tbs = { begin: walk.begin, start: walk.start, end: walk.end };
  const algorithm = takeNode(walk, tbs.end, end, tag.sequence);
  const signature = takeNode(walk, walk.end, end, tag.bitString);
  if (walk.end !== end || signature.content[0] !== 0) throw new DerError('a malformed signature');
  return {
    der,
    signedBytes: der.subarray(tbs.begin, tbs.end),
    algorithm: readAlgorithm(algorithm),
    signature: signature.content.subarray(1),
    ...readSigned(walk, tbs, algorithm.whole),
  };
}

type Signed = Omit<Crl, 'der' | 'signedBytes' | 'algorithm' | 'signature'>;
type Stretch = Readonly<{ start: number; end: number }>;

function readSigned(walk: DerWalk, { start, end }: Stretch, algorithm: Uint8Array): Signed {
  const isSecond = stepIs(walk, start, end, tag.integer);
  if (isSecond && !(walk.end - walk.start === 1 && walk.bytes[walk.start] === 1)) {
    throw new DerError('an unknown version');
  }
  const inner = takeNode(walk, isSecond ? walk.end : start, end, tag.sequence);
  if (!sameBytes(inner.whole, algorithm)) throw new DerError('two algorithms');
  const issuer = takeNode(walk, walk.end, end, tag.sequence);
  const thisUpdateMs = readTime(takeNode(walk, walk.end, end));
  const nextUpdateMs = readNextUpdate(walk, end);
  const rest = walk.end;
  const hasEntries = stepIs(walk, rest, end, tag.sequence);
  const entriesAt = hasEntries ? { start: walk.start, end: walk.end } : { start: rest, end: rest };
  const extensions = readListExtensions(walk, { start: entriesAt.end, end }, isSecond);
  return {
    issuerName: issuer.whole,
    authorityKey: extensions.get(oid.authorityKeyIdentifier)?.whole ?? null,
    thisUpdateMs,
    nextUpdateMs,
    ...readScope(extensions.get(oid.issuingDistributionPoint)),
    entryCount: checkEntries(walk, entriesAt, isSecond),
    entriesAt,
  };
}

/** Reads the next update where there is one, and stands behind it either way. */
function readNextUpdate(walk: DerWalk, end: number): number | null {
  const at = walk.end;
  if (stepIs(walk, at, end, tag.utcTime) || stepIs(walk, at, end, tag.generalizedTime)) {
    return readTime(takeNode(walk, at, end));
  }
  walk.end = at;
  return null;
}

function readListExtensions(walk: DerWalk, { start, end }: Stretch, isSecond: boolean): Extensions {
  if (start === end) return new Map();
  if (!isSecond) throw new DerError('extensions of a first version');
  const extensions = readExtensions(child(takeNode(walk, start, end, 0xa0), 0, tag.sequence), understood);
  if (walk.end !== end) throw new DerError('bytes after the end');
  if (extensions.has(oid.deltaCrl)) throw new DerError('a delta list');
  return extensions;
}

/** What the list says of a certificate of its issuer; `unknown` when it does not speak of such certificates. */
export function statusInCrl(
  crl: Crl,
  certificate: Pick<Certificate, 'serial' | 'isAuthority' | 'crlUrls'>,
): RevocationStatus {
  const isCovered = crl.scope === 'all' || (crl.scope === 'authorities') === certificate.isAuthority;
  const isNamed = crl.pointUrls === null || crl.pointUrls.some((url) => certificate.crlUrls.includes(url));
  if (!isCovered || !isNamed) return { status: 'unknown' };
  const walk = newWalk(crl.der);
  const { serial } = certificate;
  for (let at = crl.entriesAt.start; at < crl.entriesAt.end;) {
    stepOn(walk, at, crl.entriesAt.end);
    const [begin, next] = [walk.begin, walk.end];
    stepOn(walk, walk.start, next);
    if (isSerial(walk, serial)) return statusOfEntry(readDer(crl.der.subarray(begin, next)));
    at = next;
  }
  return { status: 'good' };
}

/** The instants between which the list claims to be the newest. */
export function spanOfCrl(crl: Crl): Readonly<{ from: Instant; until: Instant | null }> {
  const until = crl.nextUpdateMs === null ? null : instantOf(crl.nextUpdateMs);
  return { from: instantOf(crl.thisUpdateMs), until };
}

const understood: ReadonlySet<string> = new Set([
  oid.authorityKeyIdentifier,
  oid.crlNumber,
  oid.deltaCrl,
  oid.issuingDistributionPoint,
]);
const understoodOfEntries: ReadonlySet<string> = new Set([
  oid.crlReason,
  oid.invalidityDate,
  oid.holdInstruction,
]);

function stepIs(walk: DerWalk, at: number, limit: number, expected: number): boolean {
  if (at >= limit) return false;
  stepOn(walk, at, limit);
  return walk.tag === expected;
}

function takeNode(walk: DerWalk, at: number, limit: number, expected?: number): DerNode {
  stepOn(walk, at, limit);
  if (expected !== undefined && walk.tag !== expected) throw new DerError(`unexpected tag ${walk.tag}`);
  if (walk.end - walk.begin > maxPartBytes) throw new DerError('a part too large');
  return readWhole(walk.bytes.subarray(walk.begin, walk.end));
}

/** RFC 5280 5.2.5: a list may speak of users or of authorities only; of some reasons or other issuers, not here. */
function readScope(point: DerNode | undefined): Pick<Crl, 'scope' | 'pointUrls'> {
  let scope: Crl['scope'] = 'all';
  let pointUrls: Crl['pointUrls'] = null;
  for (const part of point?.children ?? []) {
    const isSaid = part.content[0] !== 0;
    if (part.tag === 0xa0) {
      const names = child(part, 0, 0xa0);
      pointUrls = urlsAmong(...names.children);
    } else if (part.tag === 0x81 && isSaid && scope === 'all') scope = 'users';
    else if (part.tag === 0x82 && isSaid && scope === 'all') scope = 'authorities';
    else if (isSaid) throw new DerError('a partial or indirect list');
  }
  return { scope, pointUrls };
}

/** An entry's extensions when they are but a reason, as nearly all are; the last byte is the reason. */
const onlyReason = Uint8Array.of(0x30, 0x0c, 0x30, 0x0a, 0x06, 0x03, 0x55, 0x1d, 0x15, 0x04, 0x03, 0x0a, 1);

/** Walks over every entry once: each is sound, and none has a condition that is not understood. */
function checkEntries(walk: DerWalk, place: Stretch, isSecond: boolean): number {
  let count = 0;
  for (let at = place.start; at < place.end; count++) {
    stepOn(walk, at, place.end);
    expectTag(walk, tag.sequence);
    const next = walk.end;
    stepOn(walk, walk.start, next);
    expectTag(walk, tag.integer);
    stepOn(walk, walk.end, next);
    expectTag(walk, tag.utcTime, tag.generalizedTime);
    if (walk.end !== next) {
      if (!isSecond) throw new DerError('extensions of a first version');
      checkEntryExtensions(walk, walk.end, next);
    }
    at = next;
  }
  return count;
}

function expectTag({ tag: found, start, end }: DerWalk, ...allowed: readonly number[]): void {
  if (!allowed.includes(found) || start === end) throw new DerError('a malformed entry');
}

function checkEntryExtensions(walk: DerWalk, at: number, end: number): void {
  const { bytes } = walk;
  let isPlain = end - at === onlyReason.length + 1;
  for (let i = 0; isPlain && i < onlyReason.length; i++) isPlain = bytes[at + i] === onlyReason[i];
  if (isPlain) return;
  readExtensions(takeNode(walk, at, end, tag.sequence), understoodOfEntries);
  if (walk.end !== end) throw new DerError('bytes after the end');
}

function isSerial(walk: DerWalk, serial: Uint8Array): boolean {
  if (walk.end - walk.start !== serial.length) return false;
  for (let i = serial.length - 1; i >= 0; i--) if (walk.bytes[walk.start + i] !== serial[i]) return false;
  return true;
}

function statusOfEntry(entry: DerNode): RevocationStatus {
  const extensions = readExtensions(entry.children[2], understoodOfEntries);
  const reason = reasonIn(extensions.get(oid.crlReason));
  // Only a delta list takes a certificate off; in a complete one the entry is a contradiction.
  if (reason === 'removed-from-list') throw new DerError('removed, in a complete list');
  return { status: 'revoked', at: instantOf(readTime(child(entry, 1))), reason };
}

function reasonIn(node: DerNode | undefined): RevocationReason {
  if (node === undefined) return 'unspecified';
  if (node.tag !== tag.enumerated || node.content.length !== 1) throw new DerError('not a reason');
  return reasonOfCode(node.content[0]);
}
