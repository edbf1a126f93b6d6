import { z } from 'zod';
import {
  arrivalsBook,
  isOverdue,
  openLease,
  registerAggregate,
  registerId,
  unusedOf,
  type Lease,
  type Leased,
} from '#shared/documents/public.ts';
import {
  dayOf,
  yearOf,
  type Command,
  type DeviceId,
  type Instant,
  type LeaseId,
} from '#shared/kernel/public.ts';
import type { ReadDb } from '#shared/node/sqlite/public.ts';
import { prepared } from './prepared.ts';
import { readState } from './read-state.ts';

const BookSchema = z.object({ book: z.string().optional(), leased: z.unknown().optional() });

/** The block a desk holds in this year's register of a book; null when it holds none, or has asked to give it back. */
export function ownLease(
  db: ReadDb,
  device: DeviceId,
  { book, at }: Readonly<{ book: string; at: Instant }>,
): Lease | null {
  const lease = openLease(readState(db, registerAggregate, registerId(book, yearOf(dayOf(at)))));
  return lease === null || lease.device !== device || isGivenBack(db, lease.id) ? null : lease;
}

/**
 * The command with the next number out of this desk's block, where it asks for a number and the desk holds a block:
 * from then on the number is no guess (`sync.md` 3.7). Asked again by the same id, it is the same command.
 */
export function withOwnNumber(
  db: ReadDb,
  command: Command,
  { device, now }: Readonly<{ device: DeviceId; now: Instant }>,
): Command {
  const book = bookAskedBy(command);
  if (book === null) return command;
  const known = prepared(db, 'SELECT body FROM outbox WHERE command_id = ?').get(command.id) as
    { body: string } | undefined;
  // Written by the desk from a Command.
  if (known !== undefined) return JSON.parse(known.body) as Command;
  const lease = ownLease(db, device, { book, at: now });
  const number = lease === null || isOverdue(lease, now) ? undefined : unusedOf(lease)[0];
  if (lease === null || number === undefined) return command;
  const leased: Leased = { leaseId: lease.id, year: yearOf(dayOf(now)), number };
  return { ...command, body: { ...(command.body as object), leased } };
}

/** Whether a paper carries a number out of this desk's block that the server has not recorded yet. */
export function hasUnrecordedNumber(db: ReadDb, documentId: string): boolean {
  const row = prepared(
    db,
    `SELECT 1 FROM outbox WHERE status = 'queued' AND json_extract(body, '$.body.documentId') = ?
        AND json_extract(body, '$.body.leased') IS NOT NULL`,
  ).get(documentId);
  return row !== undefined;
}

/** Whether this desk has asked to give a block back and has no answer yet. */
export function isGivenBack(db: ReadDb, lease: LeaseId): boolean {
  const row = prepared(
    db,
    `SELECT 1 FROM outbox WHERE status = 'queued' AND json_extract(body, '$.name') = 'sync.returnLease'
        AND json_extract(body, '$.body.leaseId') = ?`,
  ).get(lease);
  return row !== undefined;
}

/** The book whose number a command asks for, unless it names the number already. */
function bookAskedBy({ name, body }: Command): string | null {
  const asked = BookSchema.safeParse(body);
  if (!asked.success || asked.data.leased !== undefined) return null;
  if (name === 'documents.registerIncoming') return arrivalsBook;
  return name === 'documents.number' ? (asked.data.book ?? null) : null;
}
