import { endingActs, leaseIn, registerAggregate, registerId, type LeaseEnd } from '../documents/public.ts';
import { ref, type Act, type Instant, type States } from '../kernel/public.ts';
import type { Device, HeldLease } from './model.ts';

type Ended = Pick<HeldLease, 'id' | 'book' | 'year'> & Readonly<{ device: Device['id'] }>;
type Ending = Readonly<{ how: LeaseEnd; reason: string | null; at: Instant }>;

/**
 * Ends a block in its register and on its desk together. An administrator's own desk holds no registers: what it
 * expects of them is nothing, and the server, which holds them all, adds it.
 */
export function endLease({ id, book, year, device }: Ended, states: States, ending: Ending): readonly Act[] {
  const on = ref('register', registerId(book, year));
  const lease = leaseIn(states.of(registerAggregate, on.id), id);
  return [
    ...(lease === null ? [] : endingActs(on, { book, year, lease }, ending)),
    { type: 'leaseLeft', on: ref('device', device), body: { lease: id, how: ending.how } },
  ];
}
