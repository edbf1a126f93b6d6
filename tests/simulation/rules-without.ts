import { commandsByName } from '#shared/commands.ts';
import { numberUnder, registerIncomingUnder } from '#shared/documents/public.ts';
import type { CommandDefinition } from '#shared/kernel/public.ts';
import { leaseCommandsUnder, revokeDeviceUnder, type Guards } from '#shared/sync/public.ts';

/** The rules of the office as a server applies them that has only these guards. */
export function commandsUnder(guards: Guards): ReadonlyMap<string, CommandDefinition> {
  const guarded = [
    numberUnder(guards),
    registerIncomingUnder(guards),
    revokeDeviceUnder(guards),
    ...Object.values(leaseCommandsUnder(guards)),
  ] as readonly CommandDefinition[];
  return new Map([
    ...commandsByName,
    ...guarded.map((definition): [string, CommandDefinition] => [definition.name, definition]),
  ]);
}
