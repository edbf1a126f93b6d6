import { createHash, createHmac, randomBytes, type KeyObject } from 'node:crypto';
import forge from 'node-forge';
import { der, derNull, derOid, derSmallInteger, tag } from '../cms/der.ts';
import { oid } from '../cms/oids.ts';
import { readCertificate } from './certificate.ts';

// The file's own password check runs this often at every opening; the PIN of a file kept by the office is
// wrapped again by the store's key, so this guards only files that leave it.
const iterations = 2048;
const macKeyBytes = 32;

const bagOids = {
  shroudedKey: '1.2.840.113549.1.12.10.1.2',
  certificate: '1.2.840.113549.1.12.10.1.3',
  x509: '1.2.840.113549.1.9.22.1',
  localKeyId: '1.2.840.113549.1.9.21',
} as const;

/** Writes a key (RSA or EC, AES-256), its certificate and those above it as a PKCS#12 file (RFC 7292). */
export function writePkcs12(
  privateKey: KeyObject,
  certificates: readonly Uint8Array[],
  pin: string,
): Uint8Array {
  const own = certificates.find((one) => readCertificate(one).x509.checkPrivateKey(privateKey));
  const keyId = createHash('sha1')
    .update(own ?? new Uint8Array())
    .digest();
  const named = attribute(bagOids.localKeyId, der(tag.octetString, keyId));
  const certificateBags = certificates.map((one) =>
    bag(
      bagOids.certificate,
      der(tag.sequence, derOid(bagOids.x509), der(0xa0, der(tag.octetString, one))),
      one === own ? [named] : [],
    ),
  );
  const shrouded = privateKey.export({
    type: 'pkcs8',
    format: 'der',
    cipher: 'aes-256-cbc',
    passphrase: pin,
  });
  const safe = der(
    tag.sequence,
    dataOf(der(tag.sequence, ...certificateBags)),
    dataOf(der(tag.sequence, bag(bagOids.shroudedKey, shrouded, [named]))),
  );
  return der(tag.sequence, derSmallInteger(3), dataOf(safe), macOf(safe, pin));
}

function dataOf(content: Uint8Array): Uint8Array {
  return der(tag.sequence, derOid(oid.data), der(0xa0, der(tag.octetString, content)));
}

function bag(type: string, value: Uint8Array, attributes: readonly Uint8Array[]): Uint8Array {
  const named = attributes.length === 0 ? [] : [der(tag.set, ...attributes)];
  return der(tag.sequence, derOid(type), der(0xa0, value), ...named);
}

function attribute(type: string, value: Uint8Array): Uint8Array {
  return der(tag.sequence, derOid(type), der(tag.set, value));
}

/** RFC 7292 4 and B.2: the file's password check, HMAC with SHA-256. */
function macOf(content: Uint8Array, pin: string): Uint8Array {
  const salt = randomBytes(16);
  const saltBuffer = forge.util.createBuffer(salt.toString('latin1'), 'raw');
  const macKey = 3;
  const key = forge.pkcs12.generateKey(
    pin,
    saltBuffer,
    macKey,
    iterations,
    macKeyBytes,
    forge.md.sha256.create(),
  );
  const digest = createHmac('sha256', Buffer.from(key.getBytes(), 'latin1')).update(content).digest();
  return der(
    tag.sequence,
    der(tag.sequence, der(tag.sequence, derOid(oid.sha256), derNull), der(tag.octetString, digest)),
    der(tag.octetString, salt),
    der(tag.integer, Uint8Array.of(iterations >> 8, iterations & 0xff)),
  );
}
