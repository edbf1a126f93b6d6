import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  X509Certificate,
  type KeyObject,
} from 'node:crypto';
import { writeCertificate, writeName } from './write-certificate.ts';

/** A server's own root for the devices of its agency: the certificate (DER) and the key (PKCS#8 DER), both base64. */
export type DeviceRoot = Readonly<{ certificate: string; key: string }>;

export type DeviceCertificateOrder = Readonly<{
  agencyId: string;
  device: string;
  person: string;
  /** Raw Ed25519, base64. */
  publicKey: string;
  serial: Uint8Array;
  fromMs: number;
  untilMs: number;
}>;

const rootYears = 30;
const dayMs = 86_400_000;
// SubjectPublicKeyInfo of an Ed25519 key is this and the 32 bytes (RFC 8410 4).
const spkiPrefix = Buffer.from('302a300506032b6570032100', 'hex');

/** Makes the root once; it signs devices and nothing else. */
export function makeDeviceRoot(agencyId: string, serial: Uint8Array, nowMs: number): DeviceRoot {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const name = writeName([
    ['O', agencyId],
    ['CN', 'Ấn Tín máy làm việc'],
  ]);
  const certificate = writeCertificate(
    {
      serial,
      issuerName: name,
      subjectName: name,
      notBeforeMs: nowMs - dayMs,
      notAfterMs: nowMs + rootYears * 365 * dayMs,
      publicKey,
      issuerPublicKey: publicKey,
      isAuthority: true,
      keyUses: ['keyCertSign'],
      pathLength: 0,
    },
    privateKey,
  );
  const key = privateKey.export({ type: 'pkcs8', format: 'der' });
  return { certificate: base64(certificate), key: base64(key) };
}

/**
 * Says in X.509 whose a device's key is: the agency as O, the person as OU, the device as CN, all by their ids, since
 * names change. `openssl verify` and `openssl x509` read it (base64 DER).
 */
export function issueDeviceCertificate(root: DeviceRoot, order: DeviceCertificateOrder): string {
  const above = new X509Certificate(Buffer.from(root.certificate, 'base64'));
  const key = createPrivateKey({ key: Buffer.from(root.key, 'base64'), format: 'der', type: 'pkcs8' });
  return base64(
    writeCertificate(
      {
        serial: order.serial,
        issuerName: writeName([
          ['O', order.agencyId],
          ['CN', 'Ấn Tín máy làm việc'],
        ]),
        subjectName: writeName([
          ['O', order.agencyId],
          ['OU', order.person],
          ['CN', order.device],
        ]),
        notBeforeMs: order.fromMs,
        notAfterMs: order.untilMs,
        publicKey: keyFrom(order.publicKey),
        issuerPublicKey: above.publicKey,
        isAuthority: false,
        keyUses: ['digitalSignature'],
      },
      key,
    ),
  );
}

/** What a device's certificate says, once its issuer was seen to have signed it; null when it says nothing of ours. */
export function deviceCertificateFacts(
  certificate: string,
  issuer: string,
): Readonly<{ agencyId: string; person: string; device: string; publicKey: string }> | null {
  try {
    const [own, above] = [certificate, issuer].map((der) => new X509Certificate(Buffer.from(der, 'base64')));
    if (own === undefined || above === undefined || !above.ca) return null;
    if (!own.checkIssued(above) || !own.verify(above.publicKey)) return null;
    const said = new Map(own.subject.split('\n').map((line) => line.split('=', 2) as [string, string]));
    const publicKey = own.publicKey.export({ format: 'der', type: 'spki' }).subarray(-32).toString('base64');
    const [agencyId, person, device] = [said.get('O'), said.get('OU'), said.get('CN')];
    if (agencyId === undefined || person === undefined || device === undefined) return null;
    return { agencyId, person, device, publicKey };
  } catch {
    return null; // Not a certificate at all.
  }
}

function keyFrom(publicKey: string): KeyObject {
  const der = Buffer.concat([spkiPrefix, Buffer.from(publicKey, 'base64')]);
  return createPublicKey({ key: der, format: 'der', type: 'spki' });
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64');
}
