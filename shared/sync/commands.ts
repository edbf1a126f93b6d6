import { z } from 'zod';
import { personAggregate } from '../directory/public.ts';
import { allLeaseGuards } from '../documents/public.ts';
import {
  DeviceIdSchema,
  HashSchema,
  InvitationIdSchema,
  PersonIdSchema,
  defineCommand,
  instantFrom,
  ref,
  refuse,
} from '../kernel/public.ts';
import { deviceAggregate, invitationAggregate } from './aggregates.ts';
import { after, letRenewDays, whyNotCertify } from './certificates.ts';
import { codeHashOf } from './code.ts';
import { leaseCommandsUnder } from './lease-commands.ts';
import { DeviceCertificateSchema, PublicKeySchema, invitationMinutes } from './model.ts';
import { revokeDeviceUnder } from './revoke-command.ts';

/** Gives a person a code for one more desk; the code itself is shown once and kept nowhere. */
export const inviteDevice = defineCommand({
  name: 'sync.inviteDevice',
  byServer: true,
  body: z.object({ invitationId: InvitationIdSchema, personId: PersonIdSchema, codeHash: HashSchema }),
  reads: ({ invitationId, personId }) => [ref('invitation', invitationId), ref('person', personId)],
  decide: ({ body: { invitationId, personId, codeHash }, states, ctx }) => {
    if (states.of(invitationAggregate, invitationId) !== null) return refuse('sync.invited-already');
    const person = states.of(personAggregate, personId);
    if (person === null || !person.active) return refuse('directory.unknown-person');
    const until = instantFrom(Date.parse(ctx.recordedAt) + invitationMinutes * 60_000);
    return [
      {
        type: 'deviceInvited',
        on: ref('invitation', invitationId),
        body: { person: personId, codeHash, until },
      },
    ];
  },
});

/** The first command of a new desk, signed with the key it brings: its actor is the person who was invited. */
export const enrolDevice = defineCommand({
  name: 'sync.enrolDevice',
  body: z.object({
    deviceId: DeviceIdSchema,
    invitationId: InvitationIdSchema,
    code: z.string().min(1).max(100),
    name: z.string().trim().min(1).max(100),
    publicKey: PublicKeySchema,
  }),
  reads: ({ deviceId, invitationId }) => [ref('device', deviceId), ref('invitation', invitationId)],
  decide: ({ body: { deviceId, invitationId, code, ...device }, states, ctx }) => {
    const invitation = states.of(invitationAggregate, invitationId);
    if (invitation === null || invitation.codeHash !== codeHashOf(code)) return refuse('sync.wrong-code');
    if (invitation.person !== ctx.actor) return refuse('sync.wrong-code');
    if (invitation.usedBy !== null) return refuse('sync.code-used');
    if (ctx.recordedAt > invitation.until) return refuse('sync.code-over', { minutes: invitationMinutes });
    if (states.of(deviceAggregate, deviceId) !== null) return refuse('sync.device-there-already');
    const enrolled = { ...device, person: ctx.actor, enrolledAt: ctx.recordedAt };
    return [
      { type: 'deviceEnrolled', on: ref('device', deviceId), body: enrolled },
      { type: 'invitationUsed', on: ref('invitation', invitationId), body: { device: deviceId } },
    ];
  },
});

/** A desk joins by the word of an identity provider: the server saw it, and names the person it is about. */
export const enrolByIdentity = defineCommand({
  name: 'sync.enrolByIdentity',
  atServer: true,
  body: z.object({
    deviceId: DeviceIdSchema,
    name: z.string().trim().min(1).max(100),
    publicKey: PublicKeySchema,
    /** Whose word it was. */
    issuer: z.string().max(300),
    /** Whether it said that more than one factor was used. */
    strong: z.boolean(),
  }),
  reads: ({ deviceId }) => [ref('device', deviceId)],
  decide: ({ body: { deviceId, name, publicKey }, states, ctx }) => {
    if (states.of(deviceAggregate, deviceId) !== null) return refuse('sync.device-there-already');
    const enrolled = { name, publicKey, person: ctx.actor, enrolledAt: ctx.recordedAt };
    return [{ type: 'deviceEnrolled', on: ref('device', deviceId), body: enrolled }];
  },
});

/** The server says whose key this is, and until when; a desk asks for it at the server's door and never sends it itself. */
export const certifyDevice = defineCommand({
  name: 'sync.certifyDevice',
  atServer: true,
  body: z.object({ deviceId: DeviceIdSchema, certificate: DeviceCertificateSchema }),
  reads: ({ deviceId }) => [ref('device', deviceId)],
  decide: ({ body: { deviceId, certificate }, states, ctx }) => {
    const device = states.of(deviceAggregate, deviceId);
    const refusal = whyNotCertify(device, ctx.recordedAt);
    if (refusal !== null) return refusal;
    if (device?.person !== ctx.actor) return refuse('sync.desk-of-another');
    return [{ type: 'deviceCertified', on: ref('device', deviceId), body: certificate }];
  },
});

/** Lets a device in again whose certificate ended long ago: its next call renews it. */
export const letRenew = defineCommand({
  name: 'sync.letRenew',
  byServer: true,
  body: z.object({ deviceId: DeviceIdSchema }),
  reads: ({ deviceId }) => [ref('device', deviceId)],
  decide: ({ body: { deviceId }, states, ctx }) => {
    const device = states.of(deviceAggregate, deviceId);
    if (device === null) return refuse('sync.unknown-device');
    const because = device.revokedBecause;
    if (because !== null) return refuse('sync.device-revoked', { because });
    // Whether it has ended is for the server's clock to say, and the desk that asks may have another: it harms nothing.
    const until = after(ctx.recordedAt, letRenewDays);
    return [{ type: 'deviceRenewalAllowed', on: ref('device', deviceId), body: { until } }];
  },
});

export const revokeDevice = revokeDeviceUnder(allLeaseGuards);

export const { leaseNumbers, returnLease, voidLease, expireLease } = leaseCommandsUnder(allLeaseGuards);
