import { refuse, type Command, type Refusal, type States } from '../kernel/public.ts';
import { personAggregate } from './aggregates.ts';
import { isCallName, whyNotCall } from './permissions.ts';

/** Today's rights of whoever asks, checked where a command is decided and not only at the door: the same at a desk and at a server. */
export function whyNotActor(command: Command, states: States): Refusal | null {
  if (!isCallName(command.name)) return refuse('kernel.unknown-command');
  // Nobody acts for another yet: rights are given by delegations, and those are named where one signs.
  if (command.onBehalfOf !== null) return refuse('directory.not-for-another');
  return whyNotCall(command.name, states.of(personAggregate, command.actor));
}
