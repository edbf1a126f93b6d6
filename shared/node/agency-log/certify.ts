import type { Command, CommandId, DeviceId, Refusal } from '../../kernel/public.ts';
import {
  deviceAggregate,
  isDueForRenewal,
  type Device,
  type DeviceCertificate,
  type Stop,
} from '../../sync/public.ts';
import { decideNext, foretell } from '../sequencer/public.ts';
import type { AgencyLog } from './agency-log.ts';
import { isSigned } from './device-signature.ts';
import { fanOut, stateOfLog } from './fan-out.ts';
import type { ServerParts } from './server.ts';

export type CertificateAsked = Readonly<{
  device: DeviceId;
  /** What the server asked to have signed, and the signature by the device's key. */
  text: string;
  signature: string;
  commandId: CommandId;
  /** Signs what the server says of the device from now on. */
  issue: (device: Device) => DeviceCertificate;
}>;

export type CertificateGiven =
  Readonly<{ certificate: DeviceCertificate }> | Readonly<{ stopped: Stop }> | Readonly<{ refusal: Refusal }>;

/** Gives the certificate that holds, or decides the next one. Call inside the log's transaction. */
export function certify(
  { sequencer, guards }: ServerParts,
  { device: id, text, signature, commandId, issue }: CertificateAsked,
): CertificateGiven {
  const { log } = sequencer;
  const stopped = whyNotHeld(log, id, { text, signature });
  if (stopped !== null) return { stopped };
  const device = stateOfLog(log)(deviceAggregate, id);
  if (device === null) throw new Error('A device signed that is not there');
  const now = sequencer.now();
  if (device.certificate !== null && !isDueForRenewal(device, now)) {
    return { certificate: device.certificate };
  }
  const certificate = issue(device);
  const command: Command = {
    id: commandId,
    name: 'sync.certifyDevice',
    actor: device.person,
    onBehalfOf: null,
    claimedAt: now,
    body: { deviceId: id, certificate },
  };
  // A machine that is given none asks again every few seconds, for months: nothing of that goes into the chain.
  const refusal = foretell(sequencer, command);
  if (refusal !== null) return { refusal };
  const decided = decideNext(sequencer, command);
  if (decided.isNew) fanOut(log, decided, guards);
  return { certificate };
}

/** Whether somebody holds the key of a device that is believed, whatever its certificate says. */
export function whyNotHeld(
  log: AgencyLog,
  id: DeviceId,
  { text, signature }: Readonly<{ text: string; signature: string }>,
): Stop | null {
  const device = stateOfLog(log)(deviceAggregate, id);
  if (device === null) return 'unknown-device';
  if (device.revokedBecause !== null) return 'revoked';
  return isSigned(device.publicKey, text, signature) ? null : 'bad-signature';
}
