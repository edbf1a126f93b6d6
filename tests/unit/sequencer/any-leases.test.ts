import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { openLease, registerAggregate, unusedOf } from '#shared/documents/public.ts';
import type { DeviceId, LeaseId } from '#shared/kernel/public.ts';
import { sameDays } from '../../support/any-day.ts';
import { aLeaseId, openLeaseOffice } from '../../support/lease-office.ts';
import { numberFaults } from '../../support/number-faults.ts';

const at = <Item>(list: readonly Item[], n: number): Item | undefined => list[n % Math.max(1, list.length)];

/** What may happen to the numbers of one register, in any order; most of it is refused, and that is the point. */
const anyStep = fc.record({
  what: fc.constantFrom(
    'next',
    'next',
    'lease',
    'lease',
    'give',
    'give',
    'give',
    'give',
    'giveWrong',
    'giveAgain',
    'giveBack',
    'void',
    'expire',
    'revoke',
    'pass',
  ),
  desk: fc.nat(3),
  pick: fc.nat(40),
  count: fc.integer({ min: 1, max: 6 }),
  minutes: fc.nat(90),
});
type Step = typeof anyStep extends fc.Arbitrary<infer One> ? One : never;

type Office = ReturnType<typeof openLeaseOffice>;
type Taken = Readonly<{ leaseId: LeaseId; deviceId: DeviceId }>;
type Scene = Readonly<{ office: Office; desks: DeviceId[]; taken: Taken[] }>;

function happen(steps: readonly Step[]): Office {
  const office = openLeaseOffice();
  const desks = [office.enrol('clerk'), office.enrol('clerk'), office.enrol('head')];
  const taken: Taken[] = [];
  for (const step of steps) {
    const device = at(desks, step.desk) ?? office.enrol('clerk');
    happenings[step.what]({ office, desks, taken }, step, device);
  }
  return office;
}

/** A number out of a block, which may be any number of any block at any desk. */
function register(office: Office, leaseId: LeaseId | undefined, number: number, from: DeviceId): void {
  const leased = { leaseId: leaseId ?? aLeaseId(0), year: 2026, number };
  office.send('clerk', 'documents.registerIncoming', { ...office.letter(), leased }, from);
}

const blockOf = ({ taken }: Scene, { pick }: Step): Taken | undefined => at(taken.toReversed(), pick % 3);

function nameOf(scene: Scene, step: Step) {
  return { ...(blockOf(scene, step) ?? { leaseId: aLeaseId(0), deviceId: scene.desks[0] }), ...inBook };
}
const inBook = { book: 'arrivals', year: 2026 };

const happenings: Readonly<Record<Step['what'], (scene: Scene, step: Step, device: DeviceId) => void>> = {
  next: ({ office }, _step, device) => {
    office.send('clerk', 'documents.registerIncoming', office.letter(), device);
  },
  lease: ({ office, taken }, { pick, count }, device) => {
    const leaseId = aLeaseId(taken.length + 1);
    taken.push({ leaseId, deviceId: device });
    const body = { leaseId, deviceId: device, book: 'arrivals', count, hours: 1 };
    office.send(pick % 2 === 0 ? 'administrator' : 'clerk', 'sync.leaseNumbers', body, device);
  },
  give: (scene, step, device) => {
    const out = openLease(scene.office.register());
    const known = blockOf(scene, step);
    const number = (out === null ? undefined : unusedOf(out)[0]) ?? step.pick;
    register(scene.office, known?.leaseId, number, known?.deviceId ?? device);
  },
  giveWrong: (scene, step, device) => {
    register(scene.office, blockOf(scene, step)?.leaseId, step.pick, device);
  },
  giveAgain: ({ office }, { pick }, device) => {
    const out = openLease(office.register());
    register(office, out?.id, out?.used[0] ?? pick, out?.device ?? device);
  },
  giveBack: (scene, step, device) => {
    const name = nameOf(scene, step);
    scene.office.send('clerk', 'sync.returnLease', name, step.count > 1 ? name.deviceId : device);
  },
  void: (scene, step) => {
    scene.office.send('administrator', 'sync.voidLease', { ...nameOf(scene, step), reason: 'Mất máy' });
  },
  expire: (scene, step) => {
    scene.office.send('administrator', 'sync.expireLease', nameOf(scene, step));
  },
  revoke: ({ office, desks }, _step, device) => {
    office.send('administrator', 'sync.revokeDevice', { deviceId: device, reason: 'Mất máy' });
    desks[desks.indexOf(device)] = office.enrol('clerk');
  },
  pass: ({ office }, { minutes }) => {
    office.pass(minutes);
  },
};

describe('blocks of numbers, in whatever order they are given, used, returned, run out, voided and lost', () => {
  test('every number up to the last is given once, void once, or waits in the one block that is out', () => {
    const happened = new Set<string>();
    fc.assert(
      fc.property(fc.array(anyStep, { minLength: 20, maxLength: 50 }), (steps) => {
        const office = happen(steps);
        const entries = office.entries();
        expect(numberFaults(entries)).toEqual([]);
        for (const { acts, refusal } of entries) {
          for (const { type } of acts) happened.add(type);
          if (refusal !== null) happened.add(refusal.code);
        }
        const acts = entries.flatMap((entry) => entry.acts).filter(({ on }) => on.kind === 'register');
        // The register folded from its acts says the same as the acts.
        const folded = acts.reduce<unknown>(
          (state, act) => registerAggregate.evolve(state as never, act as never),
          null,
        );
        expect(folded).toEqual(office.register());
        const leases = office.register()?.leases ?? [];
        const voids = leases.flatMap(({ ended }) => ended?.voids ?? []);
        expect(voids).toHaveLength(acts.filter(({ type }) => type === 'numberVoided').length);
      }),
      { ...sameDays, numRuns: 80 },
    );
    // What never came about would prove nothing.
    expect([...happened]).toEqual(
      expect.arrayContaining([
        'numberGiven',
        'numbersLeased',
        'leaseEnded',
        'numberVoided',
        'documents.lease-of-another-desk',
        'documents.lease-over',
        'documents.lease-returned',
        'documents.lease-voided',
        'documents.lease-outside',
        'documents.lease-number-used',
        'sync.lease-open',
        'sync.lease-for-clerk',
        'sync.lease-not-over',
      ]),
    );
  });
});
