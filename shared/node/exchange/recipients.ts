import {
  constants,
  createCipheriv,
  createDecipheriv,
  privateDecrypt,
  publicEncrypt,
  X509Certificate,
  type KeyObject,
} from 'node:crypto';
import { AppError } from '../../kernel/public.ts';
import { der, derNull, derOid, derSmallInteger, derTag, recipientOf } from '../pdf-signing/public.ts';
import type { ContentKey } from './sealed-content.ts';

const oids = {
  oaep: '1.2.840.113549.1.1.7',
  mgf1: '1.2.840.113549.1.1.8',
  sha256: '2.16.840.1.101.3.4.2.1',
  aes256Wrap: '2.16.840.1.101.3.4.1.45',
} as const;

/** RFC 3394 2.2.3.1. */
const wrapStart = Buffer.alloc(8, 0xa6);
export const keyNameBytes = 16;

/** The content key for the holder of a certificate: RSA-OAEP with SHA-256 (RFC 3560), named by issuer and serial. */
export function forCertificate(certificate: Uint8Array, key: ContentKey): Uint8Array {
  const { publicKey } = new X509Certificate(certificate);
  const encrypted = publicEncrypt(
    { key: publicKey, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha256' },
    key,
  );
  return certificateInfo(certificate, encrypted);
}

/** Takes the content key out again; a message for somebody else, or of another form, is refused. */
export function openedBy(
  certificate: Uint8Array,
  privateKey: KeyObject,
): (recipient: Uint8Array) => ContentKey {
  const size = (privateKey.asymmetricKeyDetails?.modulusLength ?? 0) / 8;
  return (recipient) => {
    const encrypted = recipient.subarray(-size);
    if (!Buffer.from(certificateInfo(certificate, encrypted)).equals(recipient)) throw notForUs();
    try {
      const options = { key: privateKey, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha256' };
      return checkedKey(privateDecrypt(options, encrypted));
    } catch (error) {
      throw notForUs(error);
    }
  };
}

function certificateInfo(certificate: Uint8Array, encrypted: Uint8Array): Uint8Array {
  const { issuerName, serial } = recipientOf(certificate);
  const sha256 = der(derTag.sequence, derOid(oids.sha256), derNull);
  const mask = der(derTag.sequence, derOid(oids.mgf1), sha256);
  return der(
    derTag.sequence,
    derSmallInteger(0),
    der(derTag.sequence, issuerName, der(derTag.integer, serial)),
    der(derTag.sequence, derOid(oids.oaep), der(derTag.sequence, der(0xa0, sha256), der(0xa1, mask))),
    der(derTag.octetString, encrypted),
  );
}

/** The content key under a key both sides have by name (KEKRecipientInfo, AES-256 key wrap): one file for many recipients. */
export function forNamedKey(named: NamedKey, key: ContentKey): Uint8Array {
  const cipher = createCipheriv('id-aes256-wrap', named.key, wrapStart);
  return namedInfo(named.name, Buffer.concat([cipher.update(key), cipher.final()]));
}

export type NamedKey = Readonly<{ name: Uint8Array; key: Uint8Array }>;

export function openedByNamed({ name, key }: NamedKey): (recipient: Uint8Array) => ContentKey {
  return (recipient) => {
    const wrapped = recipient.subarray(-40);
    if (!Buffer.from(namedInfo(name, wrapped)).equals(recipient)) throw notForUs();
    try {
      const decipher = createDecipheriv('id-aes256-wrap', key, wrapStart);
      return checkedKey(Buffer.concat([decipher.update(wrapped), decipher.final()]));
    } catch (error) {
      throw notForUs(error);
    }
  };
}

function namedInfo(name: Uint8Array, wrapped: Uint8Array): Uint8Array {
  return der(
    0xa2,
    derSmallInteger(4),
    der(derTag.sequence, der(derTag.octetString, name)),
    der(derTag.sequence, derOid(oids.aes256Wrap)),
    der(derTag.octetString, wrapped),
  );
}

function checkedKey(key: Uint8Array): ContentKey {
  if (key.length !== 32) throw notForUs();
  return key;
}

function notForUs(cause?: unknown): AppError {
  return new AppError('exchange.not-for-us', {}, cause);
}
