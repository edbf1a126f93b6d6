import { createPrivateKey } from 'node:crypto';
import { authorityAggregate, type CertificateAuthority, type IssuingLevel } from '#shared/signing/public.ts';
import { AppError, instantFrom } from '#shared/kernel/public.ts';
import { agencyCaOf, openAgencyCa, readCertificate, type AgencyCa } from '#shared/node/pdf-signing/public.ts';
import type { Desk } from '../../store/desk.ts';
import { prepared } from '../../store/prepared.ts';
import { readState } from '../../store/read-state.ts';

/** The agency's authority as its acts made it; refused where it has none. */
export function authorityHere({ db, agencyId }: Pick<Desk, 'db' | 'agencyId'>): CertificateAuthority {
  const authority = readState(db, authorityAggregate, agencyId);
  if (authority === null) throw new AppError('signing.no-authority');
  return authority;
}

/** The level that issues now: the newest that was not taken back. */
export function issuingNow(authority: CertificateAuthority): IssuingLevel {
  const level = authority.levels.findLast(({ revoked }) => revoked === null);
  if (level === undefined) throw new AppError('signing.level-ended');
  return level;
}

/** Keeps the root's key under its passphrase, or an issuing level's as it is used every day. */
export function keepLevelKey(
  { db }: Pick<Desk, 'db'>,
  kept: Readonly<{ serial: string; level: 'root' | 'issuing'; key: Uint8Array }>,
): void {
  prepared(db, 'INSERT INTO authority_key (serial, level, key) VALUES (?, ?, ?)').run(
    kept.serial,
    kept.level,
    Buffer.from(kept.key),
  );
}

/** An issuing level with its key, which the office's encrypted store holds. */
export function openLevel(desk: Pick<Desk, 'db'>, authority: CertificateAuthority, serial: string): AgencyCa {
  const level = authority.levels.find((one) => one.serial === serial);
  if (level === undefined) throw new AppError('signing.level-ended');
  return agencyCaOf({
    certificateDer: bytesOf(level.certificate),
    privateKey: createPrivateKey({ key: Buffer.from(keyOf(desk, serial)), format: 'der', type: 'pkcs8' }),
    above: [bytesOf(authority.root.certificate)],
  });
}

/** The root with its key, once its passphrase was joined from enough shares. */
export function openRoot(
  desk: Pick<Desk, 'db'>,
  authority: CertificateAuthority,
  passphrase: string,
): AgencyCa {
  try {
    return openAgencyCa(keyOf(desk, authority.root.serial), passphrase);
  } catch (error) {
    // Shares that fit each other, but belong to another root.
    throw new AppError('signing.shares-of-other-root', {}, error);
  }
}

/** What the acts say of a certificate. */
export function recordOf(certificateDer: Uint8Array) {
  const { serial, commonName, notBeforeMs, notAfterMs } = readCertificate(certificateDer);
  return {
    serial: Buffer.from(serial).toString('hex'),
    name: commonName,
    certificate: Buffer.from(certificateDer).toString('base64'),
    validFrom: instantFrom(notBeforeMs),
    validTo: instantFrom(notAfterMs),
  };
}

/** An issuing level's key as it is kept. */
export function keyBytesOf(level: AgencyCa): Uint8Array {
  return level.privateKey.export({ type: 'pkcs8', format: 'der' });
}

export function bytesOf(base64: string): Uint8Array {
  return new Uint8Array(Buffer.from(base64, 'base64'));
}

/** After a backup of another machine was taken in, say, the acts are there and the key is not. */
export function hasKey({ db }: Pick<Desk, 'db'>, serial: string): boolean {
  return prepared(db, 'SELECT 1 FROM authority_key WHERE serial = ?').get(serial) !== undefined;
}

function keyOf({ db }: Pick<Desk, 'db'>, serial: string): Uint8Array {
  const row = prepared(db, 'SELECT key FROM authority_key WHERE serial = ?').get(serial);
  if (row === undefined) throw new AppError('signing.authority-key-missing');
  return new Uint8Array((row as { key: Uint8Array }).key);
}
