import { z } from 'zod';
import {
  AgendaItemIdSchema,
  DocumentIdSchema,
  MeetingBodyIdSchema,
  MeetingIdSchema,
  PersonIdSchema,
  dayOf,
  defineCommand,
  ref,
  refuse,
  type Act,
  type AggregateRef,
  type PersonId,
  type Refusal,
  type States,
} from '../kernel/public.ts';
import { personAggregate, whyNotReceivePapers } from '../directory/public.ts';
import { documentAggregate, type OfficialDocument } from '../documents/public.ts';
import { meetingBodyAggregate } from './body.ts';
import { seatOf, seatsOn } from './body-model.ts';
import { agendaItemAggregate } from './item.ts';
import { readersOf } from './item-model.ts';
import { meetingAggregate } from './meeting.ts';
import {
  AnswerSchema,
  MeetingFieldsSchema,
  inviteeOf,
  meetingKinds,
  mostGuests,
  mostItems,
  type Invitee,
  type Meeting,
} from './meeting-model.ts';
import { whyNotChair, whyNotMeeting, whyNotPrepare } from './why-not.ts';

const reason = z.string().trim().min(1).max(500);
const one = { meetingId: MeetingIdSchema };

/** Calls a body together; nobody but those who prepare it hears of it before they are invited. */
export const convene = defineCommand({
  name: 'meetings.convene',
  body: z.object({
    ...one,
    bodyId: MeetingBodyIdSchema,
    kind: z.enum(meetingKinds),
    fields: MeetingFieldsSchema,
    chair: PersonIdSchema,
    secretary: PersonIdSchema,
  }),
  reads: ({ meetingId, bodyId, chair, secretary }) => [
    ref('meeting', meetingId),
    ref('meetingBody', bodyId),
    ref('person', chair),
    ref('person', secretary),
  ],
  decide: ({ body: { meetingId, bodyId, kind, fields, chair, secretary }, states, ctx }) => {
    if (states.of(meetingAggregate, meetingId) !== null) return refuse('meetings.exists');
    const body = states.of(meetingBodyAggregate, bodyId);
    if (body === null) return refuse('meetings.unknown-body');
    const not =
      whyNotReceivePapers(states.of(personAggregate, chair)) ??
      whyNotReceivePapers(states.of(personAggregate, secretary));
    if (not !== null) return not;
    const post = seatOf(body, chair, dayOf(fields.startsAt))?.post;
    if (post !== 'chair' && post !== 'deputy') return refuse('meetings.chair-not-seated');
    const convened = { body: bodyId, kind, fields, chair, secretary, organiser: ctx.actor };
    return [{ type: 'meetingConvened', on: ref('meeting', meetingId), body: convened }];
  },
});

export const describeMeeting = defineCommand({
  name: 'meetings.describe',
  body: z.object({ ...one, fields: MeetingFieldsSchema }),
  reads: ({ meetingId }) => [ref('meeting', meetingId)],
  decide: ({ body: { meetingId, fields }, states, ctx }) => {
    const not = whyNotPrepare(states.of(meetingAggregate, meetingId), 'describe', ctx.actor);
    return not ?? [{ type: 'meetingDescribed', on: ref('meeting', meetingId), body: { fields } }];
  },
});

/** Puts items on the agenda, in their order; whoever may read one that is new there is shown it. */
export const arrange = defineCommand({
  name: 'meetings.arrange',
  body: z.object({ ...one, order: z.array(AgendaItemIdSchema).max(mostItems) }),
  reads: ({ meetingId, order }) => [ref('meeting', meetingId), ...order.map((id) => ref('agendaItem', id))],
  follows: itemsOf,
  decide: ({ body: { meetingId, order }, states, ctx }) => {
    const meeting = states.of(meetingAggregate, meetingId);
    const not = whyNotPrepare(meeting, 'prepare', ctx.actor);
    if (not !== null || meeting === null) return not ?? [];
    if (new Set(order).size !== order.length) return refuse('meetings.item-twice');
    const isTheirs = (id: string) => states.of(agendaItemAggregate, id)?.meeting === meetingId;
    if (!order.every(isTheirs)) return refuse('meetings.unknown-item');
    const left = meeting.order.filter((id) => !order.includes(id));
    if (left.some((id) => states.of(agendaItemAggregate, id)?.decision != null)) {
      return refuse('meetings.decided-already');
    }
    const arranged: Act = { type: 'agendaArranged', on: ref('meeting', meetingId), body: { order } };
    return [arranged, ...shown({ ...meeting, order }, states)];
  },
});

