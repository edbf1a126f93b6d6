import type { CommandId, Reply } from '#shared/kernel/public.ts';
import type { Signed } from './context.ts';

type Asked = Readonly<{
  input: Readonly<{ commandId: CommandId; body: unknown }>;
  context: Readonly<{ signed: Signed }>;
  path: readonly string[];
}>;

/** The handler of every command of the contract: it names the actor and the time, and lets the rules decide. */
export function runCommand({ input, context: { signed }, path }: Asked): Reply {
  return execute(signed, path.join('.'), input);
}

/** A command that a service sends once its bytes are ready. */
export function execute(signed: Signed, name: string, { commandId, body }: Asked['input']): Reply {
  return signed.open.desk.execute({
    id: commandId,
    name,
    actor: signed.person.id,
    onBehalfOf: null,
    claimedAt: signed.open.desk.now(),
    body,
  });
}
