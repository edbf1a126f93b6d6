import { randomBytes } from 'node:crypto';
import {
  AppError,
  CommandIdSchema,
  InvitationIdSchema,
  PersonIdSchema,
  instantFrom,
  ref,
  uuidV7From,
  type Hash,
} from '#shared/kernel/public.ts';
import { newCode, writeInvitation, type AgencyServer } from '#shared/node/agency-log/public.ts';
import { codeHashOf } from '#shared/sync/public.ts';
import type { AgencyFolder } from '../../data/agency-folder.ts';

export type InviteOrder = Readonly<{
  folder: AgencyFolder;
  server: AgencyServer;
  personId: string;
  /** In whose name: an administrator of the agency. */
  by: string;
  url: string;
  authority: Hash;
}>;

/** Invites a person's desk from the server itself; gives the text that the desk is told. */
export function invite({ folder, server, personId, by, url, authority }: InviteOrder): string {
  const person = folder.log.state(ref('person', personId))?.state as
    { name: string; post: string } | undefined;
  if (person === undefined) throw new AppError('directory.unknown-person');
  const newId = () => uuidV7From(Date.now(), randomBytes(10));
  const code = newCode();
  const invitationId = InvitationIdSchema.parse(newId());
  const { entry } = server.decide({
    id: CommandIdSchema.parse(newId()),
    name: 'sync.inviteDevice',
    actor: PersonIdSchema.parse(by),
    onBehalfOf: null,
    claimedAt: instantFrom(Date.now()),
    body: { invitationId, personId, codeHash: codeHashOf(code) },
  });
  if (entry.refusal !== null) throw new AppError(entry.refusal.code, entry.refusal.params);
  return writeInvitation({
    url,
    authority,
    agencyId: folder.file.agencyId,
    agencyName: folder.file.agencyName,
    personId: PersonIdSchema.parse(personId),
    personName: person.name,
    post: person.post,
    invitationId,
    code,
  });
}
