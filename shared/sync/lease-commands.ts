import { z } from 'zod';
import { agencyAggregate, personAggregate, type Agency, type Person } from '../directory/public.ts';
import {
  arrivalsBook,
  endCodes,
  isOverdue,
  leaseIn,
  openLease,
  registerAggregate,
  registerId,
  type LeaseEnd,
  type LeaseGuards,
} from '../documents/public.ts';
import {
  DeviceIdSchema,
  LeaseIdSchema,
  dayOf,
  defineCommand,
  instantFrom,
  ref,
  refuse,
  yearOf,
  type Act,
  type AggregateRef,
  type CommandContext,
  type Instant,
  type LeaseId,
  type Refusal,
  type States,
} from '../kernel/public.ts';
import { deviceAggregate } from './aggregates.ts';
import { endLease } from './end-lease.ts';
import type { Device } from './model.ts';

const hourMs = 3_600_000;

const LeaseNameSchema = z.object({
  leaseId: LeaseIdSchema,
  deviceId: DeviceIdSchema,
  book: z.string().max(30),
  year: z.int(),
});
type LeaseName = z.infer<typeof LeaseNameSchema>;

const readsOf = ({ deviceId, book, year }: LeaseName): readonly AggregateRef[] => [
  ref('device', deviceId),
  ref('register', registerId(book, year)),
];

/** The commands about blocks of numbers (`sync.md` 3.7). Only a test takes one of the guards away. */
export function leaseCommandsUnder(guards: LeaseGuards) {
  return {
    /** Sets a block of a register's next numbers aside for one clerk's desk, until an instant. */
    leaseNumbers: defineCommand({
      name: 'sync.leaseNumbers',
      byServer: true,
      body: z.object({
        leaseId: LeaseIdSchema,
        deviceId: DeviceIdSchema,
        book: z.string().max(30),
        count: z.int().min(1),
        hours: z.int().min(1),
      }),
      reads: ({ deviceId, book }, ctx) => [
        ref('device', deviceId),
        ref('register', registerId(book, yearOf(dayOf(ctx.recordedAt)))),
      ],
      follows: ({ kind, id }, states) => {
        if (kind === 'device') {
          const person = states.of(deviceAggregate, id)?.person;
          return person === undefined ? [] : [ref('person', person)];
        }
        const holder = kind === 'register' ? openLease(states.of(registerAggregate, id))?.device : undefined;
        return holder === undefined ? [] : [ref('device', holder)];
      },
      decide: ({ body: { leaseId, deviceId, book, count, hours }, states, ctx }) => {
        const agency = states.of(agencyAggregate, ctx.agencyId);
        const device = states.of(deviceAggregate, deviceId);
        const not = whyNotHold(device, states, ctx) ?? whyNotSoMuch(agency, { book, count, hours });
        if (device === null || not !== null) return not ?? refuse('sync.unknown-device');
        const year = yearOf(dayOf(ctx.recordedAt));
        const on = ref('register', registerId(book, year));
        const register = states.of(registerAggregate, on.id);
        const open = openLease(register);
        const isOver = open !== null && isOverdue(open, ctx.recordedAt);
        if (guards['lease-alone'] && open !== null && !isOver) {
          return refuse('sync.lease-open', { from: open.from, to: open.to });
        }
        if (leaseIn(register, leaseId) !== null) return refuse('sync.lease-there-already');
        const from = (register?.last ?? 0) + 1;
        const block = { id: leaseId, from, to: from + count - 1, until: untilOf(ctx.recordedAt, hours) };
        const lease = {
          ...block,
          device: deviceId,
          person: device.person,
          givenBy: ctx.actor,
          givenAt: ctx.recordedAt,
        };
        const end = { how: 'expired', reason: null, at: ctx.recordedAt } as const;
        return [
          // What has run out and was not ended yet is ended on the way.
          ...(isOver ? endLease({ ...open, book, year }, states, end) : []),
          { type: 'numbersLeased', on, body: { book, year, lease } },
          { type: 'leaseHeld', on: ref('device', deviceId), body: { lease: { ...block, book, year } } },
        ] satisfies readonly Act[];
      },
    }),

    /** Its desk gives a block back; what no paper carries becomes void. */
    returnLease: defineCommand({
      name: 'sync.returnLease',
      byServer: true,
      body: LeaseNameSchema,
      reads: readsOf,
      decide: ({ body, states, ctx }) => {
        const lease = openOne(body, states, guards);
        if ('refused' in lease) return lease;
        if (guards['lease-device'] && ctx.device !== body.deviceId) {
          return refuse('documents.lease-of-another-desk', { from: lease.from, to: lease.to });
        }
        return endLease(lease, states, { how: 'returned', reason: null, at: ctx.recordedAt });
      },
    }),

    /** An administrator takes a block away, when its desk is lost or does not come back in time. */
    voidLease: defineCommand({
      name: 'sync.voidLease',
      byServer: true,
      body: LeaseNameSchema.extend({ reason: z.string().trim().min(1).max(500) }),
      reads: readsOf,
      decide: ({ body, states, ctx }) => {
        const lease = openOne(body, states, guards);
        if ('refused' in lease) return lease;
        return endLease(lease, states, { how: 'voided', reason: body.reason, at: ctx.recordedAt });
      },
    }),

    /** Ends a block that has run out; the server asks for it by itself. */
    expireLease: defineCommand({
      name: 'sync.expireLease',
      byServer: true,
      body: LeaseNameSchema,
      reads: readsOf,
      decide: ({ body, states, ctx }) => {
        const lease = openOne(body, states, guards);
        if ('refused' in lease) return lease;
        if (guards['lease-due'] && !isOverdue(lease, ctx.recordedAt)) {
          return refuse('sync.lease-not-over', { from: lease.from, to: lease.to });
        }
        return endLease(lease, states, { how: 'expired', reason: null, at: ctx.recordedAt });
      },
    }),
  };
}

