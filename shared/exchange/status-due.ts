import type { Incoming } from '../documents/public.ts';
import type { Delivery, ReturnCode, StatusKind } from './ledger.ts';

/** One thing the sender is told because an official did something. */
export type StatusDue = Readonly<{
  status: StatusKind;
  code: ReturnCode | null;
  words: string;
  arrival: Incoming['arrival'];
  /** The asking back it answers. */
  answers?: string;
}>;

/** QĐ 28/2018 Đ9: what happens to a received document goes back to its sender by itself. */
const told: Readonly<Partial<Record<Incoming['state'], StatusKind>>> = {
  refused: 'refused',
  registered: 'accepted',
  directed: 'assigned',
  'in-progress': 'in-progress',
  done: 'done',
};

/** What a change of a received document lets its sender know; null when it is nothing to them. */
export function statusOfDocument(before: Incoming | null, after: Incoming): StatusDue | null {
  if (before === null || before.state === after.state) return null;
  const status = told[after.state];
  if (status === undefined) return null;
  const isRefused = status === 'refused';
  return {
    status,
    code: isRefused ? 'other' : null,
    words: isRefused ? (after.refusedBecause ?? '') : '',
    arrival: after.arrival,
  };
}

/** What a change of the delivery itself lets its sender know. */
export function statusOfDelivery(before: Delivery | null, after: Delivery): StatusDue | null {
  const { recall } = after;
  if (recall !== null && recall.answer !== null && before?.recall?.answer !== recall.answer) {
    const { answer, words, message } = recall;
    return { status: `recall-${answer}`, code: null, words, arrival: null, answers: message };
  }
  if (before?.state === after.state) return null;
  if (after.state === 'arrived') return { status: 'arrived', code: null, words: '', arrival: null };
  if (after.state !== 'turned-away' && after.state !== 'returned') return null;
  const { code, words } = after.returned ?? { code: 'other' as const, words: '' };
  return { status: 'refused', code, words, arrival: null };
}
