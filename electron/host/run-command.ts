import type { Command, CommandId, Reply } from '#shared/kernel/public.ts';
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

/** The same for a command that only the server of an agency decides, where there is one. */
export function askCommand({ input, context: { signed }, path }: Asked): Promise<Reply> {
  return ask(signed, path.join('.'), input);
}

/** A command that a service sends once its bytes are ready. */
export function execute(signed: Signed, name: string, input: Asked['input']): Reply {
  return signed.open.desk.execute(commandOf(signed, name, input));
}

/** The same for one that only the server decides. */
export function ask(signed: Signed, name: string, input: Asked['input']): Promise<Reply> {
  return signed.open.desk.ask(commandOf(signed, name, input));
}

/** The same where an answer that comes later is of no use: it is waited for longer. */
export function askNow(signed: Signed, name: string, input: Asked['input']): Promise<Reply> {
  return signed.open.desk.ask(commandOf(signed, name, input), true);
}

function commandOf({ open, person }: Signed, name: string, { commandId, body }: Asked['input']): Command {
  return {
    id: commandId,
    name,
    actor: person.id,
    onBehalfOf: null,
    claimedAt: open.desk.now(),
    body,
  };
}
