import { randomBytes, type KeyObject } from 'node:crypto';
import { newKeyPair } from './key-pair.ts';
import { writeCertificate, writeName } from './write-certificate.ts';

/** A server's key and certificate with the small authority that vouches for it, all PEM. */
export type ServerIdentity = Readonly<{ authority: string; certificate: string; key: string }>;

export type ServerIdentityOrder = Readonly<{
  /** Host names and IPv4 addresses it answers under. */
  hosts: readonly string[];
  nowMs: number;
}>;

const years = 10;
const dayMs = 86_400_000;

/**
 * Makes an authority for one server and the server's own certificate (ECDSA P-256). The authority's key is thrown away:
 * it vouches for this certificate and can never vouch for another.
 */
export function makeServerIdentity({ hosts, nowMs }: ServerIdentityOrder): ServerIdentity {
  const [above, own] = [newKeyPair('p-256'), newKeyPair('p-256')];
  const issuerName = writeName([['CN', 'Ấn Tín máy chủ']]);
  const shared = {
    issuerName,
    notBeforeMs: nowMs - dayMs,
    notAfterMs: nowMs + years * 365 * dayMs,
    issuerPublicKey: above.publicKey,
  };
  const authority = writeCertificate(
    {
      ...shared,
      serial: newSerial(),
      subjectName: issuerName,
      publicKey: above.publicKey,
      isAuthority: true,
      keyUses: ['keyCertSign'],
      pathLength: 0,
    },
    above.privateKey,
  );
  const certificate = writeCertificate(
    {
      ...shared,
      serial: newSerial(),
      subjectName: writeName([['CN', hosts[0] ?? 'localhost']]),
      publicKey: own.publicKey,
      isAuthority: false,
      keyUses: ['digitalSignature'],
      extendedUses: ['serverAuth'],
      hosts,
    },
    above.privateKey,
  );
  return { authority: pem(authority), certificate: pem(certificate), key: keyPem(own.privateKey) };
}

function newSerial(): Uint8Array {
  const serial = randomBytes(16);
  serial[0] = ((serial[0] ?? 0) & 0x3f) | 0x40;
  return serial;
}

function pem(der: Uint8Array): string {
  const lines =
    Buffer.from(der)
      .toString('base64')
      .match(/.{1,64}/gu) ?? [];
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n');
}

function keyPem(key: KeyObject): string {
  return key.export({ type: 'pkcs8', format: 'pem' }).toString();
}
