import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createPrivateKey,
  hkdfSync,
  randomBytes,
  type KeyObject,
} from 'node:crypto';
import { z } from 'zod';
import { AppError, HashSchema, type Hash, type Instant } from '../../kernel/public.ts';
import { issueAgencyCa, issueCertificate, signerKeyFrom, type SignerKey } from '../pdf-signing/public.ts';

/**
 * The keys an agency's server answers with. They are not the seal: that one is kept by the clerk in person, behind a PIN (NĐ 30
 * Đ32), while receipts have to be signed within a second at night, and a key that signs opens nothing. An authority of
 * the agency stands above them, so they can be renewed without comparing codes again.
 */
export type ExchangeIdentity = Readonly<{
  authority: Uint8Array;
  fingerprint: Hash;
  signing: SignerKey;
  sealing: Readonly<{ certificate: Uint8Array; key: KeyObject }>;
}>;

const years = 10;

const KeptSchema = z.object({
  authority: z.string(),
  authorityKey: z.string(),
  signing: z.object({ certificate: z.string(), key: z.string() }),
  sealing: z.object({ certificate: z.string(), key: z.string() }),
});

/** Makes the keys and gives the bytes they are kept as, sealed under the server's key. */
export function makeIdentity(agencyName: string, now: Instant, dataKey: Uint8Array): Uint8Array {
  const ca = issueAgencyCa({ agencyName, validFrom: now, years, keyType: 'p-256' });
  const common = { ca, organisation: agencyName, validFrom: now, years };
  const signing = issueCertificate({
    ...common,
    commonName: `${agencyName} – ký`,
    role: 'seal',
    keyType: 'p-256',
  });
  const sealing = issueCertificate({
    ...common,
    commonName: `${agencyName} – niêm phong`,
    role: 'sealing',
    keyType: 'rsa-3072',
  });
  const pair = (one: typeof signing) => ({
    certificate: base64(one.certificateDer),
    key: base64(pkcs8(one.privateKey)),
  });
  const kept: z.infer<typeof KeptSchema> = {
    authority: base64(ca.certificateDer),
    authorityKey: base64(pkcs8(ca.privateKey)),
    signing: pair(signing),
    sealing: pair(sealing),
  };
  const iv = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', keyOf(dataKey), iv);
  const text = Buffer.concat([cipher.update(JSON.stringify(kept)), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), text]);
}

export function openIdentity(bytes: Uint8Array, dataKey: Uint8Array): ExchangeIdentity {
  const decipher = createDecipheriv('aes-256-gcm', keyOf(dataKey), bytes.subarray(0, 12));
  decipher.setAuthTag(bytes.subarray(12, 28));
  let json: unknown;
  try {
    json = JSON.parse(Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString());
  } catch (error) {
    throw new AppError('exchange.keys-unreadable', {}, error);
  }
  const kept = KeptSchema.parse(json);
  const authority = Buffer.from(kept.authority, 'base64');
  return {
    authority,
    fingerprint: fingerprintOf(authority),
    signing: signerKeyFrom(keyFrom(kept.signing.key), Buffer.from(kept.signing.certificate, 'base64'), []),
    sealing: {
      certificate: Buffer.from(kept.sealing.certificate, 'base64'),
      key: keyFrom(kept.sealing.key),
    },
  };
}

export function fingerprintOf(certificate: Uint8Array): Hash {
  return HashSchema.parse(createHash('sha256').update(certificate).digest('hex'));
}

function keyOf(dataKey: Uint8Array): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', dataKey, '', 'antin exchange keys v1', 32));
}

function keyFrom(text: string): KeyObject {
  return createPrivateKey({ key: Buffer.from(text, 'base64'), format: 'der', type: 'pkcs8' });
}

function pkcs8(key: KeyObject): Buffer {
  return key.export({ type: 'pkcs8', format: 'der' });
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64');
}
