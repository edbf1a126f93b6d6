import { z } from 'zod';
import { registerId, type LeaseGuards } from '../documents/public.ts';
import { DeviceIdSchema, defineCommand, ref, refuse } from '../kernel/public.ts';
import { deviceAggregate } from './aggregates.ts';
import { endLease } from './end-lease.ts';
import type { Device, HeldLease } from './model.ts';

/** The blocks of numbers that a desk still holds. */
export function heldBy(device: Device | null): readonly HeldLease[] {
  return (device?.leases ?? []).filter(({ ended }) => ended === null);
}

/**
 * The desk is believed no longer; what it still sends is refused, and it wipes itself when it next asks. The numbers it
 * had set aside go with it: none of them can be given any more. Only a test takes the guard away.
 */
export function revokeDeviceUnder(guards: LeaseGuards) {
  return defineCommand({
    name: 'sync.revokeDevice',
    byServer: true,
    body: z.object({ deviceId: DeviceIdSchema, reason: z.string().trim().min(1).max(500) }),
    reads: ({ deviceId }) => [ref('device', deviceId)],
    follows: ({ kind, id }, states) =>
      kind === 'device'
        ? heldBy(states.of(deviceAggregate, id)).map(({ book, year }) =>
            ref('register', registerId(book, year)),
          )
        : [],
    decide: ({ body: { deviceId, reason }, states, ctx }) => {
      const device = states.of(deviceAggregate, deviceId);
      if (device === null) return refuse('sync.unknown-device');
      const because = device.revokedBecause;
      if (because !== null) return refuse('sync.device-revoked', { because });
      const held = guards['lease-revoked'] ? heldBy(device) : [];
      const ending = { how: 'revoked', reason, at: ctx.recordedAt } as const;
      return [
        { type: 'deviceRevoked', on: ref('device', deviceId), body: { reason } },
        ...held.flatMap((lease) => endLease({ ...lease, device: deviceId }, states, ending)),
      ];
    },
  });
}
