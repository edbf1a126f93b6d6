import { assertNever, type LeaseId } from '../kernel/public.ts';
import type { RegisterAct } from './acts.ts';
import type { Lease } from './lease-model.ts';
import type { Register } from './model.ts';

export function evolveRegister(before: Register | null, act: RegisterAct): Register {
  const { book, year } = act.body;
  const register: Register = before ?? { book, year, last: 0 };
  switch (act.type) {
    case 'numberGiven': {
      const { number, lease } = act.body;
      if (lease === undefined) return { ...register, last: number };
      return changed(register, lease, (one) => ({ ...one, used: [...one.used, number] }));
    }
    case 'numbersLeased': {
      const given: Lease = { ...act.body.lease, used: [], ended: null };
      return { ...register, last: given.to, leases: [...(register.leases ?? []), given] };
    }
    case 'leaseEnded': {
      const { lease, how, reason, at, on } = act.body;
      // What papers carry stands with them; of a block that is over only its voids are asked for.
      return changed(register, lease, (one) => ({
        ...one,
        used: [],
        ended: { how, reason, at, on, voids: one.ended?.voids ?? [] },
      }));
    }
    case 'numberVoided':
      return changed(register, act.body.lease, (one) =>
        one.ended === null
          ? one
          : { ...one, ended: { ...one.ended, voids: [...one.ended.voids, act.body.number] } },
      );
    default:
      return assertNever(act);
  }
}

function changed(register: Register, id: LeaseId, change: (lease: Lease) => Lease): Register {
  const leases = (register.leases ?? []).map((lease) => (lease.id === id ? change(lease) : lease));
  return { ...register, leases };
}
