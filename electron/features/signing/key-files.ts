import { z } from 'zod';
import { agencyAggregate, type Person } from '#shared/directory/public.ts';
import { AppError, InstantSchema } from '#shared/kernel/public.ts';
import {
  checkSignerKey,
  openPkcs12,
  readCertificate,
  type SignerKey,
} from '#shared/node/pdf-signing/public.ts';
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

export function keysOf(db: ReadDb, person: Person) {
  const owners = person.roles.includes('clerk') ? [person.id, sealOwner] : [person.id, person.id];
  return prepared(
    db,
    'SELECT use, name, issuer, serial, valid_to AS validTo FROM key_file WHERE owner IN (?, ?) ORDER BY use',
  )
    .all(...owners)
    .map((row) => KeyRowSchema.parse(row));
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
  const { x509, commonName, serial, notAfterMs } = readCertificate(key.certificate);
  const issuer = /^CN=(?<name>.*)$/mu.exec(x509.issuer)?.groups?.['name'] ?? x509.issuer;
  log.transaction(() =>
    prepared(
      db,
      `INSERT INTO key_file (owner, use, p12, name, issuer, serial, valid_to) VALUES (?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (owner, use) DO UPDATE SET p12 = excluded.p12, name = excluded.name, issuer = excluded.issuer,
         serial = excluded.serial, valid_to = excluded.valid_to`,
    ).run(
      owner,
      use,
      Buffer.from(p12),
      commonName,
      issuer,
      Buffer.from(serial).toString('hex'),
      new Date(notAfterMs).toISOString(),
    ),
  );
}

/** The key, opened with its PIN and checked before anything is written: in time, for signing, and its holder's own. */
export function openKeyFile(signed: Signed, use: KeyUse, pin: string): SignerKey {
  const row = prepared(signed.open.desk.db, 'SELECT p12 FROM key_file WHERE owner = ? AND use = ?').get(
    ownerOf(signed.person, use),
    use,
  ) as { p12: Uint8Array } | undefined;
  if (row === undefined) throw new AppError(use === 'seal' ? 'signing.no-seal-key' : 'signing.no-key');
  const key = openPkcs12(new Uint8Array(row.p12), pin);
  checkSignerKey(key, signed.open.desk.now());
  mustMatchDirectory(signed, key, use);
  return key;
}

export function ownerOf(person: Person, use: KeyUse): string {
  return use === 'seal' ? sealOwner : person.id;
}

function mustMatchDirectory(signed: Signed, key: SignerKey, use: KeyUse): void {
  const { db, agencyId } = signed.open.desk;
  const named =
    use === 'seal'
      ? (readState(db, agencyAggregate, agencyId)?.sealCertificate ?? null)
      : signed.person.certificate;
  // Trust never rests on matching names (`signing.md`): the directory holds the certificate itself.
  const isListed = named !== null && Buffer.from(named, 'base64').equals(key.certificate);
  if (!isListed) throw new AppError('signing.not-your-certificate', { name: nameOf(key) });
}

/** The name the certificate was issued to. */
export function nameOf(key: SignerKey): string {
  return readCertificate(key.certificate).commonName;
}
