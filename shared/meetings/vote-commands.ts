import { z } from 'zod';
import {
  AgendaItemIdSchema,
  InstantSchema,
  MeetingIdSchema,
  PersonIdSchema,
  VoteIdSchema,
  defineCommand,
  isRefusal,
  ref,
  refuse,
  type Act,
  type Instant,
  type PersonId,
  type Refusal,
  type VoteId,
} from '../kernel/public.ts';
import { RemindDaysSchema, usualRemindDays } from './body-model.ts';
import { electorsOf, presentIn, votersOf, type Elector } from './electorate.ts';
import { agendaItemAggregate } from './item.ts';
import type { AgendaItem } from './item-model.ts';
import { meetingAggregate } from './meeting.ts';
import { inviteeOf, type Meeting } from './meeting-model.ts';
import { quorumOf } from './result.ts';
import { resultOfVote } from './tally.ts';
import { voteAggregate } from './vote.ts';
import {
  ChoiceSchema,
  PublicKeySchema,
  QuestionSchema,
  isAnswer,
  voteForms,
  type Choice,
  type Vote,
} from './vote-model.ts';
import { decided, toMeeting, whyNotBallot, whyNotRemind } from './vote-rules.ts';
import { unanswered } from './waiting.ts';
import { whyNotChair, whyNotOpenItem } from './why-not.ts';

const on = (voteId: VoteId) => ref('vote', voteId);
const only = ({ voteId }: Readonly<{ voteId: VoteId }>) => [on(voteId)];

/**
 * Opens a vote and freezes who votes and by what rule: whoever comes later votes on the next one. In writing everybody
 * votes, wherever they are, until an hour that is said now.
 */
export const openVote = defineCommand({
  name: 'meetings.openVote',
  body: z.object({
    voteId: VoteIdSchema,
    meetingId: MeetingIdSchema,
    itemId: AgendaItemIdSchema,
    question: QuestionSchema,
    form: z.enum(voteForms),
    askedBy: PersonIdSchema.nullable(),
    /** One of the body's special rules; null for the usual one. */
    special: z.string().max(30).nullable(),
    until: InstantSchema.nullable(),
    /** In writing: how many working days before, where it is not as the body's rules say. */
    remindDays: RemindDaysSchema.optional(),
    decides: z.boolean(),
  }),
  reads: ({ voteId, meetingId, itemId }) => [
    on(voteId),
    ref('meeting', meetingId),
    ref('agendaItem', itemId),
  ],
  // Who is there is the server's to say: a desk may not have heard of who just came or went.
  byServer: true,
  decide: ({ body: { voteId, meetingId, itemId, special, remindDays, ...asked }, states, ctx }) => {
    if (states.of(voteAggregate, voteId) !== null) return refuse('meetings.exists');
    const found = sittingOver(
      states.of(meetingAggregate, meetingId),
      states.of(agendaItemAggregate, itemId),
      {
        actor: ctx.actor,
        until: asked.until,
      },
    );
    if (isRefusal(found)) return found;
    const { meeting, item, rules } = found;
    const { until } = asked;
    if (until !== null && until <= ctx.recordedAt) return refuse('meetings.until-past');
    const refusal = whyNotAsk(asked, meeting);
    if (refusal !== null) return refusal;
    const rule = special === null ? rules.result : rules.special.find(({ id }) => id === special)?.rule;
    if (rule === undefined) return refuse('meetings.unknown-rule');
    const frozen = frozenNow(meeting, item, until);
    const reminding = until === null ? {} : { remindDays: remindDays ?? rules.remindDays ?? usualRemindDays };
    const quorum = quorumOf(rules.quorum, frozen.all, frozen.present);
    if (!quorum.met) return refuse('meetings.no-quorum', { needed: quorum.needed, has: quorum.has });
    const { counts, silence } = rules;
    const opening = {
      meeting: meetingId,
      item: itemId,
      ...asked,
      rule,
      quorum: rules.quorum,
      counts,
      silence,
      chair: meeting.chair,
      openedBy: ctx.actor,
      openedAt: ctx.recordedAt,
      ...reminding,
      ...frozen,
    };
    return [
      { type: 'voteOpened', on: on(voteId), body: opening },
      { type: 'voteHeld', on: ref('agendaItem', itemId), body: { vote: voteId } },
    ];
  },
});

