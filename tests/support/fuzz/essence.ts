import { createHash } from 'node:crypto';
import { DerError } from '#shared/node/pdf-signing/cms/der.ts';
import { hashNameOf, oid } from '#shared/node/pdf-signing/cms/oids.ts';
import { readSignedData } from '#shared/node/pdf-signing/cms/read-cms.ts';
import { checkTimestamp } from '#shared/node/pdf-signing/cms/read-timestamp.ts';

export type Essence = Readonly<{
  /** A sum over content, signed attributes, signature and public key: what nobody can change without the key. */
  signed: string;
  /** The signer's certificate. Where no signed attribute names it, only its issuer's signature guards it. */
  certificate: string;
  /** Whether the pieces hash to what the signed attributes state. */
  isOver: (pieces: readonly Uint8Array[]) => boolean;
}>;

/** The parts of a CMS signature that have to stay; null when it is none. */
export function essenceOf(cms: Uint8Array): Essence | null {
  try {
    const { content, contentType, signedBytes, signature, signer, signed, digestAlgorithm } =
      readSignedData(cms);
    const hash = createHash('sha256');
    for (const part of [content, Buffer.from(contentType), signedBytes, signature, signer?.keyBits ?? null]) {
      hash.update(`${part?.length ?? -1}:`).update(part ?? '');
    }
    const isOver = (pieces: readonly Uint8Array[]): boolean => {
      if (content !== null) return checkTimestamp(cms, pieces).stampsThese;
      const sum = createHash(hashNameOf(digestAlgorithm) ?? 'sha256');
      for (const piece of pieces) sum.update(piece);
      return sum.digest().equals(signed.get(oid.messageDigest)?.children[0]?.content ?? Buffer.of());
    };
    return {
      signed: hash.digest('hex'),
      certificate: Buffer.from(signer?.der ?? []).toString('hex'),
      isOver,
    };
  } catch (error) {
    if (error instanceof DerError) return null;
    throw error;
  }
}
