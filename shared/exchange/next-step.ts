import type { Instant } from '../kernel/public.ts';
import type { Consignment } from './ledger.ts';

/** After so long without an arrival the clerk is told; the server goes on trying. */
export const alarmMs = 4 * 3_600_000;

export const nextSteps = [
  'dispatch',
  'wait',
  'ask-by-phone',
  'correct-and-resend',
  'send-on-paper',
  'wait-for-recall',
  'talk-about-recall',
  'nothing',
] as const;
export type NextStep = (typeof nextSteps)[number];

/** What a clerk can do about one recipient now, so that every ending has a next action (`peers.md` O5). */
export function nextStepOf(consignment: Consignment, now: Instant): NextStep {
  const { state, recall } = consignment;
  if (state === 'prepared') return 'dispatch';
  if (state === 'refused') return 'correct-and-resend';
  if (state === 'expired') return 'send-on-paper';
  if (state === 'withdrawn') return 'nothing';
  if (recall !== null && recall.answer === null) return 'wait-for-recall';
  if (recall?.answer === 'declined') return 'talk-about-recall';
  if (state === 'done') return 'nothing';
  return isLate(consignment, now) ? 'ask-by-phone' : 'wait';
}

/** Queued or sent, and nothing has come back for four hours. */
export function isLate({ state, queuedAt }: Consignment, now: Instant): boolean {
  const isUnanswered = state === 'queued' || state === 'sent';
  return isUnanswered && queuedAt !== null && Date.parse(now) - Date.parse(queuedAt) >= alarmMs;
}
