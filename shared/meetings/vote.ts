import {
  assertNever,
  type Act,
  type Aggregate,
  type Instant,
  type PersonId,
  type VoteId,
} from '../kernel/public.ts';
import type { SecretBallot, Vote, VoteResult } from './vote-model.ts';

type ActOf<Type extends string, Body> = Readonly<{ type: Type; on: Act['on']; body: Body }>;
type Opened = Pick<
  Vote,
  | 'meeting'
  | 'item'
  | 'question'
  | 'form'
  | 'askedBy'
  | 'until'
  | 'decides'
  | 'rule'
  | 'quorum'
  | 'counts'
  | 'silence'
  | 'remindDays'
  | 'chair'
  | 'openedBy'
  | 'openedAt'
  | 'all'
  | 'present'
  | 'electors'
>;

export type VoteAct =
  | ActOf<'voteOpened', Opened>
  | ActOf<'voteKeyed', { publicKey: string }>
  | ActOf<'ballotCast', { voter: PersonId; ballot: Vote['ballots'][string] }>
  | ActOf<'tokenTaken', { voter: PersonId; blinded: string }>
  | ActOf<'votersReminded', { at: Instant }>
  | ActOf<'boxClosed', { at: Instant }>
  | ActOf<'boxOpened', { ballots: SecretBallot[]; result: VoteResult }>
  | ActOf<'voteClosed', { at: Instant; result: VoteResult }>
  | ActOf<'voteDropped', { reason: string }>
  | ActOf<'boxLost', Record<string, never>>;

export const voteAggregate: Aggregate<Vote, VoteAct> = {
  kind: 'vote',
  evolve(state, act) {
    if (act.type === 'voteOpened') {
      return {
        ...act.body,
        id: act.on.id as VoteId,
        // Nobody votes in secret before the key is there that tokens are signed with.
        state: act.body.form === 'secret' ? 'unkeyed' : 'open',
        ballots: {},
        publicKey: null,
        tokens: {},
        box: [],
        closedAt: null,
        droppedBecause: null,
        result: null,
      };
    }
    if (state === null) throw new Error('An act happened to a vote that was never opened');
    return evolveKnown(state, act);
  },
};

function evolveKnown(before: Vote, act: Exclude<VoteAct, { type: 'voteOpened' }>): Vote {
  switch (act.type) {
    case 'voteKeyed':
      return { ...before, state: 'open', publicKey: act.body.publicKey };
    case 'ballotCast':
      return { ...before, ballots: { ...before.ballots, [act.body.voter]: act.body.ballot } };
    case 'tokenTaken':
      return { ...before, tokens: { ...before.tokens, [act.body.voter]: act.body.blinded } };
    case 'votersReminded':
      return { ...before, remindedAt: act.body.at };
    case 'boxClosed':
      return { ...before, state: 'counting', closedAt: act.body.at };
    case 'boxOpened':
      return { ...before, state: 'closed', box: act.body.ballots, result: act.body.result };
    case 'voteClosed':
      return { ...before, state: 'closed', closedAt: act.body.at, result: act.body.result };
    case 'voteDropped':
      return { ...before, state: 'dropped', droppedBecause: act.body.reason };
    case 'boxLost':
      return { ...before, state: 'dropped' };
    default:
      return assertNever(act);
  }
}
