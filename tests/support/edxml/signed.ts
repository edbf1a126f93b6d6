import { SignedXml } from 'xml-crypto';
import { readCertificate } from '#shared/node/pdf-signing/public.ts';
import { newKeyPair } from '#shared/node/pdf-signing/pki/key-pair.ts';
import { writeCertificate, writeName } from '#shared/node/pdf-signing/pki/write-certificate.ts';
import type { SigningOffice } from '../signing-office.ts';
import { pem } from '../pem.ts';

/** A key somebody else's program signs with, and its certificate. */
export type XmlSigner = Readonly<{ privateKey: string; certificate: Uint8Array; isRsa: boolean }>;

export function xmlSigner(
  { ca }: Pick<SigningOffice, 'ca'>,
  {
    from = '2026-01-01',
    keyType = 'rsa-2048',
  }: Readonly<{ from?: string; keyType?: 'rsa-2048' | 'p-256' }> = {},
): XmlSigner {
  const above = readCertificate(ca.certificateDer);
  const { publicKey, privateKey } = newKeyPair(keyType);
  const certificate = writeCertificate(
    {
      serial: Buffer.from('0815', 'hex'),
      notBeforeMs: Date.parse(from),
      notAfterMs: Date.parse(from) + 3 * 365 * 86_400_000,
      issuerName: above.subjectName,
      issuerPublicKey: above.publicKey,
      subjectName: writeName([['CN', 'UBND tỉnh Đồng Nai']]),
      publicKey,
      isAuthority: false,
      keyUses: ['digitalSignature', 'nonRepudiation'],
    },
    ca.privateKey,
  );
  const key = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  return { privateKey: key, certificate, isRsa: keyType === 'rsa-2048' };
}

export const exclusive = 'http://www.w3.org/2001/10/xml-exc-c14n#';
export const inclusive = 'http://www.w3.org/TR/2001/REC-xml-c14n-20010315';
export const enveloped = 'http://www.w3.org/2000/09/xmldsig#enveloped-signature';

export type SignOptions = Readonly<{
  canonicalization?: typeof exclusive | typeof inclusive;
  transform?: typeof exclusive | typeof inclusive;
  isSha1?: boolean;
  /** Where the signature is put: an XPath. */
  into?: string;
  /** What it signs, where not the whole message. */
  only?: string;
  prefix?: string;
}>;

/** Signs a message as xml-crypto does, which is nothing of ours. */
export function signXml(xml: string, signer: XmlSigner, options: SignOptions = {}): string {
  const hash = options.isSha1 === true ? 'sha1' : 'sha256';
  const method =
    hash === 'sha1'
      ? 'http://www.w3.org/2000/09/xmldsig#rsa-sha1'
      : `http://www.w3.org/2001/04/xmldsig-more#${signer.isRsa ? 'rsa' : 'ecdsa'}-sha256`;
  const signed = new SignedXml({
    privateKey: signer.privateKey,
    publicCert: pem('CERTIFICATE', signer.certificate),
    signatureAlgorithm: method,
    canonicalizationAlgorithm: options.canonicalization ?? exclusive,
  });
  signed.addReference({
    xpath: options.only ?? '/*',
    isEmptyUri: options.only === undefined,
    transforms: [enveloped, options.transform ?? exclusive],
    digestAlgorithm:
      hash === 'sha1' ? 'http://www.w3.org/2000/09/xmldsig#sha1' : 'http://www.w3.org/2001/04/xmlenc#sha256',
  });
  signed.computeSignature(xml, {
    ...(options.prefix === undefined ? {} : { prefix: options.prefix }),
    location: { reference: options.into ?? "//*[local-name(.)='edXMLHeader']", action: 'append' },
  });
  return signed.getSignedXml();
}
