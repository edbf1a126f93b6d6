import { z } from 'zod';
import { agencyAggregate, type Person } from '#shared/directory/public.ts';
import { AppError, InstantSchema, instantFrom } from '#shared/kernel/public.ts';
import type { Key } from '#shared/signing/public.ts';
import { openPkcs12, readCertificate, type SignerKey } from '#shared/node/pdf-signing/public.ts';
import type { ReadDb } from '#shared/node/sqlite/public.ts';
import type { Signed } from '../../host/context.ts';
import { prepared } from '../../store/prepared.ts';
import { readState } from '../../store/read-state.ts';

export type KeyUse = 'person' | 'seal';

/** The seal belongs to the agency; whoever is the clerk uses it (NĐ 30 Đ32). */
const sealOwner = 'agency';

const KeyRowSchema = z.object({
  use: z.enum(['person', 'seal']),
  name: z.string(),
  issuer: z.string(),
  serial: z.string(),
  validTo: InstantSchema,
});

/** The keys of a person, and of the agency for its clerk, that the office keeps as files. */
export function keyFilesOf(db: ReadDb, person: Person): Key[] {
  const owners = person.roles.includes('clerk') ? [person.id, sealOwner] : [person.id, person.id];
  return prepared(
    db,
    'SELECT use, name, issuer, serial, valid_to AS validTo FROM key_file WHERE owner IN (?, ?) ORDER BY use',
  )
    .all(...owners)
    .map((row) => {
      const key = KeyRowSchema.parse(row);
      return { ...key, id: `file:${key.use}`, place: 'file', pin: 'fine' };
    });
}

/** Keeps a PKCS#12 file, once it opened with its PIN and its certificate is the one the directory names. */
export function keepKeyFile(
  signed: Signed,
  { p12, pin, use }: { p12: Uint8Array; pin: string; use: KeyUse },
): void {
  if (use === 'seal' && !signed.person.roles.includes('clerk')) throw new AppError('documents.only-clerk');
  const key = openPkcs12(p12, pin);
  mustMatchDirectory(signed, key, use);
  writeKeyFile(signed.open.desk, { owner: ownerOf(signed.person, use), use, p12, key });
}

type KeyFile = Readonly<{ owner: string; use: KeyUse; p12: Uint8Array; key: SignerKey }>;

export function writeKeyFile({ db, log }: Signed['open']['desk'], { owner, use, p12, key }: KeyFile): void {
  const { name, issuer, serial, validTo } = factsOf(key.certificate);
  log.transaction(() =>
    prepared(
      db,
      `INSERT INTO key_file (owner, use, p12, name, issuer, serial, valid_to) VALUES (?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (owner, use) DO UPDATE SET p12 = excluded.p12, name = excluded.name, issuer = excluded.issuer,
         serial = excluded.serial, valid_to = excluded.valid_to`,
    ).run(owner, use, Buffer.from(p12), name, issuer, serial, validTo),
  );
}

/** The file's key, opened with its PIN. */
export function openKeyFile(signed: Signed, use: KeyUse, pin: string): SignerKey {
  const row = prepared(signed.open.desk.db, 'SELECT p12 FROM key_file WHERE owner = ? AND use = ?').get(
    ownerOf(signed.person, use),
    use,
  ) as { p12: Uint8Array } | undefined;
  if (row === undefined) throw new AppError(use === 'seal' ? 'signing.no-seal-key' : 'signing.no-key');
  return openPkcs12(new Uint8Array(row.p12), pin);
}

export function ownerOf(person: Person, use: KeyUse): string {
  return use === 'seal' ? sealOwner : person.id;
}

/** Refuses a key whose certificate is not the one the directory holds for its owner. */
export function mustMatchDirectory(signed: Signed, key: SignerKey, use: KeyUse): void {
  // Trust never rests on matching names (`signing.md`): the directory holds the certificate itself.
  const isListed = listedCertificate(signed, use)?.equals(key.certificate) === true;
  if (!isListed) throw new AppError('signing.not-your-certificate', { name: nameOf(key) });
}

/** The certificate that the directory holds for this person, or for the agency's seal. */
export function listedCertificate(signed: Signed, use: KeyUse): Buffer | null {
  const { db, agencyId } = signed.open.desk;
  const named =
    use === 'seal'
      ? (readState(db, agencyAggregate, agencyId)?.sealCertificate ?? null)
      : signed.person.certificate;
  return named === null ? null : Buffer.from(named, 'base64');
}

/** What a list of keys says of a certificate. */
export function factsOf(certificate: Uint8Array): Pick<Key, 'name' | 'issuer' | 'serial' | 'validTo'> {
  const { commonName, issuerCommonName, serial, notAfterMs } = readCertificate(certificate);
  return {
    name: commonName,
    issuer: issuerCommonName,
    serial: Buffer.from(serial).toString('hex'),
    validTo: instantFrom(notAfterMs),
  };
}

/** The name the certificate was issued to. */
export function nameOf(key: SignerKey): string {
  return readCertificate(key.certificate).commonName;
}
