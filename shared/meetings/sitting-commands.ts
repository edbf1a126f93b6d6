import { z } from 'zod';
import {
  AgendaItemIdSchema,
  MeetingIdSchema,
  PersonIdSchema,
  defineCommand,
  ref,
  refuse,
  type Act,
  type MeetingId,
} from '../kernel/public.ts';
import { checkInCode } from './check-in.ts';
import { meetingAggregate } from './meeting.ts';
import { ShownSchema, inviteeOf, mostGuests, speechKinds, waysToAttend } from './meeting-model.ts';
import { speakingNow, waitingToSpeak } from './speaking.ts';
import { whyNotChair, whyNotMeeting } from './why-not.ts';

const one = { meetingId: MeetingIdSchema };
const only = ({ meetingId }: Readonly<{ meetingId: MeetingId }>) => [ref('meeting', meetingId)];
const CodeSchema = z.string().regex(/^\d{4,8}$/u);

/** Asks a code of whoever checks in from the room, or no longer does. */
export const openCheckIn = defineCommand({
  name: 'meetings.openCheckIn',
  body: z.object({ ...one, code: CodeSchema.nullable() }),
  reads: only,
  decide: ({ body: { meetingId, code }, states, ctx }) => {
    const not = whyNotChair(states.of(meetingAggregate, meetingId), 'attend', ctx.actor);
    if (not !== null) return not;
    const body = { code: code === null ? null : checkInCode(meetingId, code) };
    return [{ type: 'checkInOpened', on: ref('meeting', meetingId), body }];
  },
});

/** Says "I am here", again after having left; from elsewhere without a code. */
export const checkIn = defineCommand({
  name: 'meetings.checkIn',
  body: z.object({ ...one, how: z.enum(['room', 'remote']), code: CodeSchema.nullable() }),
  reads: only,
  decide: ({ body: { meetingId, how, code }, states, ctx }) => {
    const meeting = states.of(meetingAggregate, meetingId);
    const not = whyNotMeeting(meeting, 'attend', ctx.actor);
    if (not !== null || meeting === null) return not ?? [];
    if (inviteeOf(meeting, ctx.actor) === null) return refuse('meetings.not-invited');
    const isAsked = how === 'room' && meeting.code !== null;
    if (isAsked && (code === null || checkInCode(meetingId, code) !== meeting.code)) {
      return refuse('meetings.wrong-code');
    }
    const marks = [{ person: ctx.actor, how, reason: '' }];
    return [{ type: 'attendanceMarked', on: ref('meeting', meetingId), body: { marks, at: ctx.recordedAt } }];
  },
});

/** The secretary says who is there, and who is not and why, for many at a time. */
export const markAttendance = defineCommand({
  name: 'meetings.markAttendance',
  body: z.object({
    ...one,
    marks: z
      .array(
        z.object({
          person: PersonIdSchema,
          how: z.enum(waysToAttend),
          reason: z.string().trim().max(500),
        }),
      )
      .min(1)
      .max(2 * mostGuests),
  }),
  reads: only,
  decide: ({ body: { meetingId, marks }, states, ctx }) => {
    const meeting = states.of(meetingAggregate, meetingId);
    const not = whyNotChair(meeting, 'attend', ctx.actor);
    if (not !== null || meeting === null) return not ?? [];
    if (marks.some(({ person }) => inviteeOf(meeting, person) === null)) {
      return refuse('meetings.not-invited');
    }
    if (marks.some(({ how, reason }) => how === 'absent' && reason === '')) {
      return refuse('meetings.absence-needs-reason');
    }
    return [{ type: 'attendanceMarked', on: ref('meeting', meetingId), body: { marks, at: ctx.recordedAt } }];
  },
});

/** Goes out, by oneself or as the secretary saw it; whoever comes back checks in again. */
export const leave = defineCommand({
  name: 'meetings.leave',
  body: z.object({ ...one, person: PersonIdSchema }),
  reads: only,
  decide: ({ body: { meetingId, person }, states, ctx }) => {
    const meeting = states.of(meetingAggregate, meetingId);
    const not =
      person === ctx.actor
        ? whyNotMeeting(meeting, 'attend', ctx.actor)
        : whyNotChair(meeting, 'attend', ctx.actor);
    if (not !== null) return not;
    if (meeting?.presence[person]?.here !== true) return refuse('meetings.not-here');
    return [{ type: 'meetingLeft', on: ref('meeting', meetingId), body: { person, at: ctx.recordedAt } }];
  },
});

