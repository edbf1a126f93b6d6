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

export const troubles = ['sent-back', 'not-arrived', 'recall-declined'] as const;
export type Trouble = (typeof troubles)[number];

/** The bad end a recipient's ledger came to, which waits for a clerk until it is sent once more or said to be settled. */
export function troubleOf({ state, recall, settled }: Consignment): Trouble | null {
  if (settled === true) return null;
  if (state === 'refused') return 'sent-back';
  if (state === 'expired') return 'not-arrived';
  return recall?.answer === 'declined' && state !== 'withdrawn' ? 'recall-declined' : null;
}

const stepOfTrouble = {
  'sent-back': 'correct-and-resend',
  'not-arrived': 'send-on-paper',
  'recall-declined': 'talk-about-recall',
} as const satisfies Record<Trouble, NextStep>;

/** What a clerk can do about one recipient now, so that every ending has a next action (`peers.md` O5). */
export function nextStepOf(consignment: Consignment, now: Instant): NextStep {
  const { state, recall } = consignment;
  if (state === 'prepared') return 'dispatch';
  const trouble = troubleOf(consignment);
  if (trouble !== null) return stepOfTrouble[trouble];
  if (state === 'refused' || state === 'withdrawn') return 'nothing';
  if (recall !== null && recall.answer === null) return 'wait-for-recall';
  if (state === 'done' || state === 'expired') return 'nothing';
  return isLate(consignment, now) ? 'ask-by-phone' : 'wait';
}

/** Queued or sent, and nothing has come back for four hours. */
export function isLate({ state, queuedAt }: Consignment, now: Instant): boolean {
  const isUnanswered = state === 'queued' || state === 'sent';
  return isUnanswered && queuedAt !== null && Date.parse(now) - Date.parse(queuedAt) >= alarmMs;
}
