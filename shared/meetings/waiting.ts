import {
  dayOf,
  workingDaysBetween,
  type Instant,
  type PersonId,
  type WorkingCalendar,
} from '../kernel/public.ts';
import { usualRemindDays } from './body-model.ts';
import type { AgendaItem } from './item-model.ts';
import { inviteeOf, type Meeting } from './meeting-model.ts';
import type { Vote } from './vote-model.ts';

export const meetingWaits = ['answer', 'vote', 'positions', 'minutes'] as const;
export type MeetingWait = (typeof meetingWaits)[number];

type Readable = Readonly<{ items: readonly AgendaItem[]; votes: readonly Vote[] }>;

/** What a meeting waits for from one person, the first of it, of what they may read. */
export function waitsFor(
  meeting: Meeting,
  { items, votes }: Readable,
  { person, now }: Readonly<{ person: PersonId; now: Instant }>,
): MeetingWait | null {
  const { state, kind, chair, secretary, endsAt } = meeting;
  if (state === 'ended') return person === chair || person === secretary ? 'minutes' : null;
  const invitee = inviteeOf(meeting, person);
  if (invitee === null || (state !== 'invited' && state !== 'in-session')) return null;
  if (votes.some((vote) => isOwed(vote, person, now))) return 'vote';
  if (kind === 'round' || state !== 'invited' || endsAt < now) return null;
  if (invitee.answer === null) return 'answer';
  if (invitee.answer.is !== 'accepts' || !invitee.votes) return null;
  return items.some((item) => mayTakePosition(item) && item.positions[person] === undefined)
    ? 'positions'
    : null;
}

/** What is only to be heard needs no position. */
export function mayTakePosition({ purpose, decision }: Pick<AgendaItem, 'purpose' | 'decision'>): boolean {
  return purpose !== 'inform' && decision === null;
}

/** Whose answers are there: ballots by name, or of a secret vote the tokens that were taken. */
function answersTo({ form, ballots, tokens }: Vote): Readonly<Record<string, unknown>> {
  return form === 'secret' ? tokens : ballots;
}

/** Who was asked in writing and has said nothing yet. */
export function unanswered(vote: Vote): PersonId[] {
  const answers = answersTo(vote);
  return vote.electors.filter(({ voter }) => answers[voter] === undefined).map(({ voter }) => voter);
}

/** Whether it is in writing and its last hour has not passed. */
export function isOpenInWriting({ state, until }: Vote, now: Instant): boolean {
  return state === 'open' && until !== null && now <= until;
}

/** Whether somebody is to be told again of a ballot they owe: its last day is near, or the chair's side asked for it. */
export function isReminded(
  vote: Vote,
  { person, now, calendar }: Readonly<{ person: PersonId; now: Instant; calendar: WorkingCalendar }>,
): boolean {
  const { until, remindDays = usualRemindDays, remindedAt } = vote;
  if (until === null || !isOwed(vote, person, now)) return false;
  if (remindedAt !== undefined) return true;
  return workingDaysBetween(dayOf(now), dayOf(until), calendar) <= remindDays;
}

function isOwed(vote: Vote, person: PersonId, now: Instant): boolean {
  if (!isOpenInWriting(vote, now)) return false;
  const answers = answersTo(vote);
  return vote.electors.some(({ voter, holder }) => holder === person && answers[voter] === undefined);
}
