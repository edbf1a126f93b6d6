import { createPrivateKey, generateKeyPairSync, randomBytes, type KeyObject } from 'node:crypto';
import { AppError, type Instant } from '#shared/kernel/public.ts';
import { readCertificate } from './certificate.ts';
import { decodePkcs12, writePkcs12 } from './pkcs12.ts';
import { signerKeyFrom, type SignerKey } from './signer-key.ts';
import { writeCertificate, writeName, type NameParts } from './write-certificate.ts';

/** An agency's own certificate authority: its root and the key that signs below it. */
export type AgencyCa = Readonly<{
  certificateDer: Uint8Array;
  privateKey: KeyObject;
  /** The root with its key, to keep under a PIN. */
  p12: (pin: string) => Uint8Array;
}>;

export type IssuedCertificate = Readonly<{
  certificateDer: Uint8Array;
  key: SignerKey;
  p12: (pin: string) => Uint8Array;
}>;

export type AgencyCaOrder = Readonly<{
  agencyName: string;
  country?: string;
  validFrom: Instant;
  years: number;
}>;

export type CertificateOrder = Readonly<{
  ca: AgencyCa;
  commonName: string;
  organisation: string;
  unit?: string;
  title?: string;
  email?: string;
  role: 'person' | 'seal';
  validFrom: Instant;
  years: number;
}>;

/** Makes a root for an agency that has no certificates from the government's authority yet. */
export function issueAgencyCa(order: AgencyCaOrder): AgencyCa {
  const { publicKey, privateKey } = newKeyPair();
  const name = writeName([
    ['C', order.country ?? 'VN'],
    ['O', order.agencyName],
    ['CN', `${order.agencyName} CA`],
  ]);
  const certificateDer = writeCertificate(
    {
      serial: newSerial(),
      issuerName: name,
      subjectName: name,
      ...validity(order),
      publicKey,
      issuerPublicKey: publicKey,
      isAuthority: true,
      keyUses: ['keyCertSign', 'cRLSign'],
    },
    privateKey,
  );
  return agencyCaFrom(certificateDer, privateKey);
}

/** Opens an agency's root again from the PKCS#12 file it was kept in. */
export function openAgencyCa(p12: Uint8Array, pin: string): AgencyCa {
  const { privateKeyDer, certificates } = decodePkcs12(p12, pin);
  const root = certificates.find((certificate) => certificate.isAuthority);
  if (root === undefined) throw new AppError('signing.p12-without-certificate');
  return agencyCaFrom(root.der, createPrivateKey({ key: privateKeyDer, format: 'der', type: 'pkcs8' }));
}

/** Issues a signing certificate for a person or for the agency's seal, with a fresh RSA-2048 key. */
export function issueCertificate(order: CertificateOrder): IssuedCertificate {
  const { publicKey, privateKey } = newKeyPair();
  const root = readCertificate(order.ca.certificateDer);
  const certificateDer = writeCertificate(
    {
      serial: newSerial(),
      issuerName: root.subjectName,
      subjectName: writeName(subjectOf(order)),
      ...validity(order),
      publicKey,
      issuerPublicKey: root.publicKey,
      isAuthority: false,
      keyUses: ['digitalSignature', 'nonRepudiation'],
    },
    order.ca.privateKey,
  );
  return {
    certificateDer,
    key: signerKeyFrom(privateKey, certificateDer, []),
    p12: (pin) => writePkcs12(privateKey, [certificateDer, order.ca.certificateDer], pin),
  };
}

function agencyCaFrom(certificateDer: Uint8Array, privateKey: KeyObject): AgencyCa {
  return { certificateDer, privateKey, p12: (pin) => writePkcs12(privateKey, [certificateDer], pin) };
}

function subjectOf(order: CertificateOrder): NameParts {
  return [
    ['C', 'VN'],
    ['O', order.organisation],
    ...part('OU', order.unit),
    ...part('title', order.title),
    ['CN', order.commonName],
    ...part('email', order.email),
  ];
}

function part(type: 'OU' | 'title' | 'email', value: string | undefined): NameParts {
  return value === undefined ? [] : [[type, value]];
}

function validity(order: Readonly<{ validFrom: Instant; years: number }>): {
  notBeforeMs: number;
  notAfterMs: number;
} {
  const from = new Date(order.validFrom);
  const until = new Date(from);
  until.setUTCFullYear(from.getUTCFullYear() + order.years);
  return { notBeforeMs: from.getTime(), notAfterMs: until.getTime() - 1000 };
}

function newKeyPair(): Readonly<{ publicKey: KeyObject; privateKey: KeyObject }> {
  return generateKeyPairSync('rsa', { modulusLength: 2048, publicExponent: 65_537 });
}

/** Twenty random octets at most by RFC 5280; a leading 01..7f keeps it positive and full length. */
function newSerial(): Uint8Array {
  const bytes = randomBytes(17);
  bytes[0] = ((bytes[0] ?? 0) & 0x3f) | 0x40;
  return bytes;
}
