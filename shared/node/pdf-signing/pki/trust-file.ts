import { AppError } from '#shared/kernel/public.ts';
import { readCertificates } from './certificate.ts';

/** The certificates in a trust file, PEM (any number) or DER, as DER. */
export function readTrustFile(bytes: Uint8Array): readonly Uint8Array[] {
  const text = Buffer.from(bytes).toString('latin1');
  const blocks = [...text.matchAll(/-----BEGIN CERTIFICATE-----([\s\S]*?)-----END CERTIFICATE-----/g)];
  try {
    if (blocks.length === 0) return readCertificates(bytes).map(({ der }) => der);
    return blocks.flatMap(([, body = '']) =>
      readCertificates(Buffer.from(body, 'base64')).map(({ der }) => der),
    );
  } catch (error) {
    throw new AppError('signing.unreadable-trust', { file: '' }, error);
  }
}
