import { refuse, type Act, type Refusal } from '../kernel/public.ts';
import type { LockAct } from './acts.ts';
import type { Lock, OfficialDocument } from './model.ts';
import type { IncomingEvent, OutgoingEvent } from './transitions.ts';

/**
 * What a frozen paper refuses (NĐ 30 PL6 I.8, I.9: locked against move, delete, edit). Whatever changes its page, what the
 * register says of it or whether it counts waits until it is free again; what only adds to its story goes on.
 */
const isChange: Readonly<Record<IncomingEvent | OutgoingEvent, boolean>> = {
  refuse: true,
  correct: true,
  withdrawDirection: true,
  reopen: true,
  // PL6 I.8: a paper the sender takes back is cancelled here; a frozen one is evidence, and the clerk answers that it stays.
  recall: true,
  describe: true,
  abandon: true,
  submit: true,
  pass: true,
  return: true,
  returnToDrafter: true,
  withdraw: true,
  sendBack: true,
  sign: true,
  number: true,
  seal: true,
  issue: true,
  note: true,
  // NĐ 30 Đ22: nobody has to handle what is not registered; the number is added, and nothing that was there is lost.
  register: false,
  // NĐ 30 Đ23, Đ24: work on a paper under inspection goes on, and every step of it stays in its story.
  direct: false,
  start: false,
  finish: false,
  linkReply: false,
  // NĐ 30 Đ25: a copy leaves what it was made from as it is.
  copy: false,
  // QĐ 28/2018: it goes to one more agency as it is.
  dispatch: false,
  // NĐ 30 Đ18: what is wrong is replaced or put right by another paper; the line between them is drawn on both.
  replace: false,
  succeed: false,
  // Whoever destroys asks for freezes and cases by name; that its file is closed is what it takes.
  destroy: false,
};

type Locked = Pick<OfficialDocument, 'direction' | 'locks'>;

/** Why a paper that lies in a closed file or in a freeze cannot be changed; the sentence says which and why. */
export function whyNotLocked(
  { direction, locks = [] }: Locked,
  event: IncomingEvent | OutgoingEvent,
): Refusal | null {
  // NĐ 30 Đ18; PL6 I.8: one of our own may have to be recalled or put right by law wherever it lies. Its page stays as it is;
  // recalling only freezes it for good.
  if (direction === 'outgoing' && (event === 'recall' || event === 'correct')) return null;
  if (!isChange[event]) return null;
  const lock = locks.find(({ kind }) => kind !== 'hold');
  if (lock === undefined) return null;
  if (lock.kind === 'closed') return refuse('documents.in-closed-file', { code: lock.name });
  return refuse('documents.frozen', { name: lock.name, reason: lock.reason });
}

export function locksOf({ locks = [] }: Pick<OfficialDocument, 'locks'>): readonly Lock[] {
  return locks;
}

export const lockTypes: ReadonlySet<string> = new Set<LockAct['type']>([
  'documentLocked',
  'documentUnlocked',
]);

export function evolveLocks(document: OfficialDocument | null, act: LockAct): OfficialDocument {
  if (document === null) throw new Error('Nothing was locked');
  const locks =
    act.type === 'documentLocked'
      ? withLock(document.locks, act.body.lock)
      : withoutLock(document.locks, act.body.lock.id);
  return { ...document, locks };
}

/** By its id a lock lies on something once. */
export function withLock(locks: readonly Lock[] | undefined, lock: Lock): Lock[] {
  return [...withoutLock(locks, lock.id), lock];
}

export function withoutLock(locks: readonly Lock[] = [], id: string): Lock[] {
  return locks.filter((lock) => lock.id !== id);
}

/** Whether a paper that was there before was only locked or let go: nothing changes that a list shows or a search finds. */
export function isOnlyLocked({ before, acts }: Readonly<{ before: unknown; acts: readonly Act[] }>): boolean {
  return before !== null && acts.length > 0 && acts.every(({ type }) => lockTypes.has(type));
}