/** Hands one's vote to another member as long as one is away, or takes it back. */
export const giveProxy = defineCommand({
  name: 'meetings.giveProxy',
  body: z.object({ ...one, to: PersonIdSchema.nullable() }),
  reads: only,
  decide: ({ body: { meetingId, to }, states, ctx }) => {
    const meeting = states.of(meetingAggregate, meetingId);
    const not = whyNotMeeting(meeting, 'attend', ctx.actor);
    if (not !== null || meeting === null) return not ?? [];
    const given: Act = { type: 'proxyGiven', on: ref('meeting', meetingId), body: { from: ctx.actor, to } };
    if (to === null) return [given];
    const proxies = meeting.rules?.proxies ?? null;
    if (proxies === null) return refuse('meetings.no-proxies');
    const isVoter = (person: typeof to) => {
      const invitee = inviteeOf(meeting, person);
      return invitee?.votes === true && invitee.as !== 'substitute';
    };
    if (!isVoter(ctx.actor) || !isVoter(to) || to === ctx.actor) {
      return refuse('meetings.proxy-between-voters');
    }
    // Whoever is there votes; nobody passes on what was handed to them, nor hands on what they hold.
    if (meeting.presence[ctx.actor]?.here === true) return refuse('meetings.proxy-while-here');
    const others = meeting.proxies.filter(({ from }) => from !== ctx.actor);
    const isChain = others.some(({ from, to: holder }) => from === to || holder === ctx.actor);
    if (isChain) return refuse('meetings.proxy-chain');
    const held = others.filter(({ to: holder }) => holder === to).length;
    return held >= proxies.most ? refuse('meetings.too-many-proxies', { count: proxies.most }) : [given];
  },
});

/** What the chair looks at, and so whoever follows; null lets everybody go their own way. */
export const showPage = defineCommand({
  name: 'meetings.showPage',
  body: z.object({ ...one, shown: ShownSchema.nullable() }),
  reads: only,
  decide: ({ body: { meetingId, shown }, states, ctx }) => {
    const meeting = states.of(meetingAggregate, meetingId);
    const not = whyNotChair(meeting, 'speak', ctx.actor);
    if (not !== null) return not;
    if (shown !== null && meeting?.order.includes(shown.item) !== true) {
      return refuse('meetings.unknown-item');
    }
    return [{ type: 'pageShown', on: ref('meeting', meetingId), body: { shown } }];
  },
});

export const askToSpeak = defineCommand({
  name: 'meetings.askToSpeak',
  body: z.object({ ...one, item: AgendaItemIdSchema.nullable(), kind: z.enum(speechKinds) }),
  reads: only,
  decide: ({ body: { meetingId, item, kind }, states, ctx }) => {
    const meeting = states.of(meetingAggregate, meetingId);
    const not = whyNotMeeting(meeting, 'speak', ctx.actor);
    if (not !== null || meeting === null) return not ?? [];
    if (item !== null && !meeting.order.includes(item)) return refuse('meetings.unknown-item');
    const asked = waitingToSpeak(meeting).some((one) => one.person === ctx.actor && one.kind === kind);
    if (asked) return refuse('meetings.asked-already');
    const body = { person: ctx.actor, item, kind, askedAt: ctx.recordedAt };
    return [{ type: 'speechAsked', on: ref('meeting', meetingId), body }];
  },
});

/** Gives the floor for a time; whoever had it has spoken. */
export const callSpeaker = defineCommand({
  name: 'meetings.callSpeaker',
  body: z.object({ ...one, n: z.int().min(1), seconds: z.int().min(10).max(7200) }),
  reads: only,
  decide: ({ body: { meetingId, n, seconds }, states, ctx }) => {
    const meeting = states.of(meetingAggregate, meetingId);
    const not = whyNotChair(meeting, 'speak', ctx.actor);
    if (not !== null || meeting === null) return not ?? [];
    const waiting = waitingToSpeak(meeting);
    const called = waiting.find((speech) => speech.n === n);
    if (called === undefined) return refuse('meetings.not-waiting');
    if (called.kind === 'speech' && waiting.some(({ kind }) => kind === 'order')) {
      return refuse('meetings.order-first');
    }
    const on = ref('meeting', meetingId);
    const at = ctx.recordedAt;
    const now = speakingNow(meeting);
    const acts: Act[] = now === null ? [] : [{ type: 'speechEnded', on, body: { n: now.n, at } }];
    return [...acts, { type: 'speechCalled', on, body: { n, at, seconds } }];
  },
});

/** Has spoken, or no longer wants to. */
export const endSpeech = defineCommand({
  name: 'meetings.endSpeech',
  body: z.object({ ...one, n: z.int().min(1) }),
  reads: only,
  decide: ({ body: { meetingId, n }, states, ctx }) => {
    const meeting = states.of(meetingAggregate, meetingId);
    const not = whyNotMeeting(meeting, 'speak', ctx.actor);
    if (not !== null || meeting === null) return not ?? [];
    const speech = meeting.speeches.find((one) => one.n === n);
    if (speech === undefined || speech.endedAt !== null) return refuse('meetings.not-waiting');
    const refusal = speech.person === ctx.actor ? null : whyNotChair(meeting, 'speak', ctx.actor);
    return (
      refusal ?? [{ type: 'speechEnded', on: ref('meeting', meetingId), body: { n, at: ctx.recordedAt } }]
    );
  },
});
