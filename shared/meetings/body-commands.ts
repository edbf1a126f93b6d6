import { z } from 'zod';
import {
  DaySchema,
  MeetingBodyIdSchema,
  PersonIdSchema,
  dayOf,
  defineCommand,
  ref,
  refuse,
  type Refusal,
  type States,
} from '../kernel/public.ts';
import { personAggregate, whyNotReceivePapers } from '../directory/public.ts';
import { meetingBodyAggregate } from './body.ts';
import {
  BodyRulesSchema,
  BodySchema,
  SeatSchema,
  SeriesSchema,
  doOverlap,
  mostSeats,
  seatOf,
  seatsOn,
  type Body,
  type Seat,
} from './body-model.ts';

/** Founds a body, or writes down its rules anew; what was opened under the old ones goes on under them. */
export const setUpBody = defineCommand({
  name: 'meetings.setUpBody',
  body: z.object({ bodyId: MeetingBodyIdSchema, name: BodySchema.shape.name, rules: BodyRulesSchema }),
  reads: ({ bodyId }) => [ref('meetingBody', bodyId)],
  decide: ({ body: { bodyId, name, rules } }) => {
    const ids = rules.special.map(({ id }) => id);
    if (new Set(ids).size !== ids.length) return refuse('meetings.rule-twice');
    return [{ type: 'bodySetUp', on: ref('meetingBody', bodyId), body: { name, rules } }];
  },
});

export const seatMembers = defineCommand({
  name: 'meetings.seatMembers',
  body: z.object({ bodyId: MeetingBodyIdSchema, seats: z.array(SeatSchema).min(1).max(mostSeats) }),
  reads: ({ bodyId, seats }) => [
    ref('meetingBody', bodyId),
    ...seats.flatMap(({ person, substitutes }) => [person, ...substitutes].map((id) => ref('person', id))),
  ],
  decide: ({ body: { bodyId, seats }, states }) => {
    const body = states.of(meetingBodyAggregate, bodyId);
    if (body === null) return refuse('meetings.unknown-body');
    let all = body.seats;
    for (const seat of seats) {
      const not = whyNotSeat(seat, all, states);
      if (not !== null) return not;
      all = [...all, seat];
    }
    return [{ type: 'membersSeated', on: ref('meetingBody', bodyId), body: { seats } }];
  },
});

/** Ends a member's term with a day, today at the earliest: what was decided under it stays decided. */
export const endTerm = defineCommand({
  name: 'meetings.endTerm',
  body: z.object({ bodyId: MeetingBodyIdSchema, person: PersonIdSchema, on: DaySchema }),
  reads: ({ bodyId }) => [ref('meetingBody', bodyId)],
  decide: ({ body: { bodyId, person, on }, states, ctx }) => {
    const body = states.of(meetingBodyAggregate, bodyId);
    if (body === null) return refuse('meetings.unknown-body');
    if (on < dayOf(ctx.recordedAt)) return refuse('meetings.day-past', { day: on });
    if (seatOf(body, person, on) === null) return refuse('meetings.no-seat');
    return [{ type: 'termEnded', on: ref('meetingBody', bodyId), body: { person, on } }];
  },
});

/** On which days it sits by itself; null where it is called together each time. */
export const arrangeSeries = defineCommand({
  name: 'meetings.arrangeSeries',
  body: z.object({ bodyId: MeetingBodyIdSchema, series: SeriesSchema.nullable() }),
  reads: ({ bodyId }) => [ref('meetingBody', bodyId)],
  decide: ({ body: { bodyId, series }, states }) =>
    states.of(meetingBodyAggregate, bodyId) === null
      ? refuse('meetings.unknown-body')
      : [{ type: 'seriesArranged', on: ref('meetingBody', bodyId), body: { series } }],
});

export const nameSubstitutes = defineCommand({
  name: 'meetings.nameSubstitutes',
  body: z.object({
    bodyId: MeetingBodyIdSchema,
    person: PersonIdSchema,
    substitutes: SeatSchema.shape.substitutes,
  }),
  reads: ({ bodyId, substitutes }) => [
    ref('meetingBody', bodyId),
    ...substitutes.map((id) => ref('person', id)),
  ],
  decide: ({ body: { bodyId, person, substitutes }, states, ctx }) => {
    const body = states.of(meetingBodyAggregate, bodyId);
    if (body === null) return refuse('meetings.unknown-body');
    const on = dayOf(ctx.recordedAt);
    const seat = seatOf(body, person, on);
    if (seat === null) return refuse('meetings.no-seat');
    const not = whyNotSubstitutes({ ...seat, substitutes }, seatsOn(body, on), states);
    if (not !== null) return not;
    const named = { person, on, substitutes };
    return [{ type: 'substitutesNamed', on: ref('meetingBody', bodyId), body: named }];
  },
});

function whyNotSeat(seat: Seat, all: Body['seats'], states: States): Refusal | null {
  const person = states.of(personAggregate, seat.person);
  const not = whyNotReceivePapers(person);
  if (not !== null) return not;
  if (seat.to !== null && seat.to < seat.from) return refuse('meetings.term-backwards');
  const beside = all.filter((other) => doOverlap(seat, other));
  if (beside.some((other) => other.person === seat.person)) {
    return refuse('meetings.seated-already', { name: person?.name ?? '' });
  }
  // One presides and one keeps the minutes, at any time.
  const isOne = seat.post === 'chair' || seat.post === 'secretary';
  if (isOne && beside.some(({ post }) => post === seat.post)) {
    return refuse('meetings.post-taken', { post: seat.post });
  }
  if (beside.length >= mostSeats) return refuse('meetings.too-many-seats', { count: mostSeats });
  return whyNotSubstitutes(seat, beside, states);
}

/** Whoever has a seat of their own sits in for nobody. */
function whyNotSubstitutes(seat: Seat, beside: readonly Seat[], states: States): Refusal | null {
  const seated = new Set<string>([seat.person, ...beside.map(({ person }) => person)]);
  for (const id of seat.substitutes) {
    const person = states.of(personAggregate, id);
    const not = whyNotReceivePapers(person);
    if (not !== null) return not;
    if (seated.has(id)) return refuse('meetings.substitute-seated', { name: person?.name ?? '' });
  }
  return null;
}
