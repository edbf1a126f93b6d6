import { MeetingBodyIdSchema } from '#shared/kernel/public.ts';
import {
  moreThanHalf,
  twoThirds,
  type Body,
  type BodyRules,
  type ResultRule,
  type Seat,
} from '#shared/meetings/public.ts';
import { day, ids } from './builders.ts';

/** Điều 117 Luật Tổ chức chính quyền địa phương 2015: more than half of all members; in a tie as the chair voted. */
export const committeeRule: ResultRule = { base: 'all', share: moreThanHalf, tie: 'chair' };

export function someRules(over: Partial<BodyRules> = {}): BodyRules {
  return {
    quorum: twoThirds,
    result: committeeRule,
    special: [],
    proxies: null,
    substitutesVote: false,
    silence: 'agrees',
    counts: 'last',
    secretBy: 'chair',
    ...over,
  };
}

export function aSeat(over: Partial<Seat> = {}): Seat {
  return {
    person: ids.person(),
    post: 'member',
    votes: true,
    from: day('2026-01-01'),
    to: null,
    substitutes: [],
    ...over,
  };
}

export function aBody(over: Partial<Body> = {}): Body {
  return {
    id: MeetingBodyIdSchema.parse(ids.document()),
    name: 'Ủy ban nhân dân xã An Phú',
    rules: someRules(),
    seats: [],
    ...over,
  };
}