/** A block is for a clerk's desk, asked for there or by an administrator. */
function whyNotHold(device: Device | null, states: States, ctx: CommandContext): Refusal | null {
  if (device === null) return refuse('sync.unknown-device');
  const because = device.revokedBecause;
  if (because !== null) return refuse('sync.device-revoked', { because });
  const holder: Person | null = states.of(personAggregate, device.person);
  if (holder?.active !== true || !holder.roles.includes('clerk')) {
    return refuse('sync.lease-for-clerk', { name: holder?.name ?? '' });
  }
  const isOwn = ctx.device === device.id;
  const isAdministrator = states.of(personAggregate, ctx.actor)?.roles.includes('administrator') === true;
  return isOwn || isAdministrator ? null : refuse('sync.lease-own-desk');
}

type Wish = Readonly<{ book: string; count: number; hours: number }>;

function whyNotSoMuch(agency: Agency | null, { book, count, hours }: Wish): Refusal | null {
  const leasing = agency?.leasing ?? null;
  if (agency === null || leasing === null) return refuse('sync.leasing-off');
  const isKnown = book === arrivalsBook || agency.books.some(({ id }) => id === book);
  if (!isKnown) return refuse('sync.lease-unknown-book');
  const { mostNumbers, mostDays } = leasing;
  const isTooMuch = count > mostNumbers || hours > mostDays * 24;
  return isTooMuch ? refuse('sync.lease-too-large', { mostNumbers, mostDays }) : null;
}

/** So many hours from now, and never into the next year: its numbers begin anew (NĐ 30 Đ15). */
function untilOf(now: Instant, hours: number): Instant {
  const wished = instantFrom(Date.parse(now) + hours * hourMs);
  const year = yearOf(dayOf(now));
  if (yearOf(dayOf(wished)) === year) return wished;
  // The last moment of 31 December in Vietnam.
  return instantFrom(Date.parse(`${year}-12-31T16:59:59.999Z`));
}

type OpenOne = Readonly<{
  id: LeaseId;
  device: Device['id'];
  book: string;
  year: number;
  from: number;
  to: number;
  until: Instant;
}>;

/** The block that is meant, as long as it has not ended. */
function openOne(
  { leaseId, deviceId, book, year }: LeaseName,
  states: States,
  guards: LeaseGuards,
): OpenOne | Refusal {
  const held = states.of(deviceAggregate, deviceId)?.leases?.find(({ id }) => id === leaseId);
  const isThat = held?.book === book && held.year === year;
  if (held === undefined || !isThat) return refuse('documents.lease-unknown');
  const { id, from, to, until, ended } = held;
  const how: LeaseEnd | null = ended;
  if (guards['lease-end-once'] && how !== null) return refuse(endCodes[how], { from, to });
  return { id, device: deviceId, book, year, from, to, until };
}
