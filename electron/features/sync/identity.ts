import { agencyAggregate, type IdentityPolicy } from '#shared/directory/public.ts';
import { AppError, type CommandId, type PersonId, type Reply } from '#shared/kernel/public.ts';
import { writeAddress } from '#shared/node/agency-log/public.ts';
import { DigestReplySchema, DoneSchema, TryIdentityReplySchema } from '#shared/sync/public.ts';
import type { Signed } from '../../host/context.ts';
import { ask } from '../../host/run-command.ts';
import { readState } from '../../store/read-state.ts';
import { authorityOf } from './devices.ts';
import { mustBeShared } from './standing.ts';

/** What everybody may be told who joins by the identity provider. */
export function serverAddress(signed: Signed): string {
  const { server } = mustBeShared(signed);
  const { db, agencyId } = signed.open.desk;
  const agencyName = readState(db, agencyAggregate, agencyId)?.name ?? '';
  return writeAddress({ url: server.url, authority: authorityOf(server), agencyId, agencyName });
}

export function tryIdentity(
  signed: Signed,
  asked: Readonly<{ policy: IdentityPolicy; secret: string | null }>,
) {
  return mustBeShared(signed).speak('/v1/identity/try', asked, TryIdentityReplySchema);
}

type Arranging = Readonly<{ commandId: CommandId; identity: IdentityPolicy | null; secret: string | null }>;

/** The secret goes to the server alone; the rest is in the log, where everybody sees whose word is taken. */
export async function arrangeIdentity(
  signed: Signed,
  { commandId, identity, secret }: Arranging,
): Promise<Reply> {
  const { speak } = mustBeShared(signed);
  if (identity === null) await speak('/v1/identity/secret', { secret: null }, DoneSchema);
  else if (secret !== null) await speak('/v1/identity/secret', { secret }, DoneSchema);
  return ask(signed, 'directory.arrangeIdentity', { commandId, body: { identity } });
}

type Identifying = Readonly<{ commandId: CommandId; personId: PersonId; identifier: string | null }>;

/** The number itself is nowhere but on its way: the server gives its digest, which the log keeps. */
export async function identifyPerson(
  signed: Signed,
  { commandId, personId, identifier }: Identifying,
): Promise<Reply> {
  if (identifier === '') throw new AppError('identity.no-identifier');
  const { speak } = mustBeShared(signed);
  const digest =
    identifier === null
      ? null
      : (await speak('/v1/identity/digest', { text: identifier }, DigestReplySchema)).digest;
  return ask(signed, 'directory.identifyPerson', { commandId, body: { personId, identifier: digest } });
}
