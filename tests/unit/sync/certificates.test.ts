import { describe, expect, it } from 'vitest';
import { DeviceIdSchema, PersonIdSchema, instantFrom } from '#shared/kernel/public.ts';
import {
  certificateDays,
  deviceAggregate,
  isCertified,
  isDueForRenewal,
  isLapsed,
  type Device,
} from '#shared/sync/public.ts';

const dayMs = 86_400_000;
const enrolledAtMs = Date.parse('2026-01-05T02:00:00.000Z');
const at = (days: number) => instantFrom(enrolledAtMs + days * dayMs);
const id = DeviceIdSchema.parse('019b8d5e-0000-7000-8000-000000000001');
const on = { kind: 'device' as const, id };
const person = PersonIdSchema.parse('019b8d5e-0000-7000-8000-000000000002');

const fresh = deviceAggregate.evolve(null, {
  type: 'deviceEnrolled',
  on,
  body: { person, name: 'máy phòng', publicKey: 'A'.repeat(43) + '=', enrolledAt: at(0) },
});
const body = { serial: '0'.repeat(32), from: at(0), until: at(certificateDays), certificate: '', issuer: '' };
const certified = deviceAggregate.evolve(fresh, { type: 'deviceCertified', on, body });

const standing = (device: Device, days: number) => ({
  holds: isCertified(device, at(days)),
  due: isDueForRenewal(device, at(days)),
  lapsed: isLapsed(device, at(days)),
});

describe('a device’s certificate', () => {
  it.each([
    [0, { holds: true, due: false, lapsed: false }],
    [60, { holds: true, due: false, lapsed: false }],
    [61, { holds: true, due: true, lapsed: false }],
    [90, { holds: true, due: true, lapsed: false }],
    [91, { holds: false, due: true, lapsed: false }],
    [120, { holds: false, due: true, lapsed: false }],
    [121, { holds: false, due: true, lapsed: true }],
  ])('on day %i', (days, expected) => {
    expect(standing(certified, days)).toEqual(expected);
  });

  it('is asked for within a month of the enrolment when the first never came', () => {
    expect([standing(fresh, 30), standing(fresh, 31)]).toEqual([
      { holds: false, due: true, lapsed: false },
      { holds: false, due: true, lapsed: true },
    ]);
  });

  it('that ended long ago is renewed for a while after an administrator let it, and by that is as any other', () => {
    const allowed = deviceAggregate.evolve(certified, {
      type: 'deviceRenewalAllowed',
      on,
      body: { until: at(210) },
    });
    const renewed = deviceAggregate.evolve(allowed, {
      type: 'deviceCertified',
      on,
      body: { ...body, from: at(205), until: at(295) },
    });
    expect([isLapsed(allowed, at(209)), isLapsed(allowed, at(211))]).toEqual([false, true]);
    expect(standing(renewed, 205)).toEqual({ holds: true, due: false, lapsed: false });
    expect(isLapsed(renewed, at(330))).toBe(true);
  });
});
