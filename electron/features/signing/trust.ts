import { agencyAggregate } from '#shared/directory/public.ts';
import { AppError, type CommandId, type Hash } from '#shared/kernel/public.ts';
import {
  judgeCertificate,
  readRevocationFile,
  readRootFile,
  rootFacts,
  type Evidence,
  type SignerKey,
} from '#shared/node/pdf-signing/public.ts';
import type { ReadDb } from '#shared/node/sqlite/public.ts';
import type { AuthorityList, TrustedAuthority } from '#shared/signing/public.ts';
import type { Signed } from '../../host/context.ts';
import { execute } from '../../host/run-command.ts';
import type { Desk } from '../../store/desk.ts';
import { prepared } from '../../store/prepared.ts';
import { readAll, readState } from '../../store/read-state.ts';

/** Whom this agency believes, and what it knows of revocations: all that a verdict leans on beside the file itself. */
export type KnownTrust = Readonly<{ trust: readonly Uint8Array[]; evidence: Evidence }>;

export function trustOf(desk: Pick<Desk, 'db' | 'agencyId'>): KnownTrust {
  const lists = prepared(desk.db, 'SELECT der FROM revocation_list').all() as { der: Uint8Array }[];
  return {
    trust: trustedRoots(desk),
    evidence: { certificates: [], ocsps: [], crls: lists.map(({ der }) => new Uint8Array(der)) },
  };
}

/** The roots this agency trusts, DER: its own and other agencies' of the directory, and those it took in. */
export function trustedRoots({ db }: Pick<Desk, 'db'>): readonly Uint8Array[] {
  return readAll(db, agencyAggregate).flatMap(({ rootCertificate, trustedRoots: taken }) =>
    [
      ...(rootCertificate === null ? [] : [rootCertificate]),
      ...taken.map(({ certificate }) => certificate),
    ].map((base64) => new Uint8Array(Buffer.from(base64, 'base64'))),
  );
}

/** Refuses a key whose certificate is known to be revoked, before anything is written (TT 15/2025). */
export function mustNotBeRevoked({ open: { desk } }: Signed, { certificate, chain }: SignerKey): void {
  const { revokedAt } = judgeCertificate({ certificate, chain, ...trustOf(desk), at: desk.now() });
  if (revokedAt !== null) throw new AppError('signing.certificate-revoked', { since: revokedAt });
}

/** What the administrator sees of it. */
export function trustHere({ open: { desk } }: Signed): {
  roots: TrustedAuthority[];
  lists: AuthorityList[];
} {
  const taken = readState(desk.db, agencyAggregate, desk.agencyId)?.trustedRoots ?? [];
  return {
    roots: taken.map(({ certificate }) => shown(rootFacts(Buffer.from(certificate, 'base64')))),
    lists: listsHere(desk.db),
  };
}

/** The authorities in a file, to be compared and confirmed one by one. */
export function readRoots({ open: { desk } }: Signed, file: Uint8Array): TrustedAuthority[] {
  return readRootFile(file, desk.now()).map(shown);
}

type Chosen = Readonly<{ commandId: CommandId; file: Uint8Array; fingerprint: Hash }>;

/** Believes the one authority of the file that has this fingerprint. */
export function trustRoot(signed: Signed, { commandId, file, fingerprint }: Chosen) {
  const found = readRootFile(file, signed.open.desk.now()).find((one) => one.fingerprint === fingerprint);
  if (found === undefined) throw new AppError('signing.no-authority-in-file');
  const body = { fingerprint, certificate: Buffer.from(found.certificate).toString('base64') };
  return { reply: execute(signed, 'directory.trustRoot', { commandId, body }) };
}

type AtDesk = Readonly<{ open: Readonly<{ desk: Desk }> }>;

/** Keeps a revocation list; an older one of the same authority gives way, a newer one stays. */
export function keepRevocationList({ open: { desk } }: AtDesk, file: Uint8Array): AuthorityList {
  const { db, log } = desk;
  const { der, issuer, from, until, key, entries } = readRevocationFile(file);
  if (until === null || until < desk.now()) throw new AppError('signing.list-stale');
  const before = prepared(db, 'SELECT made_at AS madeAt FROM revocation_list WHERE issuer_key = ?').get(key);
  if (before !== undefined && (before as { madeAt: string }).madeAt > from) {
    throw new AppError('signing.list-older');
  }
  log.transaction(() =>
    prepared(
      db,
      `INSERT INTO revocation_list (issuer_key, issuer, der, made_at, until, entries) VALUES (?, ?, ?, ?, ?, ?)
       ON CONFLICT (issuer_key) DO UPDATE SET der = excluded.der, made_at = excluded.made_at, until = excluded.until,
         entries = excluded.entries`,
    ).run(key, issuer, Buffer.from(der), from, until, entries),
  );
  return { issuer, madeAt: from, until, entries };
}

function listsHere(db: ReadDb): AuthorityList[] {
  return prepared(
    db,
    'SELECT issuer, made_at AS madeAt, until, entries FROM revocation_list ORDER BY issuer',
  ).all() as AuthorityList[];
}

function shown({ certificate: _certificate, ...facts }: ReturnType<typeof rootFacts>): TrustedAuthority {
  return facts;
}
