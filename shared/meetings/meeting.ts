import {
  assertNever,
  type Act,
  type AgendaItemId,
  type Aggregate,
  type DocumentId,
  type Hash,
  type Instant,
  type MeetingBodyId,
  type MeetingId,
  type PersonId,
} from '../kernel/public.ts';
import { nextState } from '../documents/public.ts';
import type { BodyRules } from './body-model.ts';
import type { Answer, Invitee, Meeting, Presence, Speech } from './meeting-model.ts';
import { meetingTransitions, type MeetingEvent } from './transitions.ts';

type ActOf<Type extends string, Body> = Readonly<{ type: Type; on: Act['on']; body: Body }>;
type Fields = Pick<Meeting, 'title' | 'place' | 'startsAt' | 'endsAt'>;
export type Mark = Readonly<{ person: PersonId; how: Presence['how']; reason: string }>;

export type MeetingAct =
  | ActOf<
      'meetingConvened',
      {
        body: MeetingBodyId;
        kind: Meeting['kind'];
        fields: Fields;
        chair: PersonId;
        secretary: PersonId;
        organiser: PersonId;
      }
    >
  | ActOf<'meetingDescribed', { fields: Fields }>
  | ActOf<'agendaArranged', { order: AgendaItemId[] }>
  | ActOf<'meetingInvited', { rules: BodyRules; invitees: Invitee[] }>
  | ActOf<'guestsInvited', { people: PersonId[] }>
  | ActOf<'invitationAnswered', { person: PersonId; answer: Answer; votes: boolean }>
  | ActOf<'chairHandedOver', { to: PersonId }>
  | ActOf<'meetingBegun', { at: Instant }>
  | ActOf<'meetingEnded', { at: Instant }>
  | ActOf<'meetingCancelled', { reason: string }>
  | ActOf<'checkInOpened', { code: Hash | null }>
  | ActOf<'attendanceMarked', { marks: Mark[]; at: Instant }>
  | ActOf<'meetingLeft', { person: PersonId; at: Instant }>
  | ActOf<'proxyGiven', { from: PersonId; to: PersonId | null }>
  | ActOf<'pageShown', { shown: Meeting['shown'] }>
  | ActOf<'speechAsked', Pick<Speech, 'person' | 'item' | 'kind' | 'askedAt'>>
  | ActOf<'speechCalled', { n: number; at: Instant; seconds: number }>
  | ActOf<'speechEnded', { n: number; at: Instant }>
  | ActOf<'minutesSigned', { document: DocumentId }>
  | ActOf<'paperDrafted', Meeting['papers'][number]>;

export const meetingAggregate: Aggregate<Meeting, MeetingAct> = {
  kind: 'meeting',
  evolve(state, act) {
    if (act.type === 'meetingConvened') {
      const { fields, organiser, chair, secretary } = act.body;
      return {
        ...act.body,
        ...fields,
        id: act.on.id as MeetingId,
        state: 'draft',
        rules: null,
        invitees: [],
        people: [...new Set([organiser, chair, secretary])],
        order: [],
        presence: {},
        proxies: [],
        code: null,
        shown: null,
        speeches: [],
        begunAt: null,
        endedAt: null,
        cancelledBecause: null,
        minutes: null,
        papers: [],
      };
    }
    if (state === null) throw new Error('An act happened to a meeting that was never convened');
    return evolveKnown(state, act);
  },
};

function evolveKnown(before: Meeting, act: Exclude<MeetingAct, { type: 'meetingConvened' }>): Meeting {
  switch (act.type) {
    case 'meetingDescribed':
      return { ...before, ...act.body.fields };
    case 'agendaArranged':
      return { ...before, order: act.body.order };
    case 'meetingInvited': {
      const { rules, invitees } = act.body;
      const invited = invitees.map(({ person }) => person);
      return { ...to(before, 'invite'), rules, invitees, people: withMore(before.people, invited) };
    }
    case 'guestsInvited': {
      const { people } = act.body;
      const guests = people.map((person): Invitee => ({
        person,
        as: 'guest',
        votes: false,
        for: null,
        answer: null,
      }));
      return {
        ...before,
        invitees: [...before.invitees, ...guests],
        people: withMore(before.people, people),
      };
    }
    case 'invitationAnswered':
      return answered(before, act.body);
    case 'chairHandedOver':
      return { ...before, chair: act.body.to, people: withMore(before.people, [act.body.to]) };
    case 'meetingBegun':
      return { ...to(before, 'begin'), begunAt: act.body.at };
    case 'meetingEnded':
      return ended(before, act.body.at);
    case 'meetingCancelled':
      return { ...to(before, 'cancel'), cancelledBecause: act.body.reason };
    case 'minutesSigned':
      return { ...to(before, 'sign'), minutes: act.body.document };
    case 'paperDrafted':
      return { ...before, papers: [...before.papers, act.body] };
    default:
      return evolveSitting(before, act);
  }
}

