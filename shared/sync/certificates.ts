import { instantFrom, refuse, type Instant, type Refusal } from '../kernel/public.ts';
import type { Device } from './model.ts';

/** How long a device's certificate is good (`sync.md` 3.10), and how long before its end it is renewed. */
export const certificateDays = 90;
const renewBeforeDays = 30;
/**
 * How long after its end the device's key alone still renews it: as long as a desk may work unheard of. Whoever was
 * away longer is let in again by an administrator, who has so many days for it.
 */
export const renewableDays = 30;
export const letRenewDays = 10;

const dayMs = 86_400_000;

/** Whether a device's certificate holds at a moment of the server's clock. */
export function isCertified({ certificate }: Device, at: Instant): boolean {
  return certificate !== null && at <= certificate.until;
}

/** Whether it is time to ask for the next one, long before the end. */
export function isDueForRenewal({ certificate }: Device, at: Instant): boolean {
  return certificate === null || at > after(certificate.until, -renewBeforeDays);
}

/** Whether the device's key alone is not enough any more. */
export function isLapsed({ certificate, enrolledAt, renewableUntil }: Device, at: Instant): boolean {
  if (renewableUntil !== null && at <= renewableUntil) return false;
  return at > after(certificate?.until ?? enrolledAt, renewableDays);
}

export function whyNotCertify(device: Device | null, at: Instant): Refusal | null {
  if (device === null) return refuse('sync.unknown-device');
  const because = device.revokedBecause;
  if (because !== null) return refuse('sync.device-revoked', { because });
  return isLapsed(device, at) ? refuse('sync.certificate-lapsed') : null;
}

export function after(instant: Instant, days: number): Instant {
  return instantFrom(Date.parse(instant) + days * dayMs);
}
