import { createPrivateKey, randomBytes, type KeyObject } from 'node:crypto';
import { AppError, type Instant } from '#shared/kernel/public.ts';
import { oid } from '../cms/oids.ts';
import { readCertificate } from './certificate.ts';
import { newKeyPair, type KeyType } from './key-pair.ts';
import { decodePkcs12 } from './pkcs12.ts';
import { signerKeyFrom, type SignerKey } from './signer-key.ts';
import {
  writeCertificate,
  writeName,
  type CertificatePlan,
  type NameParts,
  type RevocationServices,
} from './write-certificate.ts';
import { writePkcs12 } from './write-pkcs12.ts';

/** A level of an agency's own certificate authority: the root, or the issuing level below it. */
export type AgencyCa = Readonly<{
  certificateDer: Uint8Array;
  privateKey: KeyObject;
  /** The authorities above it, nearest first, up to the root. */
  above: readonly Uint8Array[];
  /** The authority with its key, to keep under a PIN. */
  p12: (pin: string) => Uint8Array;
}>;

export type IssuedCertificate = Readonly<{
  certificateDer: Uint8Array;
  privateKey: KeyObject;
  key: SignerKey;
  p12: (pin: string) => Uint8Array;
}>;

export type AgencyCaOrder = Readonly<{
  agencyName: string;
  country?: string;
  validFrom: Instant;
  years: number;
  keyType?: KeyType;
}>;

export type IssuingLevelOrder = Readonly<{
  root: AgencyCa;
  commonName: string;
  organisation: string;
  validFrom: Instant;
  years: number;
  keyType?: KeyType;
  /** Where the root tells whether the issuing level is revoked. */
  services?: RevocationServices;
}>;

/** What a certificate is for; an OCSP responder, a time-stamper and a key that envelopes are sealed to do that one thing only. */
export type CertificateRole = 'person' | 'seal' | 'ocsp' | 'time-stamping' | 'sealing';

export type CertificateOrder = Readonly<{
  ca: AgencyCa;
  commonName: string;
  organisation: string;
  unit?: string;
  title?: string;
  email?: string;
  role: CertificateRole;
  validFrom: Instant;
  years: number;
  keyType?: KeyType;
  services?: RevocationServices;
}>;

export type RenewalOrder = Readonly<{
  ca: AgencyCa;
  /** The certificate that runs out; its names, uses and services are kept. */
  certificateDer: Uint8Array;
  /** The key of the old certificate to keep, or the kind of a new one. */
  key: KeyObject | KeyType;
  validFrom: Instant;
  years: number;
}>;

/** Makes a root for an agency that has no certificates from the government's authority yet. */
export function issueAgencyCa(order: AgencyCaOrder): AgencyCa {
  const { publicKey, privateKey } = newKeyPair(order.keyType);
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
  return agencyCaOf({ certificateDer, privateKey, above: [] });
}

/** Makes the level that issues from day to day, so that the root's key can stay locked away. */
export function issueIssuingLevel(order: IssuingLevelOrder): AgencyCa {
  const { publicKey, privateKey } = newKeyPair(order.keyType);
  const { root } = order;
  const certificateDer = writeCertificate(
    {
      ...belowAuthority(root),
      subjectName: writeName([
        ['C', 'VN'],
        ['O', order.organisation],
        ['CN', order.commonName],
      ]),
      ...validity(order),
      publicKey,
      isAuthority: true,
      pathLength: 0,
      keyUses: ['keyCertSign', 'cRLSign'],
      services: order.services ?? {},
    },
    root.privateKey,
  );
  return agencyCaOf({ certificateDer, privateKey, above: [root.certificateDer, ...root.above] });
}

/** Opens an authority again from the PKCS#12 file it was kept in. */
export function openAgencyCa(p12: Uint8Array, pin: string): AgencyCa {
  const { privateKeyDer, certificates } = decodePkcs12(p12, pin);
  const privateKey = createPrivateKey({ key: privateKeyDer, format: 'der', type: 'pkcs8' });
  const own = certificates.find((one) => one.isAuthority && one.x509.checkPrivateKey(privateKey));
  if (own === undefined) throw new AppError('signing.p12-without-certificate');
  const above = certificates.filter((one) => one !== own).map(({ der }) => der);
  return agencyCaOf({ certificateDer: own.der, privateKey, above });
}

