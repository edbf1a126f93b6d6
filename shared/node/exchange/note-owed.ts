import type { Incoming, OfficialDocument } from '../../documents/public.ts';
import {
  statusOfDelivery,
  statusOfDocument,
  type Consignment,
  type Delivery,
  type StatusDue,
} from '../../exchange/public.ts';
import type { Decided } from '../sequencer/public.ts';
import type { Owing } from './gateway-store.ts';

/** Puts something down, in the transaction of what owes it. */
export type Owe = (owing: Owing) => void;

/**
 * Puts down what a decision owes to other agencies: envelopes, recalls and receipts. Inside the decision's own transaction, so
 * nothing is ever decided and not sent, or sent and not decided (`sync.md` 3.9).
 */
export function noteOwed(owe: Owe, { changed, chained }: Decided): void {
  const { entry, hash } = chained;
  const at = { seq: entry.seq, hash, recordedAt: entry.recordedAt, claimedAt: entry.command.claimedAt };
  // What the clerk says of a delivery, with its code, goes before what follows from it for the document.
  for (const { ref, before, after } of changed) {
    if (ref.kind === 'consignment') {
      oweConsignment(owe, before as Consignment | null, after as Consignment, at);
    }
    if (ref.kind === 'delivery') oweDelivery(owe, before as Delivery | null, after as Delivery, at);
  }
  for (const { ref, before, after } of changed) {
    if (ref.kind !== 'document') continue;
    const [was, is] = [before as OfficialDocument | null, after as OfficialDocument];
    if (is.direction !== 'incoming' || is.origin === undefined) continue;
    const due = statusOfDocument(was as Incoming | null, is);
    const about = is.origin.delivery.slice(is.origin.from.length + 1);
    if (due !== null) oweReceipt(owe, { peer: is.origin.from, about, of: about, once: about }, due, at);
  }
}

type At = Readonly<{ seq: number; hash: string; recordedAt: string; claimedAt: string }>;

function oweConsignment(owe: Owe, before: Consignment | null, after: Consignment, at: At): void {
  const { id, to } = after;
  const isQueued = before?.state === 'prepared' && after.state === 'queued';
  if (isQueued || (before === null && after.state === 'queued')) {
    owe({
      key: `envelope:${id}`,
      what: 'envelope',
      peer: to,
      about: id,
      body: { id, created: at.claimedAt },
    });
  }
  const message = after.recall?.message;
  if (message !== undefined && message !== before?.recall?.message) {
    owe({
      key: `recall:${message}`,
      what: 'recall',
      peer: to,
      about: message,
      body: { id: message, consignment: id, reason: after.recall?.reason ?? '', created: at.claimedAt },
    });
  }
}

function oweDelivery(owe: Owe, before: Delivery | null, after: Delivery, at: At): void {
  const { from: peer, envelope } = after;
  const due = statusOfDelivery(before, after);
  const message = after.recall?.message;
  const isAnswer = due?.status === 'recall-agreed' || due?.status === 'recall-declined';
  // A document may be asked back again after a first no: that one is answered too.
  const once = isAnswer ? `${envelope}:${message ?? ''}` : envelope;
  if (due !== null) oweReceipt(owe, { peer, about: envelope, of: envelope, once }, due, at);
  if (message !== undefined && message !== before?.recall?.message) {
    // That the recall itself has come; what becomes of it is for the clerk.
    const came: StatusDue = { status: 'arrived', code: null, words: '', arrival: null };
    oweReceipt(owe, { peer, about: message, of: message, once: message }, came, at);
  }
}

/** The name under which a receipt is owed, once. */
export function receiptKey(peer: string, of: string, status: StatusDue['status']): string {
  return `receipt:${peer}:${of}:${status}`;
}

type About = Readonly<{ peer: string; about: string; of: string; once: string }>;

function oweReceipt(owe: Owe, { peer, about, of, once }: About, due: StatusDue, at: At): void {
  // Each status once for each document and each asking back.
  const key = receiptKey(peer, once, due.status);
  const body = { of, ...due, at: at.recordedAt, log: { seq: at.seq, hash: at.hash } };
  owe({ key, what: 'receipt', peer, about, body });
}
