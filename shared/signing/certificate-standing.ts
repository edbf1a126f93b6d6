import type { Instant } from '../kernel/public.ts';
import type { CertificateAuthority, CertificateRecord } from './authority-model.ts';

/** Where a certificate stands; `replaced` runs on, but the directory names another as its holder's. */
export type CertificateStanding = 'valid' | 'ending' | 'replaced' | 'ended' | 'revoked';

const warnDays = 30;

type Seen = Readonly<{ now: Instant; isCurrent: boolean; authority: CertificateAuthority }>;

/** The standing of an issued certificate at `now`; with its issuing level taken back it is too. */
export function standingOf(
  record: CertificateRecord,
  { now, isCurrent, authority }: Seen,
): CertificateStanding {
  const level = authority.levels.find(({ serial }) => serial === record.level);
  const isLevelRevoked = level !== undefined && level.revoked !== null;
  if (record.revoked !== null || isLevelRevoked) return 'revoked';
  if (record.validTo <= now) return 'ended';
  if (!isCurrent) return 'replaced';
  return Date.parse(record.validTo) - Date.parse(now) <= warnDays * 86_400_000 ? 'ending' : 'valid';
}
