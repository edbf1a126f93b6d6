import {
  dayOf,
  refuse,
  type Act,
  type AggregateRef,
  type CommandContext,
  type ErrorCode,
  type Instant,
  type LeaseId,
  type Refusal,
} from '../kernel/public.ts';
import type { Lease, LeaseEnd, Leased, LeaseGuards } from './lease-model.ts';
import type { Register } from './model.ts';

/** A number of a register, and the moment that counts as its giving. */
export type Numbered = Readonly<{ number: number; at: Instant }>;

export function leasesOf(register: Register | null): readonly Lease[] {
  return register?.leases ?? [];
}

export function leaseIn(register: Register | null, id: LeaseId): Lease | null {
  return leasesOf(register).find((lease) => lease.id === id) ?? null;
}

/** The one block of a register that has not ended; it may be overdue all the same. */
export function openLease(register: Register | null): Lease | null {
  return leasesOf(register).find(({ ended }) => ended === null) ?? null;
}

/** From then on none of its numbers is given, whatever the desk that holds it believes. */
export function isOverdue({ until }: Pick<Lease, 'until'>, at: Instant): boolean {
  return at > until;
}

export function unusedOf({ from, to, used }: Pick<Lease, 'from' | 'to' | 'used'>): readonly number[] {
  return Array.from({ length: to - from + 1 }, (_none, place) => from + place).filter(
    (number) => !used.includes(number),
  );
}

/**
 * The next number of a register, or the one a desk gives out of its block. The server always goes on after the last
 * number that was given or set aside, so that what lies in a block is nobody's but its desk's.
 */
export function numberFrom(
  register: Register | null,
  leased: Leased | undefined,
  { ctx, guards }: Readonly<{ ctx: CommandContext; guards: LeaseGuards }>,
): Numbered | Refusal {
  if (leased === undefined) return { number: (register?.last ?? 0) + 1, at: ctx.recordedAt };
  const lease = leaseIn(register, leased.leaseId);
  if (lease === null) return refuse('documents.lease-unknown');
  const not = whyNotUse(lease, leased.number, { ctx, guards });
  return not ?? { number: leased.number, at: givenAt(lease, ctx) };
}

/** Why a desk may not give this number of a block now. */
export function whyNotUse(
  lease: Lease,
  number: number,
  { ctx, guards }: Readonly<{ ctx: CommandContext; guards: LeaseGuards }>,
): Refusal | null {
  const { from, to } = lease;
  if (guards['lease-device'] && lease.device !== ctx.device) {
    return refuse('documents.lease-of-another-desk', { from, to });
  }
  if (guards['lease-open'] && lease.ended !== null) return refuse(endCodes[lease.ended.how], { from, to });
  if (guards['lease-time'] && isOverdue(lease, ctx.recordedAt)) {
    return refuse('documents.lease-over', { from, to });
  }
  if (guards['lease-block'] && (number < from || number > to)) {
    return refuse('documents.lease-outside', { number, from, to });
  }
  if (guards['lease-once'] && lease.used.includes(number)) {
    return refuse('documents.lease-number-used', { number });
  }
  return null;
}

/** Why what is asked of a block that has ended comes too late. */
export const endCodes = {
  returned: 'documents.lease-returned',
  expired: 'documents.lease-over',
  voided: 'documents.lease-voided',
  revoked: 'documents.lease-voided',
} as const satisfies Readonly<Record<LeaseEnd, ErrorCode>>;

/**
 * When a number out of a block was given. Only its desk knows, so its word counts between two moments that the server
 * knows itself: when it gave the block, and when it recorded the number.
 */
function givenAt({ givenAt: first }: Lease, { claimedAt, recordedAt }: CommandContext): Instant {
  if (claimedAt < first) return first;
  return claimedAt > recordedAt ? recordedAt : claimedAt;
}

type Ending = Readonly<{ how: LeaseEnd; reason: string | null; at: Instant }>;

/** Ends a block: each number that no paper carries becomes void by an act of its own, so that no gap is unexplained. */
export function endingActs(
  on: AggregateRef,
  { book, year, lease }: Readonly<{ book: string; year: number; lease: Lease }>,
  { how, reason, at }: Ending,
): readonly Act[] {
  const of = { book, year, lease: lease.id };
  return [
    { type: 'leaseEnded', on, body: { ...of, how, reason, at, on: dayOf(at) } },
    ...unusedOf(lease).map((number) => ({ type: 'numberVoided', on, body: { ...of, number, how, reason } })),
  ];
}
