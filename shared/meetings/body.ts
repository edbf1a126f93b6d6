import {
  assertNever,
  type Act,
  type Aggregate,
  type Day,
  type MeetingBodyId,
  type PersonId,
} from '../kernel/public.ts';
import type { Body, BodyRules, Seat, Series } from './body-model.ts';

type ActOf<Type extends string, Body> = Readonly<{ type: Type; on: Act['on']; body: Body }>;

export type MeetingBodyAct =
  | ActOf<'bodySetUp', { name: string; rules: BodyRules }>
  | ActOf<'membersSeated', { seats: Seat[] }>
  | ActOf<'termEnded', { person: PersonId; on: Day }>
  | ActOf<'seriesArranged', { series: Series | null }>
  | ActOf<'substitutesNamed', { person: PersonId; on: Day; substitutes: PersonId[] }>;

export const meetingBodyAggregate: Aggregate<Body, MeetingBodyAct> = {
  kind: 'meetingBody',
  evolve(state, act) {
    if (act.type === 'bodySetUp') {
      return { id: act.on.id as MeetingBodyId, ...state, seats: state?.seats ?? [], ...act.body };
    }
    if (state === null) throw new Error('Somebody was seated in a body that was never set up');
    const ofTerm = (person: PersonId, on: Day, change: (seat: Seat) => Seat): Body => ({
      ...state,
      seats: state.seats.map((seat) =>
        seat.person === person && seat.from <= on && (seat.to === null || seat.to >= on)
          ? change(seat)
          : seat,
      ),
    });
    switch (act.type) {
      case 'membersSeated':
        return { ...state, seats: [...state.seats, ...act.body.seats] };
      case 'seriesArranged':
        return { ...state, series: act.body.series };
      case 'termEnded':
        return ofTerm(act.body.person, act.body.on, (seat) => ({ ...seat, to: act.body.on }));
      case 'substitutesNamed': {
        const { person, on, substitutes } = act.body;
        return ofTerm(person, on, (seat) => ({ ...seat, substitutes }));
      }
      default:
        return assertNever(act);
    }
  },
};