/** Sends the invitations: to every member of that day at first, with the body's rules as they are; then to guests. */
export const invite = defineCommand({
  name: 'meetings.invite',
  body: z.object({ ...one, guests: z.array(PersonIdSchema).max(mostGuests) }),
  reads: ({ meetingId, guests }) => [ref('meeting', meetingId), ...guests.map((id) => ref('person', id))],
  follows: (read, states) => {
    const meeting = read.kind === 'meeting' ? states.of(meetingAggregate, read.id) : null;
    return meeting === null ? [] : [ref('meetingBody', meeting.body), ...itemsOf(read, states)];
  },
  decide: ({ body: { meetingId, guests }, states, ctx }) => {
    const meeting = states.of(meetingAggregate, meetingId);
    const not = whyNotPrepare(meeting, 'invite', ctx.actor) ?? whyNotGuests(guests, states);
    if (not !== null || meeting === null) return not ?? [];
    const on = ref('meeting', meetingId);
    const acts: Act[] = [];
    let after = meeting;
    if (meeting.state === 'draft') {
      const body = states.of(meetingBodyAggregate, meeting.body);
      if (body === null) return refuse('meetings.unknown-body');
      if (meeting.order.length === 0) return refuse('meetings.agenda-empty');
      const invitees = seatsOn(body, dayOf(meeting.startsAt)).map(({ person, post, votes }): Invitee => ({
        person,
        as: post,
        votes,
        for: null,
        answer: null,
      }));
      if (!invitees.some(({ votes }) => votes)) return refuse('meetings.nobody-votes');
      acts.push({ type: 'meetingInvited', on, body: { rules: body.rules, invitees } });
      after = { ...meeting, invitees };
    }
    const people = guests.filter((guest) => inviteeOf(after, guest) === null);
    if (people.length > 0) acts.push({ type: 'guestsInvited', on, body: { people } });
    const all = acts.reduce(
      (state: Meeting, act) =>
        meetingAggregate.evolve(state, act as Parameters<typeof meetingAggregate.evolve>[1]),
      meeting,
    );
    return [...acts, ...shown(all, states)];
  },
});

/** Accept, decline with a reason, or send one of the substitutes named for one's seat. */
export const answerInvitation = defineCommand({
  name: 'meetings.answer',
  body: z.object({ ...one, answer: AnswerSchema }),
  reads: ({ meetingId, answer }) => [
    ref('meeting', meetingId),
    ...(answer.is === 'sends' ? [ref('person', answer.substitute)] : []),
  ],
  follows: (read, states) => {
    const meeting = read.kind === 'meeting' ? states.of(meetingAggregate, read.id) : null;
    return meeting === null ? [] : [ref('meetingBody', meeting.body), ...itemsOf(read, states)];
  },
  decide: ({ body: { meetingId, answer }, states, ctx }) => {
    const meeting = states.of(meetingAggregate, meetingId);
    const not = whyNotMeeting(meeting, 'answer', ctx.actor);
    if (not !== null || meeting === null) return not ?? [];
    const invitee = inviteeOf(meeting, ctx.actor);
    if (invitee === null) return refuse('meetings.not-invited');
    if (answer.is === 'sends') {
      const refusal = whyNotSend(answer.substitute, { meeting, sender: ctx.actor, states });
      if (refusal !== null) return refusal;
    }
    const votes = invitee.votes && meeting.rules?.substitutesVote === true;
    const answered = { person: ctx.actor, answer, votes };
    const act = { type: 'invitationAnswered', on: ref('meeting', meetingId), body: answered } as const;
    return [act, ...shown(meetingAggregate.evolve(meeting, act), states)];
  },
});

/** Gives the chair to another member who may preside. */
export const handOverChair = defineCommand({
  name: 'meetings.handOverChair',
  body: z.object({ ...one, to: PersonIdSchema }),
  reads: ({ meetingId }) => [ref('meeting', meetingId)],
  follows: itemsOf,
  decide: ({ body: { meetingId, to }, states, ctx }) => {
    const meeting = states.of(meetingAggregate, meetingId);
    const not = whyNotPrepare(meeting, 'takePosition', ctx.actor);
    if (not !== null || meeting === null) return not ?? [];
    const as = inviteeOf(meeting, to)?.as;
    if (as !== 'chair' && as !== 'deputy') return refuse('meetings.chair-not-seated');
    const act = { type: 'chairHandedOver', on: ref('meeting', meetingId), body: { to } } as const;
    return [act, ...shown(meetingAggregate.evolve(meeting, act), states)];
  },
});

export const begin = defineCommand({
  name: 'meetings.begin',
  body: z.object(one),
  reads: ({ meetingId }) => [ref('meeting', meetingId)],
  decide: ({ body: { meetingId }, states, ctx }) => {
    const meeting = states.of(meetingAggregate, meetingId);
    const not = whyNotChair(meeting, 'begin', ctx.actor);
    if (not !== null) return not;
    if (meeting?.kind === 'round') return refuse('meetings.round-has-no-session');
    return [{ type: 'meetingBegun', on: ref('meeting', meetingId), body: { at: ctx.recordedAt } }];
  },
});

