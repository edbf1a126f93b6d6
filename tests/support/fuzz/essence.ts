import { createHash } from 'node:crypto';
import { DerError } from '#shared/node/pdf-signing/cms/der.ts';
import { readSignedData } from '#shared/node/pdf-signing/cms/read-cms.ts';

export type Essence = Readonly<{
  /** A sum over content, signed attributes, signature and public key: what nobody can change without the key. */
  signed: string;
  /** The signer's certificate. Where no signed attribute names it, only its issuer's signature guards it. */
  certificate: string;
}>;

/** The parts of a CMS signature that have to stay; null when it is none. */
export function essenceOf(cms: Uint8Array): Essence | null {
  try {
    const { content, contentType, signedBytes, signature, signer } = readSignedData(cms);
    const hash = createHash('sha256');
    for (const part of [content, Buffer.from(contentType), signedBytes, signature, signer?.keyBits ?? null]) {
      hash.update(`${part?.length ?? -1}:`).update(part ?? '');
    }
    return { signed: hash.digest('hex'), certificate: Buffer.from(signer?.der ?? []).toString('hex') };
  } catch (error) {
    if (error instanceof DerError) return null;
    throw error;
  }
}
