import {
  dayOf,
  ref,
  refuse,
  type Act,
  type AggregateRef,
  type Instant,
  type PersonId,
  type Refusal,
  type States,
} from '../kernel/public.ts';
import { agendaItemAggregate } from './item.ts';
import { voteAggregate } from './vote.ts';
import { isOpenInWriting, unanswered } from './waiting.ts';
import type { Vote } from './vote-model.ts';

/** Why a ballot or a token is not somebody's to have now; `holder` null for one that came on paper. */
export function whyNotBallot(
  vote: Vote | null,
  { voter, holder, at }: Readonly<{ voter: PersonId; holder: PersonId | null; at: Instant }>,
): Refusal | null {
  if (vote === null) return refuse('meetings.unknown-vote');
  if (vote.state !== 'open') return refuse('meetings.vote-not-open');
  // Recorded in the server's order: what reaches it after the hour is late, whenever it was written.
  if (vote.until !== null && at > vote.until) return refuse('meetings.vote-not-open');
  const isTheirs = vote.electors.some((one) => one.voter === voter && (holder ?? one.holder) === one.holder);
  return isTheirs ? null : refuse('meetings.not-in-electorate');
}

/** Why nobody is to be reminded of a vote in writing now: once a day is enough. */
export function whyNotRemind(vote: Vote, now: Instant): Refusal | null {
  if (!isOpenInWriting(vote, now)) return refuse('meetings.vote-not-open');
  if (unanswered(vote).length === 0) return refuse('meetings.all-answered');
  const { remindedAt } = vote;
  if (remindedAt === undefined || dayOf(remindedAt) < dayOf(now)) return null;
  return refuse('meetings.reminded-today');
}

/** What the outcome makes of the item, where the vote was about it; without a quorum it stays open. */
export function decided(vote: Vote, states: States, at: Instant): Act[] {
  const { result, decides, item, id } = vote;
  const isOpen = states.of(agendaItemAggregate, item)?.decision === null;
  if (result === null || !decides || !isOpen) return [];
  if (result.is === 'no-quorum' || result.is === 'again') return [];
  const passed = result.is === 'passed' || result.is === 'elected';
  const decision = { how: 'vote', passed, vote: id, words: '', by: vote.openedBy, at };
  return [{ type: 'itemDecided', on: ref('agendaItem', item), body: { decision } }];
}

/** What a vote belongs to. */
export function toMeeting(read: AggregateRef, states: States): readonly AggregateRef[] {
  const vote = read.kind === 'vote' ? states.of(voteAggregate, read.id) : null;
  return vote === null ? [] : [ref('meeting', vote.meeting), ref('agendaItem', vote.item)];
}