/** Nobody leaves with something undecided: each item was decided, noted, put off or dropped. */
export const end = defineCommand({
  name: 'meetings.end',
  body: z.object(one),
  reads: ({ meetingId }) => [ref('meeting', meetingId)],
  follows: itemsOf,
  decide: ({ body: { meetingId }, states, ctx }) => {
    const meeting = states.of(meetingAggregate, meetingId);
    const not = whyNotChair(meeting, 'end', ctx.actor);
    if (not !== null || meeting === null) return not ?? [];
    if (meeting.kind === 'session' && meeting.state === 'invited') return refuse('meetings.not-begun');
    const left = meeting.order.findIndex((id) => states.of(agendaItemAggregate, id)?.decision == null);
    if (left >= 0) return refuse('meetings.item-undecided', { n: left + 1 });
    return [{ type: 'meetingEnded', on: ref('meeting', meetingId), body: { at: ctx.recordedAt } }];
  },
});

export const cancel = defineCommand({
  name: 'meetings.cancel',
  body: z.object({ ...one, reason }),
  reads: ({ meetingId }) => [ref('meeting', meetingId)],
  decide: ({ body: { meetingId, reason: why }, states, ctx }) => {
    const not = whyNotPrepare(states.of(meetingAggregate, meetingId), 'cancel', ctx.actor);
    return not ?? [{ type: 'meetingCancelled', on: ref('meeting', meetingId), body: { reason: why } }];
  },
});

/** The minutes are a paper of the agency's own, signed in its circuit by the secretary and the chair. */
export const signMinutes = defineCommand({
  name: 'meetings.signMinutes',
  body: z.object({ ...one, documentId: DocumentIdSchema }),
  reads: ({ meetingId, documentId }) => [ref('meeting', meetingId), ref('document', documentId)],
  decide: ({ body: { meetingId, documentId }, states, ctx }) => {
    const meeting = states.of(meetingAggregate, meetingId);
    const not = whyNotChair(meeting, 'sign', ctx.actor);
    if (not !== null || meeting === null) return not ?? [];
    const refusal = whyNotMinutes(states.of(documentAggregate, documentId), meeting);
    return (
      refusal ?? [{ type: 'minutesSigned', on: ref('meeting', meetingId), body: { document: documentId } }]
    );
  },
});

function whyNotMinutes(document: OfficialDocument | null, { chair, secretary }: Meeting): Refusal | null {
  if (document?.direction !== 'outgoing') return refuse('meetings.no-minutes');
  // NĐ 30 PL3: a biên bản is one of the agency's papers, kind BB.
  if (document.summary.kind !== 'BB') return refuse('meetings.no-minutes');
  const signed = (person: PersonId) =>
    document.circuit.some(
      (step) =>
        step.person === person &&
        step.outcome === 'passed' &&
        (step.kind === 'sign' || step.kind === 'initials'),
    );
  const isSigned = document.signedAt !== null && signed(chair) && signed(secretary);
  return isSigned ? null : refuse('meetings.minutes-unsigned');
}

/** The items of a meeting, for whoever decides about all of them. */
function itemsOf(read: AggregateRef, states: States): readonly AggregateRef[] {
  const meeting = read.kind === 'meeting' ? states.of(meetingAggregate, read.id) : null;
  return (meeting?.order ?? []).map((id) => ref('agendaItem', id));
}

/** Shows each item of the agenda to whoever may read it now. */
function shown(meeting: Meeting, states: States): Act[] {
  return meeting.order.flatMap((id): Act[] => {
    const item = states.of(agendaItemAggregate, id);
    if (item === null) return [];
    const readers = readersOf(item, meeting);
    const isSame =
      readers.length === item.readers.length && readers.every((one) => item.readers.includes(one));
    return isSame ? [] : [{ type: 'itemShown', on: ref('agendaItem', id), body: { readers } }];
  });
}

function whyNotGuests(guests: readonly PersonId[], states: States): Refusal | null {
  const refusals = guests.map((guest) => whyNotReceivePapers(states.of(personAggregate, guest)));
  return refusals.find((refusal) => refusal !== null) ?? null;
}

type Sending = Readonly<{ meeting: Meeting; sender: PersonId; states: States }>;

function whyNotSend(substitute: PersonId, { meeting, sender, states }: Sending): Refusal | null {
  const body = states.of(meetingBodyAggregate, meeting.body);
  const seat = body === null ? null : seatOf(body, sender, dayOf(meeting.startsAt));
  if (seat?.substitutes.includes(substitute) !== true) return refuse('meetings.not-your-substitute');
  const already = inviteeOf(meeting, substitute);
  if (already !== null && already.for !== sender) return refuse('meetings.invited-already');
  return whyNotReceivePapers(states.of(personAggregate, substitute));
}