/** A ballot by name, for oneself or whom one stands for. Sent twice it is there once. */
export const castVote = defineCommand({
  name: 'meetings.castVote',
  body: z.object({ voteId: VoteIdSchema, voter: PersonIdSchema, choice: ChoiceSchema }),
  reads: only,
  decide: ({ body: { voteId, voter, choice }, states, ctx }) => {
    const vote = states.of(voteAggregate, voteId);
    const not = whyNotBallot(vote, { voter, holder: ctx.actor, at: ctx.recordedAt });
    if (not !== null || vote === null) return not ?? [];
    if (vote.form === 'secret') return refuse('meetings.secret-has-no-names');
    if (!isAnswer(vote.question, choice)) return refuse('meetings.no-answer');
    const before = vote.ballots[voter];
    if (before !== undefined && isSame(before.choice, choice)) return [];
    if (before !== undefined && (vote.counts === 'first' || before.paper !== null)) {
      return refuse('meetings.voted-already');
    }
    const ballot = { choice, by: ctx.actor, at: ctx.recordedAt, paper: null };
    return [{ type: 'ballotCast', on: on(voteId), body: { voter, ballot } }];
  },
});

/** A ballot given on paper, entered by the chair's side while somebody else looks on. */
export const castOnPaper = defineCommand({
  name: 'meetings.castOnPaper',
  body: z.object({
    voteId: VoteIdSchema,
    voter: PersonIdSchema,
    choice: ChoiceSchema,
    witness: PersonIdSchema,
  }),
  reads: only,
  follows: toMeeting,
  decide: ({ body: { voteId, voter, choice, witness }, states, ctx }) => {
    const vote = states.of(voteAggregate, voteId);
    const not = whyNotBallot(vote, { voter, holder: null, at: ctx.recordedAt });
    if (not !== null || vote === null) return not ?? [];
    const meeting = states.of(meetingAggregate, vote.meeting);
    const refusal = whyNotChair(meeting, eventOf(vote), ctx.actor);
    if (refusal !== null || meeting === null) return refusal ?? [];
    if (vote.form === 'secret') return refuse('meetings.secret-has-no-names');
    if (!isAnswer(vote.question, choice)) return refuse('meetings.no-answer');
    const isWitness = witness !== ctx.actor && witness !== voter && inviteeOf(meeting, witness) !== null;
    if (!isWitness) return refuse('meetings.needs-witness');
    if (vote.ballots[voter] !== undefined) return refuse('meetings.voted-already');
    const paper = { enteredBy: ctx.actor, witness };
    const ballot = { choice, by: voter, at: ctx.recordedAt, paper };
    return [{ type: 'ballotCast', on: on(voteId), body: { voter, ballot } }];
  },
});

/** Asks for the one token a voter has in a secret vote, blind: the log knows who has one, and nothing of what it is. */
export const takeToken = defineCommand({
  name: 'meetings.takeToken',
  body: z.object({
    voteId: VoteIdSchema,
    voter: PersonIdSchema,
    /** What it was blinded for: a server that was brought back may have keyed the vote anew. */
    publicKey: PublicKeySchema,
    blinded: z.base64().min(300).max(800),
  }),
  reads: only,
  // Nothing of a secret ballot is kept for later: without the server there is none.
  byServer: true,
  decide: ({ body: { voteId, voter, publicKey, blinded }, states, ctx }) => {
    const vote = states.of(voteAggregate, voteId);
    const not = whyNotBallot(vote, { voter, holder: ctx.actor, at: ctx.recordedAt });
    if (not !== null || vote === null) return not ?? [];
    if (vote.form !== 'secret') return refuse('meetings.vote-not-secret');
    if (vote.publicKey !== publicKey) return refuse('meetings.another-key');
    const before = vote.tokens[voter];
    if (before === blinded) return [];
    if (before !== undefined) return refuse('meetings.token-taken');
    return [{ type: 'tokenTaken', on: on(voteId), body: { voter, blinded } }];
  },
});

/** Reminds at once, and not only near the last day, whoever was asked in writing and has not answered. */
export const remindVoters = defineCommand({
  name: 'meetings.remindVoters',
  body: z.object({ voteId: VoteIdSchema }),
  reads: only,
  follows: toMeeting,
  decide: ({ body: { voteId }, states, ctx }) => {
    const vote = states.of(voteAggregate, voteId);
    if (vote === null) return refuse('meetings.unknown-vote');
    const meeting = states.of(meetingAggregate, vote.meeting);
    const not = whyNotChair(meeting, 'voteInWriting', ctx.actor) ?? whyNotRemind(vote, ctx.recordedAt);
    return not ?? [{ type: 'votersReminded', on: on(voteId), body: { at: ctx.recordedAt } }];
  },
});

