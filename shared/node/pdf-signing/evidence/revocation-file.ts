import { createHash } from 'node:crypto';
import { AppError, type Instant } from '#shared/kernel/public.ts';
import { readName } from '../pki/certificate.ts';
import { readCrl, spanOfCrl } from './crl.ts';

/** A revocation list of an authority, read from a file; whether that authority made it is judged where it is used. */
export type RevocationFile = Readonly<{
  der: Uint8Array;
  issuer: string;
  /** A hash of the issuer's name and key: one list is kept for each, and equal names are not the same issuer. */
  key: string;
  from: Instant;
  until: Instant | null;
  entries: number;
}>;

/** Reads a CRL as authorities publish it, DER or PEM. Errors: `signing.unreadable-list`. */
export function readRevocationFile(file: Uint8Array): RevocationFile {
  const pem = /-----BEGIN X509 CRL-----(?<base64>[^-]*)-----END X509 CRL-----/u.exec(
    Buffer.from(file.subarray(0, 64)).toString('latin1').startsWith('-----')
      ? Buffer.from(file).toString('latin1')
      : '',
  );
  const der = pem === null ? file : new Uint8Array(Buffer.from(pem.groups?.['base64'] ?? '', 'base64'));
  try {
    const crl = readCrl(der);
    return {
      der,
      issuer: readName(crl.issuerName),
      key: createHash('sha256')
        .update(crl.issuerName)
        .update(crl.authorityKey ?? '')
        .digest('hex'),
      ...spanOfCrl(crl),
      entries: crl.entryCount,
    };
  } catch (error) {
    throw new AppError('signing.unreadable-list', {}, error);
  }
}
