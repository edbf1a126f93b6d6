import { generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { holidays } from '#electron/store/holidays.ts';
import { systemClock } from '#electron/platform/clock.ts';
import { deviceIssuer } from '#server/features/devices/certificates.ts';
import { invite } from '#server/features/devices/invite.ts';
import { agencyServer, openAgencyFolder } from '#server/main.ts';
import {
  CommandIdSchema,
  DeviceIdSchema,
  HashSchema,
  type AgencyId,
  type Command,
  type DeviceId,
  type PersonId,
} from '#shared/kernel/public.ts';
import { readInvitation } from '#shared/node/agency-log/public.ts';
import { protocolVersion, signedText, type PushRequest, type SentCommand } from '#shared/sync/public.ts';
import type { AgencyAtServer } from '../../support/agency-server.ts';
import { aSummary } from '../../support/builders.ts';

export type Sender = { id: DeviceId; key: KeyObject; dseq: number };

/** So many devices of the clerk, with keys this process holds. */
export function enrolled(at: AgencyAtServer, count: number): readonly Sender[] {
  const folder = openAgencyFolder(at.data);
  const server = agencyServer({ folder, calendar: holidays });
  const { clerk, administrator } = at.agency.staff;
  const issue = deviceIssuer({ kept: folder.kept, agencyId: at.agencyId }, Date.now);
  const authority = HashSchema.parse('0'.repeat(64));
  const senders = Array.from({ length: count }, (): Sender => {
    const parts = { folder, server, personId: clerk.id, by: administrator.id };
    const told = readInvitation(invite({ ...parts, url: 'https://localhost', authority }));
    if (told === null) throw new Error('An invitation cannot be read');
    const { privateKey, publicKey } = generateKeyPairSync('ed25519');
    const id = DeviceIdSchema.parse(systemClock.newId());
    const one = { id, key: privateKey, dseq: 0 };
    const raw = publicKey.export({ format: 'der', type: 'spki' }).subarray(-32).toString('base64');
    const { invitationId, code } = told;
    const body = { deviceId: id, invitationId, code, name: 'máy', publicKey: raw };
    server.pushAll([pushOf(at.agencyId, one, [commandOf(clerk.id, 'sync.enrolDevice', body)])]);
    const commandId = CommandIdSchema.parse(systemClock.newId());
    const signature = sign(null, Buffer.from('certificate'), privateKey).toString('base64');
    server.certify({ device: id, text: 'certificate', signature, commandId, issue });
    return one;
  });
  folder.close();
  return senders;
}

export function commandOf(actor: PersonId, name: string, body: unknown): Command {
  const id = CommandIdSchema.parse(systemClock.newId());
  return { id, name, actor, onBehalfOf: null, claimedAt: systemClock.now(), body };
}

/** The act every figure is measured with: somebody begins a draft. */
export function aDraft(actor: PersonId, subject?: string): Command {
  const summary = aSummary(subject === undefined ? {} : { subject });
  return commandOf(actor, 'drafting.start', { documentId: systemClock.newId(), summary, repliesTo: null });
}

/** Commands signed in their order, as a desk sends them. */
export function pushOf(agencyId: AgencyId, sender: Sender, commands: readonly Command[]): PushRequest {
  const sent = commands.map((command): SentCommand => {
    sender.dseq += 1;
    const { dseq } = sender;
    const text = signedText(agencyId, sender.id, { dseq, command });
    return { dseq, command, signature: sign(null, Buffer.from(text), sender.key).toString('base64') };
  });
  return { version: protocolVersion, agencyId, device: sender.id, commands: sent };
}
