import {
  dayOf,
  ref,
  refuse,
  type AggregateRef,
  type DelegationId,
  type Instant,
  type Refusal,
  type States,
} from '../kernel/public.ts';
import { delegationAggregate } from './aggregates.ts';
import type { Authority, Delegation, Person } from './model.ts';

export type SigningRight = Readonly<{
  signer: Person;
  authority: Authority | null;
  delegation: Delegation | null;
  /** Finds the record that one was handed down from. */
  delegationOf: (id: DelegationId) => Delegation | null;
  kind: string;
  at: Instant;
}>;

/**
 * Null when the signer may sign a paper of this kind in this way. The head signs in their own right or TM. a
 * collective; KT., TL. and TUQ. need a record of who gave the right, for which kinds and until when (NĐ 30 Đ13).
 */
export function whyNotSignAs(right: SigningRight): Refusal | null {
  const { signer, authority, delegation } = right;
  if (authority === null || authority === 'TM.' || authority === 'Q.') {
    // A deputy signs KT., never in the head's own name.
    return signer.roles.includes('leader') && signer.rank === 'head'
      ? null
      : refuse('directory.needs-delegation', { name: signer.name });
  }
  if (delegation === null) return refuse('directory.needs-delegation', { name: signer.name });
  if (delegation.to !== signer.id || delegation.authority !== authority) {
    return refuse('directory.delegation-of-another', { name: signer.name });
  }
  return whyNotHolding(delegation, right);
}

/** What a command that asks about a record has to read as well: what the record was handed down from. */
export function recordsAbove({ kind, id }: AggregateRef, states: States): readonly AggregateRef[] {
  const above = kind === 'delegation' ? (states.of(delegationAggregate, id)?.parentId ?? null) : null;
  return above === null ? [] : [ref('delegation', above)];
}

const mostHandedDown = 8; // the rules allow one step (TL. to KT.); a damaged record must not go round for ever

/** A record holds while it was not taken back, in its days and for its kinds, and while whatever it came from does. */
function whyNotHolding(delegation: Delegation, right: SigningRight): Refusal | null {
  let one: Delegation | null = delegation;
  for (let step = 0; one !== null && step < mostHandedDown; step += 1) {
    const not = whyNotInForce(one, right);
    if (not !== null || one.parentId === null) return not;
    one = right.delegationOf(one.parentId);
  }
  return refuse('directory.unknown-delegation');
}

function whyNotInForce(delegation: Delegation, { kind, at }: SigningRight): Refusal | null {
  const day = dayOf(at);
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