type SittingAct = Extract<
  MeetingAct,
  {
    type:
      | 'checkInOpened'
      | 'attendanceMarked'
      | 'meetingLeft'
      | 'proxyGiven'
      | 'pageShown'
      | 'speechAsked'
      | 'speechCalled'
      | 'speechEnded';
  }
>;

function evolveSitting(before: Meeting, act: SittingAct): Meeting {
  switch (act.type) {
    case 'checkInOpened':
      return { ...before, code: act.body.code };
    case 'attendanceMarked': {
      const { marks, at } = act.body;
      return marks.reduce((meeting, mark) => marked(meeting, mark, at), before);
    }
    case 'meetingLeft': {
      const { person, at } = act.body;
      const there = before.presence[person];
      if (there === undefined) return before;
      return { ...before, presence: { ...before.presence, [person]: gone(there, at) } };
    }
    case 'proxyGiven': {
      const { from, to: holder } = act.body;
      const others = before.proxies.filter((proxy) => proxy.from !== from);
      return { ...before, proxies: holder === null ? others : [...others, { from, to: holder }] };
    }
    case 'pageShown':
      return { ...before, shown: act.body.shown };
    case 'speechAsked': {
      const n = (before.speeches.at(-1)?.n ?? 0) + 1;
      const speech = { n, ...act.body, calledAt: null, seconds: null, endedAt: null };
      return { ...before, speeches: [...before.speeches, speech] };
    }
    case 'speechCalled': {
      const { n, at, seconds } = act.body;
      return onSpeech(before, n, (speech) => ({ ...speech, calledAt: at, seconds }));
    }
    case 'speechEnded':
      return onSpeech(before, act.body.n, (speech) => ({ ...speech, endedAt: act.body.at }));
    default:
      return assertNever(act);
  }
}

/** Whoever comes votes for themselves: a proxy they gave before ends with it. */
function marked(meeting: Meeting, { person, how, reason }: Mark, at: Instant): Meeting {
  const before = meeting.presence[person] ?? { how, here: false, reason: '', turns: [] };
  if (how === 'absent') {
    const presence = { ...gone(before, at), how, reason };
    return { ...meeting, presence: { ...meeting.presence, [person]: presence } };
  }
  const turns = before.here ? before.turns : [...before.turns, { from: at, to: null }];
  return {
    ...meeting,
    presence: { ...meeting.presence, [person]: { how, here: true, reason, turns } },
    proxies: meeting.proxies.filter(({ from }) => from !== person),
  };
}

function gone(presence: Presence, at: Instant): Presence {
  if (!presence.here) return presence;
  const turns = presence.turns.map((turn) => (turn.to === null ? { ...turn, to: at } : turn));
  return { ...presence, here: false, turns };
}

function answered(
  meeting: Meeting,
  { person, answer, votes }: Readonly<{ person: PersonId; answer: Answer; votes: boolean }>,
): Meeting {
  // A substitute named before gives way to whatever is answered now.
  const others = meeting.invitees
    .filter((one) => one.for !== person)
    .map((one) => (one.person === person ? { ...one, answer } : one));
  if (answer.is !== 'sends') return { ...meeting, invitees: others };
  const substitute: Invitee = {
    person: answer.substitute,
    as: 'substitute',
    votes,
    for: person,
    answer: { is: 'accepts' },
  };
  return {
    ...meeting,
    invitees: [...others, substitute],
    people: withMore(meeting.people, [answer.substitute]),
  };
}

function ended(meeting: Meeting, at: Instant): Meeting {
  const presence = Object.fromEntries(
    Object.entries(meeting.presence).map(([person, there]) => [person, gone(there, at)]),
  );
  return { ...to(meeting, 'end'), presence, endedAt: at, code: null, shown: null };
}

function onSpeech(meeting: Meeting, n: number, change: (speech: Speech) => Speech): Meeting {
  const speeches = meeting.speeches.map((speech) => (speech.n === n ? change(speech) : speech));
  return { ...meeting, speeches };
}

function to(meeting: Meeting, event: MeetingEvent): Meeting {
  const state = nextState(meetingTransitions, meeting.state, event);
  if (state === null) throw new Error(`No way from ${meeting.state} by ${event}`);
  return { ...meeting, state };
}

function withMore(people: readonly PersonId[], more: readonly PersonId[]): PersonId[] {
  return [...new Set([...people, ...more])];
}
