import { z } from 'zod';
import { VoteIdSchema, defineCommand, ref, refuse, type Act } from '../kernel/public.ts';
import { mostSeats } from './body-model.ts';
import { resultOfVote } from './tally.ts';
import { decided, toMeeting } from './vote-rules.ts';
import { voteAggregate } from './vote.ts';
import { PublicKeySchema, SecretBallotSchema, isAnswer } from './vote-model.ts';

// Given by whoever keeps the box, the agency's server, in its own name: no person can. Not on the contract.

/** The key that a secret vote's tokens are signed with. */
export const keyVote = defineCommand({
  name: 'meetings.keyVote',
  atServer: true,
  body: z.object({ voteId: VoteIdSchema, publicKey: PublicKeySchema }),
  reads: ({ voteId }) => [ref('vote', voteId)],
  decide: ({ body: { voteId, publicKey }, states }) => {
    const vote = states.of(voteAggregate, voteId);
    if (vote?.state !== 'unkeyed') return refuse('meetings.vote-not-open');
    return [{ type: 'voteKeyed', on: ref('vote', voteId), body: { publicKey } }];
  },
});

/**
 * Everything the box held, in one entry and sorted by serial: neither the log nor the box tells in what order it came.
 * The server has looked at every token and signature before; whoever has the log looks again (`docs/secret-votes.md`).
 */
export const openBox = defineCommand({
  name: 'meetings.openBox',
  atServer: true,
  body: z.object({ voteId: VoteIdSchema, ballots: z.array(SecretBallotSchema).max(mostSeats) }),
  reads: ({ voteId }) => [ref('vote', voteId)],
  follows: toMeeting,
  decide: ({ body: { voteId, ballots }, states, ctx }) => {
    const vote = states.of(voteAggregate, voteId);
    if (vote?.state !== 'counting') return refuse('meetings.vote-not-open');
    const isSorted = ballots.every(
      ({ serial }, place) => place === 0 || (ballots[place - 1]?.serial ?? '') < serial,
    );
    if (!isSorted) return refuse('meetings.box-in-order');
    // More ballots than tokens were never cast.
    if (ballots.length > Object.keys(vote.tokens).length) return refuse('meetings.box-too-full');
    if (!ballots.every(({ choice }) => isAnswer(vote.question, choice))) return refuse('meetings.no-answer');
    const result = resultOfVote(
      vote,
      ballots.map(({ choice }) => choice),
    );
    const opened: Act = { type: 'boxOpened', on: ref('vote', voteId), body: { ballots, result } };
    return [opened, ...decided({ ...vote, result }, states, ctx.recordedAt)];
  },
});

/** Gives up a vote whose box is lost: a server that was brought back from a copy has neither its key nor its ballots. */
export const loseBox = defineCommand({
  name: 'meetings.loseBox',
  atServer: true,
  body: z.object({ voteId: VoteIdSchema }),
  reads: ({ voteId }) => [ref('vote', voteId)],
  decide: ({ body: { voteId }, states }) => {
    const vote = states.of(voteAggregate, voteId);
    const isAtWork = vote?.form === 'secret' && (vote.state === 'open' || vote.state === 'counting');
    if (!isAtWork) return refuse('meetings.vote-not-open');
    return [{ type: 'boxLost', on: ref('vote', voteId), body: {} }];
  },
});
