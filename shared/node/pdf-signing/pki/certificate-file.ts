import { AppError, type Instant } from '#shared/kernel/public.ts';
import { readCertificate } from './certificate.ts';
import { checkCertificate } from './signer-key.ts';

/**
 * The certificate of a file as people send them (.cer, .crt, .pem: DER or PEM), once it may sign at `at`; DER.
 * Errors: `signing.unreadable-certificate` and those of `checkCertificate`.
 */
export function readSigningCertificate(file: Uint8Array, at: Instant): Uint8Array {
  const text = Buffer.from(file).toString('latin1');
  const pem = /-----BEGIN CERTIFICATE-----(?<base64>[^-]*)-----END CERTIFICATE-----/u.exec(text);
  const der = pem === null ? file : Buffer.from(pem.groups?.['base64'] ?? '', 'base64');
  const certificate = read(der);
  checkCertificate(certificate, at);
  return certificate.der;
}

function read(der: Uint8Array) {
  try {
    return readCertificate(der);
  } catch (error) {
    throw new AppError('signing.unreadable-certificate', {}, error);
  }
}
