import { personAggregate, readingScope } from '#shared/directory/public.ts';
import { AppError, CommandIdSchema, dayOf, type PersonId, type Reply } from '#shared/kernel/public.ts';
import type { Signed } from '../../host/context.ts';
import { execute } from '../../host/run-command.ts';
import type { Clock } from '../../platform/clock.ts';
import { readState } from '../../store/read-state.ts';
import { Exports, Uploads } from '../documents/public.ts';
import type { OpenDesk } from '../session/public.ts';

export type Actor = Signed & Readonly<{ must: (name: string, body: unknown) => void }>;

/** A person of the sample at work, with exactly the rights they have when they sign in. */
export function actAs(open: OpenDesk, personId: PersonId, clock: Clock): Actor {
  const person = readState(open.desk.db, personAggregate, personId);
  if (person === null) throw new AppError('directory.unknown-person');
  const signed: Signed = {
    open,
    person,
    scope: readingScope(person),
    today: dayOf(clock.now()),
    sessionKey: 'sample',
    uploads: new Uploads(clock.newId),
    exports: new Exports(clock.newId),
    clock,
  };
  return {
    ...signed,
    must: (name, body) =>
      mustHappen(execute(signed, name, { commandId: CommandIdSchema.parse(clock.newId()), body })),
  };
}

export function mustHappen(reply: Reply): void {
  if (!reply.ok) throw new AppError(reply.refusal.code, reply.refusal.params);
}