/** Closes a vote: what is there now counts. A secret one's box is then opened by the server, which alone has it. */
export const closeVote = defineCommand({
  name: 'meetings.closeVote',
  body: z.object({ voteId: VoteIdSchema }),
  reads: only,
  follows: toMeeting,
  byServer: true,
  decide: ({ body: { voteId }, states, ctx }) => {
    const vote = states.of(voteAggregate, voteId);
    if (vote === null) return refuse('meetings.unknown-vote');
    const not = whyNotChair(states.of(meetingAggregate, vote.meeting), eventOf(vote), ctx.actor);
    if (not !== null) return not;
    if (vote.state !== 'open') return refuse('meetings.vote-not-open');
    const isMissing = unanswered(vote).length > 0;
    if (vote.until !== null && ctx.recordedAt < vote.until && isMissing) return refuse('meetings.still-time');
    if (vote.form === 'secret') {
      return [{ type: 'boxClosed', on: on(voteId), body: { at: ctx.recordedAt } }];
    }
    const result = resultOfVote(vote);
    const closed: Act = { type: 'voteClosed', on: on(voteId), body: { at: ctx.recordedAt, result } };
    return [closed, ...decided({ ...vote, result }, states, ctx.recordedAt)];
  },
});

/** Gives a vote up that was put wrongly; what was said in it counts for nothing, and stays in the log. */
export const dropVote = defineCommand({
  name: 'meetings.dropVote',
  body: z.object({ voteId: VoteIdSchema, reason: z.string().trim().min(1).max(500) }),
  reads: only,
  follows: toMeeting,
  decide: ({ body: { voteId, reason }, states, ctx }) => {
    const vote = states.of(voteAggregate, voteId);
    if (vote === null) return refuse('meetings.unknown-vote');
    const not = whyNotChair(states.of(meetingAggregate, vote.meeting), eventOf(vote), ctx.actor);
    if (not !== null) return not;
    if (vote.state !== 'open' && vote.state !== 'unkeyed') return refuse('meetings.vote-not-open');
    return [{ type: 'voteDropped', on: on(voteId), body: { reason } }];
  },
});

function eventOf({ until }: Vote): 'decide' | 'voteInWriting' {
  return until === null ? 'decide' : 'voteInWriting';
}

function frozenNow(meeting: Meeting, { excluded }: AgendaItem, until: Instant | null) {
  const out = excluded.map(({ person }) => person);
  const voters = votersOf(meeting);
  if (until === null) {
    const electors = electorsOf(meeting, out);
    return { all: voters.length, present: presentIn(meeting, electors), electors };
  }
  const electors = voters
    .filter((voter) => !out.includes(voter))
    .map((voter): Elector => ({ voter, holder: voter, as: 'self' }));
  return { all: voters.length, present: electors.length, electors };
}

type Opening = Readonly<{ actor: PersonId; until: Instant | null }>;

/** The meeting and the item that may be voted on now, with the rules it goes by. */
function sittingOver(meeting: Meeting | null, item: AgendaItem | null, { actor, until }: Opening) {
  const not =
    whyNotChair(meeting, until === null ? 'decide' : 'voteInWriting', actor) ?? whyNotOpenItem(item, actor);
  if (not !== null) return not;
  if (meeting === null || item === null || meeting.rules === null || !meeting.order.includes(item.id)) {
    return refuse('meetings.unknown-item');
  }
  return { meeting, item, rules: meeting.rules };
}

type Asking = Pick<Vote, 'form' | 'askedBy' | 'question'>;

function whyNotAsk({ form, askedBy, question }: Asking, { rules, invitees }: Meeting): Refusal | null {
  if (question.is === 'choice') {
    const ids = new Set(question.options.map(({ id }) => id));
    if (ids.size !== question.options.length) return refuse('meetings.option-twice');
  }
  if (form !== 'secret' || askedBy === null) return null;
  // Only where its rules let a member ask does one stand in the minutes as having asked.
  if (rules?.secretBy !== 'any-member') return refuse('meetings.secret-by-chair');
  return inviteeOf({ invitees }, askedBy)?.votes === true ? null : refuse('meetings.no-vote');
}

function isSame(one: Choice, other: Choice): boolean {
  if (one.is === 'motion') return other.is === 'motion' && one.side === other.side;
  return other.is === 'choice' && one.marks.toSorted().join(' ') === other.marks.toSorted().join(' ');
}
