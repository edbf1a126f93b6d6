import { createHash } from 'node:crypto';
import { ecdsaSignatureRaw, readCertificate, type SignerKey } from '#shared/node/pdf-signing/public.ts';
import type { ExchangeMessage } from '#shared/exchange/public.ts';
import { signatureNamespace } from './names.ts';
import { canonicalPieces, type ContentOf } from './write-message.ts';

const exclusive = 'http://www.w3.org/2001/10/xml-exc-c14n#';
const enveloped = `${signatureNamespace}enveloped-signature`;
const sha256 = 'http://www.w3.org/2001/04/xmlenc#sha256';
const more = 'http://www.w3.org/2001/04/xmldsig-more#';

/**
 * An enveloped XMLDSig over the whole message, exclusive form, SHA-256 (QCVN 102:2016; the samples' SHA-1 is not made any
 * more): the element that `writeMessage` puts into the header of the same message.
 */
export async function signMessage(
  message: ExchangeMessage,
  contentOf: ContentOf,
  { certificate, chain, algorithm, sign }: SignerKey,
): Promise<string> {
  const taken = createHash('sha256');
  for (const piece of canonicalPieces(message, contentOf, '')) taken.update(piece);
  const inside = [
    `<CanonicalizationMethod Algorithm="${exclusive}"></CanonicalizationMethod>`,
    `<SignatureMethod Algorithm="${more}${algorithm}"></SignatureMethod>`,
    '<Reference URI=""><Transforms>',
    `<Transform Algorithm="${enveloped}"></Transform><Transform Algorithm="${exclusive}"></Transform>`,
    `</Transforms><DigestMethod Algorithm="${sha256}"></DigestMethod>`,
    `<DigestValue>${taken.digest('base64')}</DigestValue></Reference>`,
  ].join('');
  // Apart from the message, the namespace stands at the first element that uses it.
  const signed = `<SignedInfo xmlns="${signatureNamespace}">${inside}</SignedInfo>`;
  const made = await sign(Buffer.from(signed, 'utf8'));
  const value = algorithm === 'rsa-sha256' ? made : ecdsaSignatureRaw(made, widthOf(certificate));
  const certificates = [certificate, ...chain]
    .map((one) => `<X509Certificate>${base64(one)}</X509Certificate>`)
    .join('');
  return [
    `<Signature xmlns="${signatureNamespace}"><SignedInfo>${inside}</SignedInfo>`,
    `<SignatureValue>${base64(value)}</SignatureValue>`,
    `<KeyInfo><X509Data>${certificates}</X509Data></KeyInfo></Signature>`,
  ].join('');
}

const widths: Readonly<Record<string, number>> = { prime256v1: 32, secp384r1: 48, secp521r1: 66 };

function widthOf(certificate: Uint8Array): number {
  const curve = readCertificate(certificate).publicKey.asymmetricKeyDetails?.namedCurve ?? '';
  const width = widths[curve];
  if (width === undefined) throw new Error(`No width is known for ${curve}`);
  return width;
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64');
}
