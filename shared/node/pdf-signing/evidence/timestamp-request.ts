import { createHash } from 'node:crypto';
import { der, derNull, derOid, derSmallInteger, derUnsigned, tag } from '../cms/der.ts';
import { oid } from '../cms/oids.ts';

export type TimestampQuestion = Readonly<{
  /** What is to be stamped, in pieces. */
  stamped: readonly Uint8Array[];
  /** 64 random bits that the answer repeats. */
  nonce: Uint8Array;
}>;

/** Writes an RFC 3161 request over SHA-256 that asks for the time-stamper's certificate too. */
export function writeTimestampRequest({ stamped, nonce }: TimestampQuestion): Uint8Array {
  const hash = createHash('sha256');
  for (const piece of stamped) hash.update(piece);
  const algorithm = der(tag.sequence, derOid(oid.sha256), derNull);
  return der(
    tag.sequence,
    derSmallInteger(1),
    der(tag.sequence, algorithm, der(tag.octetString, hash.digest())),
    derUnsigned(nonce),
    der(tag.boolean, Uint8Array.of(0xff)),
  );
}
