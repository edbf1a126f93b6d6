import { createHash, X509Certificate } from 'node:crypto';
import { agencyAggregate, personAggregate } from '#shared/directory/public.ts';
import {
  AppError,
  HashSchema,
  InvitationIdSchema,
  instantFrom,
  type AgencyId,
  type CommandId,
  type Hash,
  type Instant,
  type PersonId,
} from '#shared/kernel/public.ts';
import { newCode, writeInvitation } from '#shared/node/agency-log/public.ts';
import { deviceCertificateFacts } from '#shared/node/pdf-signing/public.ts';
import {
  codeHashOf,
  deviceAggregate,
  invitationMinutes,
  isCertified,
  isLapsed,
  type Device,
  type ListedDevice,
} from '#shared/sync/public.ts';
import type { Signed } from '../../host/context.ts';
import { askNow } from '../../host/run-command.ts';
import { readAll, readState } from '../../store/read-state.ts';
import type { ServerAddress } from '../../sync/server-door.ts';
import { mustBeShared } from './standing.ts';

/** Every desk that was ever enrolled, newest first. */
export function devicesOf({ open }: Signed): {
  devices: ListedDevice[];
  hasServer: boolean;
} {
  const own = open.shared?.device.id ?? null;
  const { agencyId } = open.desk;
  const now = open.desk.now();
  const devices = readAll(open.desk.db, deviceAggregate)
    .map((device) => ({ ...device, isThis: device.id === own, standing: standingOf(device, agencyId, now) }))
    .toSorted((a, b) => b.enrolledAt.localeCompare(a.enrolledAt));
  return { devices, hasServer: open.shared !== null };
}

/** The authority a server's certificate goes back to, by its SHA-256. */
export function authorityOf({ authority }: ServerAddress): Hash {
  return HashSchema.parse(createHash('sha256').update(new X509Certificate(authority).raw).digest('hex'));
}

/** Whether a certificate says of a device what the log says of it, signed by the server's root, and still does. */
function standingOf(device: Device, agencyId: AgencyId, now: Instant): ListedDevice['standing'] {
  const { certificate, id, person, publicKey } = device;
  if (certificate === null) return 'none';
  const said = deviceCertificateFacts(certificate.certificate, certificate.issuer);
  const fits =
    said !== null &&
    said.agencyId === agencyId &&
    said.device === id &&
    said.person === person &&
    said.publicKey === publicKey;
  if (!fits) return 'does-not-fit';
  if (isCertified(device, now)) return 'good';
  return isLapsed(device, now) ? 'lapsed' : 'over';
}

type InviteOrder = Readonly<{ commandId: CommandId; personId: PersonId }>;

/** Invites one more desk of a person. The server has to hear of it at once, since the code is good for minutes only. */
export async function inviteDesk(
  signed: Signed,
  { commandId, personId }: InviteOrder,
): Promise<{ invitation: string; until: Instant }> {
  const { server, isInReach } = mustBeShared(signed);
  const { db, agencyId } = signed.open.desk;
  const away = () => new AppError('sync.server-away', { host: new URL(server.url).host });
  if (!(await isInReach())) throw away();
  const person = readState(db, personAggregate, personId);
  if (person === null) throw new AppError('directory.unknown-person');
  const invitationId = InvitationIdSchema.parse(signed.clock.newId());
  const code = newCode();
  const body = { invitationId, personId, codeHash: codeHashOf(code) };
  const reply = await askNow(signed, 'sync.inviteDevice', { commandId, body });
  if (!reply.ok) throw new AppError(reply.refusal.code, reply.refusal.params);
  if (reply.waits === true) throw away();
  const invitation = writeInvitation({
    url: server.url,
    authority: authorityOf(server),
    agencyId,
    agencyName: readState(db, agencyAggregate, agencyId)?.name ?? '',
    personId,
    personName: person.name,
    post: person.post,
    invitationId,
    code,
  });
  const until = instantFrom(Date.parse(signed.open.desk.now()) + invitationMinutes * 60_000);
  return { invitation, until };
}
