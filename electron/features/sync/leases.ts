import { agencyAggregate } from '#shared/directory/public.ts';
import { leaseIn, registerAggregate, registerId, unusedOf } from '#shared/documents/public.ts';
import { deviceAggregate, heldBy, type OutLease } from '#shared/sync/public.ts';
import type { Signed } from '../../host/context.ts';
import { isGivenBack } from '../../store/own-numbers.ts';
import { readAll, readState } from '../../store/read-state.ts';

/** Which blocks of numbers are out and at whose desk, this desk's first; how many are left where the register is here. */
export function leasesOut({ open }: Signed) {
  const { db, agencyId } = open.desk;
  const own = open.shared?.device.id ?? null;
  const arranged = readState(db, agencyAggregate, agencyId)?.leasing ?? null;
  const leases = readAll(db, deviceAggregate).flatMap((device) =>
    heldBy(device).map(({ ended: _open, ...held }): OutLease => {
      const register = readState(db, registerAggregate, registerId(held.book, held.year));
      const lease = leaseIn(register, held.id);
      const unused = lease === null ? null : unusedOf(lease);
      return {
        ...held,
        device: device.id,
        deviceName: device.name,
        person: device.person,
        isThis: device.id === own,
        left: unused === null ? null : unused.length,
        next: unused?.[0] ?? null,
        returning: isGivenBack(db, held.id),
      };
    }),
  );
  const leasing =
    own === null || arranged === null
      ? null
      : { mostNumbers: arranged.mostNumbers, mostDays: arranged.mostDays };
  return {
    leasing,
    device: own,
    leases: leases.toSorted((a, b) => Number(b.isThis) - Number(a.isThis) || a.book.localeCompare(b.book)),
  };
}
