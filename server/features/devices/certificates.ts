import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { instantFrom, type AgencyId } from '#shared/kernel/public.ts';
import { issueDeviceCertificate, makeDeviceRoot, type DeviceRoot } from '#shared/node/pdf-signing/public.ts';
import { certificateDays, type Device, type DeviceCertificate } from '#shared/sync/public.ts';
import type { Kept } from '../../data/kept.ts';

const RootSchema = z.object({ certificate: z.base64(), key: z.base64() });
const dayMs = 86_400_000;

/** Signs what this server says of a device, with a root that was made the first time and is copied with its log. */
export function deviceIssuer(
  { kept, agencyId }: Readonly<{ kept: Kept; agencyId: AgencyId }>,
  nowMs: () => number,
): (device: Device) => DeviceCertificate {
  const root = rootOf(kept, agencyId, nowMs());
  return (device) => {
    // X.509 counts in whole seconds.
    const fromMs = Math.floor(nowMs() / 1000) * 1000;
    const untilMs = fromMs + certificateDays * dayMs;
    const serial = newSerial();
    const certificate = issueDeviceCertificate(root, {
      agencyId,
      device: device.id,
      person: device.person,
      publicKey: device.publicKey,
      serial,
      fromMs,
      untilMs,
    });
    return {
      serial: Buffer.from(serial).toString('hex'),
      from: instantFrom(fromMs),
      until: instantFrom(untilMs),
      certificate,
      issuer: root.certificate,
    };
  };
}

function rootOf(kept: Kept, agencyId: AgencyId, nowMs: number): DeviceRoot {
  const known = kept.get('device-root');
  if (known !== null) return RootSchema.parse(JSON.parse(known));
  const root = makeDeviceRoot(agencyId, newSerial(), nowMs);
  kept.set('device-root', JSON.stringify(root));
  return root;
}

/** Positive and 16 bytes long in every case (RFC 5280 4.1.2.2). */
function newSerial(): Uint8Array {
  const serial = randomBytes(16);
  serial[0] = ((serial[0] ?? 0) & 0x3f) | 0x40;
  return serial;
}
