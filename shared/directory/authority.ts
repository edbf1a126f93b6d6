import { dayOf, refuse, type Instant, type Refusal } from '../kernel/public.ts';
import type { Authority, Delegation, Person } from './model.ts';

export type SigningRight = Readonly<{
  signer: Person;
  authority: Authority | null;
  delegation: Delegation | null;
  kind: string;
  at: Instant;
}>;

/**
 * Null when the signer may sign a paper of this kind in this way. The head signs in their own right or TM. a
 * collective; KT., TL. and TUQ. need a record of who gave the right, for which kinds and until when (NĐ 30 Đ13).
 */
export function whyNotSignAs({ signer, authority, delegation, kind, at }: SigningRight): Refusal | null {
  if (authority === null || authority === 'TM.' || authority === 'Q.') {
    // A deputy signs KT., never in the head's own name.
    return signer.roles.includes('leader') && signer.rank === 'head'
      ? null
      : refuse('directory.needs-delegation', { name: signer.name });
  }
  if (delegation === null) return refuse('directory.needs-delegation', { name: signer.name });
  return whyNotDelegated({ signer, authority, delegation, kind, at });
}

function whyNotDelegated({
  signer,
  authority,
  delegation,
  kind,
  at,
}: SigningRight & { delegation: Delegation }) {
  const day = dayOf(at);
  if (delegation.to !== signer.id || delegation.authority !== authority) {
    return refuse('directory.delegation-of-another', { name: signer.name });
  }
  if (delegation.revokedAt !== null) {
    return refuse('directory.delegation-revoked', { source: delegation.source });
  }
  if (day < delegation.fromDay || (delegation.toDay !== null && day > delegation.toDay)) {
    return refuse('directory.delegation-out-of-time', { source: delegation.source });
  }
  if (delegation.kinds.length > 0 && !delegation.kinds.includes(kind)) {
    return refuse('directory.delegation-other-kind', { source: delegation.source });
  }
  return null;
}
