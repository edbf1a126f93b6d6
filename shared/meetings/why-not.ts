import { refuse, type PersonId, type Refusal } from '../kernel/public.ts';
import { nextState } from '../documents/public.ts';
import type { AgendaItem } from './item-model.ts';
import { isPresiding, type Meeting } from './meeting-model.ts';
import { meetingTransitions, type MeetingEvent } from './transitions.ts';

/** Why something may not happen in a meeting now; to whoever does not read of it, it is not there. */
export function whyNotMeeting(meeting: Meeting | null, event: MeetingEvent, actor: PersonId): Refusal | null {
  if (meeting === null || !meeting.people.includes(actor)) return refuse('meetings.unknown');
  if (nextState(meetingTransitions, meeting.state, event) !== null) return null;
  return refuse('meetings.not-in-state', { state: `meeting.${meeting.state}` });
}

/** Whoever called the meeting together, presides or keeps its minutes prepares it. */
export function whyNotPrepare(meeting: Meeting | null, event: MeetingEvent, actor: PersonId): Refusal | null {
  const not = whyNotMeeting(meeting, event, actor);
  if (not !== null || meeting === null) return not;
  return isPresiding(meeting, actor) ? null : refuse('meetings.only-presiding');
}

/** What decides something in the meeting's name is the chair's; the secretary does what the chair says. */
export function whyNotChair(meeting: Meeting | null, event: MeetingEvent, actor: PersonId): Refusal | null {
  const not = whyNotMeeting(meeting, event, actor);
  if (not !== null || meeting === null) return not;
  return actor === meeting.chair || actor === meeting.secretary ? null : refuse('meetings.only-chair');
}

export function whyNotItem(item: AgendaItem | null, actor: PersonId): Refusal | null {
  return item?.readers.includes(actor) === true ? null : refuse('meetings.unknown-item');
}

export function whyNotOpenItem(item: AgendaItem | null, actor: PersonId): Refusal | null {
  const not = whyNotItem(item, actor);
  if (not !== null) return not;
  return item?.decision == null ? null : refuse('meetings.decided-already');
}

/** Papers are brought by whoever reports on an item, and by those who prepare the meeting. */
export function whyNotBring(
  meeting: Meeting | null,
  item: AgendaItem | null,
  actor: PersonId,
): Refusal | null {
  const not = whyNotOpenItem(item, actor) ?? whyNotMeeting(meeting, 'prepare', actor);
  if (not !== null || meeting === null) return not;
  const mayBring = isPresiding(meeting, actor) || item?.rapporteur === actor;
  return mayBring ? null : refuse('meetings.only-rapporteur');
}
