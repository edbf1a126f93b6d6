import { z } from 'zod';
import { InstantSchema, instantFrom, type Instant } from '#shared/kernel/public.ts';
import { issueCrl, type AgencyCa, type Revocation } from '#shared/node/pdf-signing/public.ts';
import {
  authorityAggregate,
  certificateAggregate,
  type CertificateAuthority,
} from '#shared/signing/public.ts';
import type { Desk } from '../../store/desk.ts';
import { prepared } from '../../store/prepared.ts';
import { readAll, readState } from '../../store/read-state.ts';
import { keepRevocationList } from '../signing/public.ts';
import { hasKey, openLevel } from './levels.ts';

const dayMs = 86_400_000;
/** An issuing level speaks anew every week at the latest; the keepers of the root meet rarely. */
const issuingListDays = 30;
const freshDays = 7;
const rootListDays = 365;

const ListRowSchema = z.object({
  level: z.string(),
  number: z.int(),
  madeAt: InstantSchema,
  nextUpdate: InstantSchema,
});
export type KeptList = z.infer<typeof ListRowSchema>;

export function listsHere({ db }: Pick<Desk, 'db'>): KeptList[] {
  return prepared(
    db,
    'SELECT serial AS level, number, made_at AS madeAt, next_update AS nextUpdate FROM authority_list ORDER BY made_at DESC',
  )
    .all()
    .map((row) => ListRowSchema.parse(row));
}

/** The newest list of a level, DER. */
export function listOf({ db }: Pick<Desk, 'db'>, serial: string): Uint8Array | null {
  const row = prepared(db, 'SELECT der FROM authority_list WHERE serial = ?').get(serial);
  return row === undefined ? null : new Uint8Array((row as { der: Uint8Array }).der);
}

/** Makes an issuing level's list anew from what was taken back, and lets the office's own checks know at once. */
export function renewList(desk: Desk, authority: CertificateAuthority, serial: string): void {
  const revoked = readAll(desk.db, certificateAggregate).flatMap((record): Revocation[] =>
    record.level === serial && record.revoked !== null
      ? [{ serial: record.serial, at: record.revoked.since, reason: record.revoked.reason }]
      : [],
  );
  const ca = openLevel(desk, authority, serial);
  keepList(desk, { ca, serial, revoked, days: issuingListDays });
}

/** The root's own list, of the issuing levels it took back; only with the root's key at hand. */
export function renewRootList(desk: Desk, authority: CertificateAuthority, root: AgencyCa): void {
  const revoked = authority.levels.flatMap(({ serial, revoked: taken }): Revocation[] =>
    taken === null ? [] : [{ serial, at: taken.since, reason: taken.reason }],
  );
  keepList(desk, { ca: root, serial: authority.root.serial, revoked, days: rootListDays });
}

/** Makes anew what is no longer fresh, so that nobody finds a list that has run out; nothing where the keys are elsewhere. */
export function freshenLists(desk: Desk): void {
  const authority = readState(desk.db, authorityAggregate, desk.agencyId);
  if (authority === null) return;
  const made = new Map(listsHere(desk).map(({ level, madeAt }) => [level, madeAt]));
  const stale = instantFrom(Date.parse(desk.now()) - freshDays * dayMs);
  for (const { serial, validTo } of authority.levels) {
    const isOurs = validTo > desk.now() && hasKey(desk, serial);
    if (isOurs && (made.get(serial) ?? '') < stale) renewList(desk, authority, serial);
  }
}

type Listed = Readonly<{ ca: AgencyCa; serial: string; revoked: readonly Revocation[]; days: number }>;

function keepList(desk: Desk, { ca, serial, revoked, days }: Listed): void {
  const at = wholeSecond(desk.now());
  const nextUpdate = instantFrom(Date.parse(at) + days * dayMs);
  const { db, log } = desk;
  log.transaction(() => {
    const before = prepared(db, 'SELECT number FROM authority_list WHERE serial = ?').get(serial);
    const number = before === undefined ? 1 : (before as { number: number }).number + 1;
    const der = issueCrl({ ca, revoked, number, at, nextUpdate });
    prepared(
      db,
      `INSERT INTO authority_list (serial, number, der, made_at, next_update) VALUES (?, ?, ?, ?, ?)
       ON CONFLICT (serial) DO UPDATE SET number = excluded.number, der = excluded.der, made_at = excluded.made_at,
         next_update = excluded.next_update`,
    ).run(serial, number, Buffer.from(der), at, nextUpdate);
    keepRevocationList({ open: { desk } }, der);
  });
}

/** Lists speak in whole seconds (RFC 5280 4.1.2.5.1). */
function wholeSecond(at: Instant): Instant {
  return instantFrom(Math.floor(Date.parse(at) / 1000) * 1000);
}