/** A level whose key is at hand, to issue and revoke with. */
export function agencyCaOf(parts: Omit<AgencyCa, 'p12'>): AgencyCa {
  const { certificateDer, privateKey, above } = parts;
  return { ...parts, p12: (pin) => writePkcs12(privateKey, [certificateDer, ...above], pin) };
}

/** Issues a certificate with a fresh key (RSA-2048 unless said otherwise). */
export function issueCertificate(order: CertificateOrder): IssuedCertificate {
  const { publicKey, privateKey } = newKeyPair(order.keyType);
  const certificateDer = writeCertificate(
    {
      ...belowAuthority(order.ca),
      subjectName: writeName(subjectOf(order)),
      ...validity(order),
      publicKey,
      isAuthority: false,
      ...usesOf[order.role],
      services: order.services ?? {},
    },
    order.ca.privateKey,
  );
  return issuedFrom(certificateDer, privateKey, order.ca);
}

/** Issues a certificate again under a new number, with its old key or with a new one. */
export function renewCertificate(order: RenewalOrder): IssuedCertificate {
  const old = readCertificate(order.certificateDer);
  const kept = typeof order.key === 'string' ? null : order.key;
  if (old.isAuthority || (kept !== null && !old.x509.checkPrivateKey(kept))) {
    throw new AppError('signing.renewal-refused');
  }
  const { privateKey, publicKey } =
    typeof order.key === 'string'
      ? newKeyPair(order.key)
      : { privateKey: order.key, publicKey: old.publicKey };
  const [ocspUrl, crlUrl] = [old.ocspUrls[0], old.crlUrls[0]];
  const certificateDer = writeCertificate(
    {
      ...belowAuthority(order.ca),
      subjectName: old.subjectName,
      ...validity(order),
      publicKey,
      isAuthority: false,
      keyUses: old.keyUses ?? [],
      extendedUses: (['ocspSigning', 'timeStamping'] as const).filter((use) =>
        old.extendedUses?.includes(oid[use]),
      ),
      services: {
        ...(ocspUrl === undefined ? {} : { ocspUrl }),
        ...(crlUrl === undefined ? {} : { crlUrl }),
      },
    },
    order.ca.privateKey,
  );
  return issuedFrom(certificateDer, privateKey, order.ca);
}

const usesOf = {
  person: { keyUses: ['digitalSignature', 'nonRepudiation'] },
  seal: { keyUses: ['digitalSignature', 'nonRepudiation'] },
  ocsp: { keyUses: ['digitalSignature'], extendedUses: ['ocspSigning'] },
  // What is sealed to it, it opens; it signs nothing.
  sealing: { keyUses: ['keyEncipherment'] },
  'time-stamping': { keyUses: ['digitalSignature'], extendedUses: ['timeStamping'] },
} as const satisfies Record<CertificateRole, Pick<CertificatePlan, 'keyUses' | 'extendedUses'>>;

function belowAuthority(ca: AgencyCa): Pick<CertificatePlan, 'serial' | 'issuerName' | 'issuerPublicKey'> {
  const { subjectName, publicKey } = readCertificate(ca.certificateDer);
  return { serial: newSerial(), issuerName: subjectName, issuerPublicKey: publicKey };
}

/** The issuing level travels with a signature; the root, which everybody has, does not. */
function issuedFrom(certificateDer: Uint8Array, privateKey: KeyObject, ca: AgencyCa): IssuedCertificate {
  const levels = [ca.certificateDer, ...ca.above];
  return {
    certificateDer,
    privateKey,
    key: signerKeyFrom(privateKey, certificateDer, levels.slice(0, -1)),
    p12: (pin) => writePkcs12(privateKey, [certificateDer, ...levels], pin),
  };
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

/** Twenty random octets at most by RFC 5280; a leading 01..7f keeps it positive and full length. */
function newSerial(): Uint8Array {
  const bytes = randomBytes(17);
  bytes[0] = ((bytes[0] ?? 0) & 0x3f) | 0x40;
  return bytes;
}
