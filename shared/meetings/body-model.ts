import { z } from 'zod';
import { DaySchema, MeetingBodyIdSchema, PersonIdSchema, type Day, type PersonId } from '../kernel/public.ts';
import { mostKeepDays } from './private-notes.ts';
import { ShareSchema, moreThanHalf, twoThirds } from './shares.ts';

/** Of whom a majority is taken: of all members, of those present, of the votes cast, or of yes and no alone. */
export const bases = ['all', 'present', 'cast', 'decided'] as const;

export const ResultRuleSchema = z.object({
  base: z.enum(bases),
  share: ShareSchema,
  /** What becomes of a motion that has exactly its share where more is wanted: the chair's side, or it falls. */
  tie: z.enum(['chair', 'rejected']),
});
export type ResultRule = Readonly<z.infer<typeof ResultRuleSchema>>;

/** A rule for some questions only, such as a removal, under a name that people choose it by. */
export const SpecialRuleSchema = z.object({
  id: z.string().regex(/^[a-z0-9-]{1,30}$/u),
  name: z.string().trim().min(1).max(100),
  rule: ResultRuleSchema,
});

/** As the deadlines of tasks are told soon to come: from the working day before. */
export const usualRemindDays = 1;
export const mostRemindDays = 30;
export const RemindDaysSchema = z.int().min(0).max(mostRemindDays);

/** How a body works, as its own rules of procedure say: data, not code. */
export const BodyRulesSchema = z.object({
  /** Of all who have a vote, present or by proxy, so that anything may be decided. */
  quorum: ShareSchema,
  result: ResultRuleSchema,
  special: z.array(SpecialRuleSchema).max(20),
  /** Null where a vote cannot be handed to another member. */
  proxies: z.object({ most: z.int().min(1).max(50), inQuorum: z.boolean() }).nullable(),
  /** Whether whoever sits in for a member votes in their place (the Government's do not). */
  substitutesVote: z.boolean(),
  /** What a member says in a written round who lets its day pass. */
  silence: z.enum(['agrees', 'abstains']),
  /** How many working days before the last one whoever has not answered a written round is reminded; 0 on the day itself. */
  remindDays: RemindDaysSchema.optional(),
  /** Which ballot of a voter counts while a vote by name is open. */
  counts: z.enum(['last', 'first']),
  secretBy: z.enum(['chair', 'any-member']),
  /** How many days after a meeting notes and copies of its papers stay at a member's desk. */
  keepDays: z.int().min(0).max(mostKeepDays).optional(),
});
export type BodyRules = Readonly<z.infer<typeof BodyRulesSchema>>;

/**
 * Điều 117 Luật Tổ chức chính quyền địa phương 77/2015/QH13, as a committee begins: more than half of all members, in a
 * tie as the chair voted. Each body then writes its own.
 */
export const usualRules: BodyRules = {
  quorum: twoThirds,
  result: { base: 'all', share: moreThanHalf, tie: 'chair' },
  special: [],
  proxies: null,
  substitutesVote: false,
  silence: 'agrees',
  counts: 'last',
  secretBy: 'chair',
};

export const seatPosts = ['chair', 'deputy', 'member', 'secretary'] as const;

/** One person's term in a body; whoever is called again has another one. */
export const SeatSchema = z.object({
  person: PersonIdSchema,
  post: z.enum(seatPosts),
  /** A secretary from outside has a seat and no vote. */
  votes: z.boolean(),
  from: DaySchema,
  to: DaySchema.nullable(),
  /** Who may sit in, named beforehand. */
  substitutes: z.array(PersonIdSchema).max(5),
});
export type Seat = Readonly<z.infer<typeof SeatSchema>>;

/** As many members as the largest body has at a time. */
export const mostSeats = 500;

/** On which days a body sits by itself: weekly, or monthly on one of the month's weekdays. */
export const SeriesSchema = z.object({
  every: z.enum(['week', 'month']),
  /** Monday is 1, Sunday is 7. */
  weekday: z.int().min(1).max(7),
  /** Which of them in a month; for a weekly one it says nothing. */
  nth: z.union([z.int().min(1).max(4), z.literal('last')]),
  /** In Vietnam. */
  hour: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/u),
  minutes: z.int().min(5).max(1440),
  place: z.string().trim().max(200),
});
export type Series = Readonly<z.infer<typeof SeriesSchema>>;

export const BodySchema = z.object({
  id: MeetingBodyIdSchema,
  name: z.string().trim().min(1).max(200),
  rules: BodyRulesSchema,
  /** Every term there ever was, in the order they were given. */
  seats: z.array(SeatSchema),
  series: SeriesSchema.nullable().optional(),
});
export type Body = Readonly<z.infer<typeof BodySchema>>;

/** Whose term runs on a day. */
export function seatsOn({ seats }: Pick<Body, 'seats'>, day: Day): readonly Seat[] {
  return seats.filter((seat) => isTerm(seat, day));
}

export function seatOf(body: Pick<Body, 'seats'>, person: PersonId, day: Day): Seat | null {
  return seatsOn(body, day).find((seat) => seat.person === person) ?? null;
}

export function isTerm({ from, to }: Seat, day: Day): boolean {
  return from <= day && (to === null || day <= to);
}

export function doOverlap(one: Seat, other: Seat): boolean {
  return (one.to === null || other.from <= one.to) && (other.to === null || one.from <= other.to);
}
