import { createHash, type KeyObject } from 'node:crypto';
import { isIPv4 } from 'node:net';
import { der, derNull, derOid, derSmallInteger, readDer, tag } from '../cms/der.ts';
import { oid } from '../cms/oids.ts';
import type { KeyUse } from './certificate.ts';
import { algorithmOf, signDer } from './sign-der.ts';

/** Parts of a certificate's name, in order: attribute type and value. */
export type NameParts = readonly (readonly [type: keyof typeof nameTypes, value: string])[];

export type CertificatePlan = Readonly<{
  serial: Uint8Array;
  /** DER names; the issuer's is copied byte for byte from its certificate. */
  issuerName: Uint8Array;
  subjectName: Uint8Array;
  notBeforeMs: number;
  notAfterMs: number;
  publicKey: KeyObject;
  issuerPublicKey: KeyObject;
  isAuthority: boolean;
  keyUses: readonly KeyUse[];
  /** How many authorities may stand below an authority; unsaid, any number. */
  pathLength?: number;
  extendedUses?: readonly ExtendedUse[];
  services?: RevocationServices;
  /** Host names and addresses a server answers under (RFC 5280 4.2.1.6). */
  hosts?: readonly string[];
}>;

export type ExtendedUse = 'ocspSigning' | 'timeStamping' | 'serverAuth';

/** Where it is told whether a certificate is revoked. */
export type RevocationServices = Readonly<{ ocspUrl?: string; crlUrl?: string }>;

/** Signs a certificate (X.509 v3) with an RSA or EC key and gives its DER. */
export function writeCertificate(plan: CertificatePlan, issuerKey: KeyObject): Uint8Array {
  const algorithm = algorithmOf(issuerKey);
  const tbs = der(
    tag.sequence,
    der(0xa0, der(tag.integer, Uint8Array.of(2))),
    der(tag.integer, plan.serial),
    algorithm,
    plan.issuerName,
    der(tag.sequence, time(plan.notBeforeMs), time(plan.notAfterMs)),
    plan.subjectName,
    spki(plan.publicKey),
    der(0xa3, der(tag.sequence, ...extensions(plan))),
  );
  return der(tag.sequence, tbs, algorithm, signDer(tbs, issuerKey));
}

export function writeName(parts: NameParts): Uint8Array {
  return der(
    tag.sequence,
    ...parts.map(([type, value]) =>
      der(
        tag.set,
        der(tag.sequence, derOid(nameTypes[type]), der(stringTags[type] ?? tag.utf8, Buffer.from(value))),
      ),
    ),
  );
}

const nameTypes = {
  CN: '2.5.4.3',
  C: '2.5.4.6',
  O: '2.5.4.10',
  OU: '2.5.4.11',
  title: '2.5.4.12',
  email: '1.2.840.113549.1.9.1',
} as const;

const stringTags: Readonly<Partial<Record<keyof typeof nameTypes, number>>> = { C: 0x13, email: 0x16 };

const useBits: Readonly<Record<KeyUse, number>> = {
  digitalSignature: 0x80,
  nonRepudiation: 0x40,
  keyEncipherment: 0x20,
  keyCertSign: 0x04,
  cRLSign: 0x02,
};

const isTrue: Uint8Array = Uint8Array.of(tag.boolean, 1, 0xff);

function extensions(plan: CertificatePlan): readonly Uint8Array[] {
  const bits = plan.keyUses.reduce((sum, use) => sum | useBits[use], 0);
  const unused = 31 - Math.clz32(bits & -bits);
  return [
    extension(oid.basicConstraints, true, der(tag.sequence, ...constraintsOf(plan))),
    extension(oid.keyUsage, true, der(tag.bitString, Uint8Array.of(unused, bits))),
    extension(oid.subjectKeyIdentifier, false, der(tag.octetString, keyId(plan.publicKey))),
    extension(oid.authorityKeyIdentifier, false, der(tag.sequence, der(0x80, keyId(plan.issuerPublicKey)))),
    ...usesOf(plan),
    ...servicesOf(plan.services ?? {}),
    ...hostsOf(plan.hosts ?? []),
  ];
}

function constraintsOf({ isAuthority, pathLength }: CertificatePlan): readonly Uint8Array[] {
  if (!isAuthority) return [];
  return pathLength === undefined ? [isTrue] : [isTrue, derSmallInteger(pathLength)];
}

/** What a certificate is only for; of a responder that names no services nobody asks whether it is revoked. */
function usesOf({ extendedUses = [], services = {} }: CertificatePlan): readonly Uint8Array[] {
  if (extendedUses.length === 0) return [];
  // RFC 3161 2.3: a time-stamper's single use is critical.
  const isCritical = extendedUses.includes('timeStamping');
  const list = der(tag.sequence, ...extendedUses.map((use) => derOid(oid[use])));
  const named = extension(oid.extendedKeyUsage, isCritical, list);
  // RFC 6960 4.2.2.2.1
  const isLeftAlone = extendedUses.includes('ocspSigning') && Object.keys(services).length === 0;
  return isLeftAlone ? [named, extension(oid.ocspNoCheck, false, derNull)] : [named];
}

function servicesOf({ ocspUrl, crlUrl }: RevocationServices): readonly Uint8Array[] {
  const access = ocspUrl === undefined ? [] : [der(tag.sequence, derOid(oid.ocsp), webAddress(ocspUrl))];
  const points = crlUrl === undefined ? [] : [der(tag.sequence, der(0xa0, der(0xa0, webAddress(crlUrl))))];
  return [
    ...access.map((one) => extension(oid.authorityInfoAccess, false, der(tag.sequence, one))),
    ...points.map((one) => extension(oid.crlDistributionPoints, false, der(tag.sequence, one))),
  ];
}

function hostsOf(hosts: readonly string[]): readonly Uint8Array[] {
  if (hosts.length === 0) return [];
  const names = hosts.map((host) =>
    isIPv4(host)
      ? der(0x87, Uint8Array.from(host.split('.'), Number))
      : der(0x82, Buffer.from(host, 'latin1')),
  );
  return [extension(oid.subjectAltName, false, der(tag.sequence, ...names))];
}

function webAddress(url: string): Uint8Array {
  return der(0x86, Buffer.from(url, 'latin1'));
}

export function extension(id: string, critical: boolean, value: Uint8Array): Uint8Array {
  return der(tag.sequence, derOid(id), ...(critical ? [isTrue] : []), der(tag.octetString, value));
}

function spki(key: KeyObject): Uint8Array {
  return key.export({ type: 'spki', format: 'der' });
}

/** RFC 5280 4.2.1.2 (1): SHA-1 of the public key's bits; a name for the key, not a protection. */
export function keyId(key: KeyObject): Uint8Array {
  const bits = readDer(spki(key)).children[1];
  return createHash('sha1')
    .update(bits?.content.subarray(1) ?? new Uint8Array())
    .digest();
}

export function time(ms: number): Uint8Array {
  const digits = new Date(ms).toISOString().replaceAll(/[-:T]|\.\d+/g, '');
  // RFC 5280 4.1.2.5: UTCTime through 2049, GeneralizedTime after.
  const year = new Date(ms).getUTCFullYear();
  return year < 2050
    ? der(tag.utcTime, Buffer.from(digits.slice(2)))
    : der(tag.generalizedTime, Buffer.from(digits));
}
