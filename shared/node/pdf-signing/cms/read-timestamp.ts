import { DerError, child, readDer, readOid, readTime, tag } from './der.ts';
import { checkCms } from './check-cms.ts';
import { readSignedData } from './read-cms.ts';
import { createHash } from 'node:crypto';
import { hashNameOf, oid } from './oids.ts';
import { sameBytes, type Certificate } from '../pki/certificate.ts';

export type TimestampCheck = Readonly<{
  intact: boolean;
  strong: boolean;
  genTimeMs: number;
  signer: Certificate | null;
  certificates: readonly Certificate[];
  reasons: readonly string[];
}>;

/** Checks an RFC 3161 token: its own signature, and that it stamps exactly the given bytes. Throws DerError. */
export function checkTimestamp(token: Uint8Array, stamped: readonly Uint8Array[]): TimestampCheck {
  const cms = readSignedData(token);
  if (cms.contentType !== oid.tstInfo || cms.content === null) throw new DerError('not a time-stamp');
  const info = readDer(cms.content);
  const imprint = child(info, 2, tag.sequence);
  const hash = hashNameOf(readOid(child(child(imprint, 0), 0)));
  const genTimeMs = readTime(child(info, 4, tag.generalizedTime));
  const check = checkCms(cms, [cms.content]);
  const stampsThese =
    hash !== null && sameBytes(hashOf(hash, stamped), child(imprint, 1, tag.octetString).content);
  return {
    intact: check.intact && stampsThese,
    strong: check.strong && hash !== 'sha1',
    genTimeMs,
    signer: cms.signer,
    certificates: cms.certificates,
    reasons: stampsThese ? check.reasons : [...check.reasons, 'timestamp-of-other-bytes'],
  };
}

function hashOf(hash: string, pieces: readonly Uint8Array[]): Uint8Array {
  const hasher = createHash(hash);
  for (const piece of pieces) hasher.update(piece);
  return hasher.digest();
}
