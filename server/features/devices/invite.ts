import { randomBytes } from 'node:crypto';
import {
  AppError,
  CommandIdSchema,
  InvitationIdSchema,
  PersonIdSchema,
  instantFrom,
  uuidV7From,
  type ChainedEntry,
  type Command,
  type Hash,
} from '#shared/kernel/public.ts';
import type { Person } from '#shared/directory/public.ts';
import {
  newCode,
  writeInvitation,
  type AgencyLog,
  type AgencyServer,
} from '#shared/node/agency-log/public.ts';
import { codeHashOf } from '#shared/sync/public.ts';
import type { AgencyFolder, ServerFile } from '../../data/agency-folder.ts';
import type { PostgresStore } from '../../log/postgres-store.ts';

export type Inviting = Readonly<{
  agency: ServerFile;
  person: Person;
  /** In whose name: an administrator of the agency. */
  by: string;
  url: string;
  authority: Hash;
}>;

/** The command that invites a person's desk from the server itself, and the text that the desk is told once it is taken. */
export function inviting({ agency, person, by, url, authority }: Inviting): Readonly<{
  command: Command;
  text: string;
}> {
  const newId = () => uuidV7From(Date.now(), randomBytes(10));
  const code = newCode();
  const invitationId = InvitationIdSchema.parse(newId());
  const command: Command = {
    id: CommandIdSchema.parse(newId()),
    name: 'sync.inviteDevice',
    actor: PersonIdSchema.parse(by),
    onBehalfOf: null,
    claimedAt: instantFrom(Date.now()),
    body: { invitationId, personId: person.id, codeHash: codeHashOf(code) },
  };
  const text = writeInvitation({
    url,
    authority,
    agencyId: agency.agencyId,
    agencyName: agency.agencyName,
    personId: person.id,
    personName: person.name,
    post: person.post,
    invitationId,
    code,
  });
  return { command, text };
}

export type InviteOrder = Omit<Inviting, 'agency' | 'person'> &
  Readonly<{ folder: AgencyFolder; server: AgencyServer; personId: string }>;

/** Invites a person's desk in the folder's own log; gives the text that the desk is told. */
export function invite({ folder, server, personId, ...order }: InviteOrder): string {
  const person = folder.people().find(({ id }) => id === personId);
  if (person === undefined) throw new AppError('directory.unknown-person');
  const { command, text } = inviting({ ...order, agency: folder.file, person });
  mustBeTaken(server.decide(command));
  return text;
}

/**
 * The same in a database, also while a server writes there: the command is put at the head of the log under that
 * server's epoch, and the server looks anew.
 */
export async function inviteOver(store: PostgresStore, order: Inviting & Decider): Promise<string> {
  const { command, text } = inviting(order);
  mustBeTaken(await store.run((log) => order.serverOver({ ...log, takeOver: log.writer }).decide(command)));
  return text;
}

type Decider = Readonly<{ serverOver: (log: AgencyLog) => AgencyServer }>;

function mustBeTaken({ entry }: ChainedEntry): void {
  if (entry.refusal !== null) throw new AppError(entry.refusal.code, entry.refusal.params);
}
