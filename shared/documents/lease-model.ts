import { z } from 'zod';
import {
  DaySchema,
  DeviceIdSchema,
  InstantSchema,
  LeaseIdSchema,
  PersonIdSchema,
  type LeaseId,
} from '../kernel/public.ts';

/** How a block of numbers ends: given back, run out, taken away by an administrator, or with its desk. */
export const leaseEnds = ['returned', 'expired', 'voided', 'revoked'] as const;
export const LeaseEndSchema = z.enum(leaseEnds);
export type LeaseEnd = z.infer<typeof LeaseEndSchema>;

/** A block of numbers of one register that one desk may give by itself until an instant (`sync.md` 3.7). */
export const LeaseSchema = z.object({
  id: LeaseIdSchema,
  device: DeviceIdSchema,
  person: PersonIdSchema,
  givenBy: PersonIdSchema,
  from: z.int().min(1),
  to: z.int().min(1),
  givenAt: InstantSchema,
  until: InstantSchema,
  /** Those of its numbers that papers carry. */
  used: z.array(z.int()),
  ended: z
    .object({
      how: LeaseEndSchema,
      reason: z.string().nullable(),
      at: InstantSchema,
      on: DaySchema,
      /** Those that no paper will ever carry. */
      voids: z.array(z.int()),
    })
    .nullable(),
});
export type Lease = z.infer<typeof LeaseSchema>;

/** A number that a desk gives out of its block: which block, of which year's register, which number. */
export const LeasedSchema = z.object({ leaseId: LeaseIdSchema, year: z.int(), number: z.int().min(1) });
export type Leased = z.infer<typeof LeasedSchema>;

/** The safety checks of a block, each of which a test takes away to see that the simulation notices. */
export const leaseGuardNames = [
  'lease-device',
  'lease-open',
  'lease-time',
  'lease-block',
  'lease-once',
  'lease-alone',
  'lease-end-once',
  'lease-due',
  'lease-revoked',
] as const;
export type LeaseGuards = Readonly<Record<(typeof leaseGuardNames)[number], boolean>>;

export const allLeaseGuards: LeaseGuards = Object.fromEntries(
  leaseGuardNames.map((name) => [name, true]),
) as LeaseGuards;

export type LeaseName = Readonly<{ id: LeaseId; book: string; year: number }>;
