import {
  assertNever,
  type Act,
  type Aggregate,
  type DeviceId,
  type Hash,
  type Instant,
  type InvitationId,
  type LeaseId,
  type PersonId,
} from '../kernel/public.ts';
import type { LeaseEnd } from '../documents/public.ts';
import type { Device, DeviceCertificate, HeldLease, Invitation } from './model.ts';

type ActOf<Type extends string, Body> = Readonly<{ type: Type; on: Act['on']; body: Body }>;

export type InvitationAct =
  | ActOf<'deviceInvited', { person: PersonId; codeHash: Hash; until: Instant }>
  | ActOf<'invitationUsed', { device: DeviceId }>;

export type DeviceAct =
  | ActOf<'deviceEnrolled', { person: PersonId; name: string; publicKey: string; enrolledAt: Instant }>
  | ActOf<'deviceCertified', DeviceCertificate>
  | ActOf<'deviceRenewalAllowed', { until: Instant }>
  | ActOf<'deviceRevoked', { reason: string }>
  | ActOf<'leaseHeld', { lease: Omit<HeldLease, 'ended'> }>
  | ActOf<'leaseLeft', { lease: LeaseId; how: LeaseEnd }>;

export const invitationAggregate: Aggregate<Invitation, InvitationAct> = {
  kind: 'invitation',
  evolve(state, act) {
    if (act.type === 'deviceInvited') return { id: act.on.id as InvitationId, ...act.body, usedBy: null };
    if (state === null) throw new Error('An invitation was used before it was given');
    return { ...state, usedBy: act.body.device };
  },
};

export const deviceAggregate: Aggregate<Device, DeviceAct> = {
  kind: 'device',
  evolve(state, act) {
    switch (act.type) {
      case 'deviceEnrolled':
        return {
          id: act.on.id as DeviceId,
          ...act.body,
          revokedBecause: null,
          certificate: null,
          renewableUntil: null,
        };
      case 'deviceCertified':
        return { ...enrolled(state), certificate: act.body, renewableUntil: null };
      case 'deviceRenewalAllowed':
        return { ...enrolled(state), renewableUntil: act.body.until };
      case 'deviceRevoked':
        return { ...enrolled(state), revokedBecause: act.body.reason };
      case 'leaseHeld': {
        const before = enrolled(state);
        return { ...before, leases: [...(before.leases ?? []), { ...act.body.lease, ended: null }] };
      }
      case 'leaseLeft': {
        const before = enrolled(state);
        const leases = (before.leases ?? []).map((lease) =>
          lease.id === act.body.lease ? { ...lease, ended: act.body.how } : lease,
        );
        return { ...before, leases };
      }
      default:
        return assertNever(act);
    }
  },
};

function enrolled(device: Device | null): Device {
  if (device === null) throw new Error('Something happened to a device before it was enrolled');
  return device;
}
