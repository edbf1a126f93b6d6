import { agencyAggregate, personAggregate, whyNotCall } from '../../directory/public.ts';
import { arrivalsBook, isOverdue, openLease, registerAggregate, registerId } from '../../documents/public.ts';
import {
  dayOf,
  yearOf,
  type AgencyId,
  type DeviceId,
  type Instant,
  type LeaseId,
  type PersonId,
} from '../../kernel/public.ts';
import type { AgencyLog } from './agency-log.ts';
import { stateOfLog } from './fan-out.ts';

/** A block that has run out and whose unused numbers wait to become void, and in whose name they do. */
export type OverdueLease = Readonly<{
  actor: PersonId;
  body: Readonly<{ leaseId: LeaseId; deviceId: DeviceId; book: string; year: number }>;
}>;

/**
 * Blocks of this year and last that have run out. Whoever arranged that there are blocks answers for their end; else
 * whoever gave the block, or holds it. Where all of them have left it waits for an administrator. Call inside a
 * transaction.
 */
export function overdueLeases(
  log: AgencyLog,
  { agencyId, at }: Readonly<{ agencyId: AgencyId; at: Instant }>,
): readonly OverdueLease[] {
  const stateOf = stateOfLog(log);
  const agency = stateOf(agencyAggregate, agencyId);
  if (agency === null) return [];
  const year = yearOf(dayOf(at));
  const books = [arrivalsBook, ...agency.books.map(({ id }) => id)];
  return [year - 1, year].flatMap((of) =>
    books.flatMap((book): OverdueLease[] => {
      const lease = openLease(stateOf(registerAggregate, registerId(book, of)));
      if (lease === null || !isOverdue(lease, at)) return [];
      const names = [agency.leasing?.arrangedBy, lease.givenBy, lease.person];
      const actor = names.find(
        (id) => id !== undefined && whyNotCall('sync.expireLease', stateOf(personAggregate, id)) === null,
      );
      const body = { leaseId: lease.id, deviceId: lease.device, book, year: of };
      return actor === undefined ? [] : [{ actor, body }];
    }),
  );
}
