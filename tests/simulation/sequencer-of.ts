import { aggregates, commandsByName } from '#shared/commands.ts';
import { isCallName, personAggregate, whyNotCall } from '#shared/directory/public.ts';
import { refuse, type AgencyId, type Command, type Instant, type States } from '#shared/kernel/public.ts';
import { plainCalendar } from '../support/ask.ts';

/** The rules of the office, as a server's sequencer applies them. */
export function sequencerOf(agencyId: AgencyId, now: () => Instant) {
  return {
    agencyId,
    commands: commandsByName,
    aggregates,
    calendar: () => plainCalendar,
    now,
    whyNot: (asked: Command, states: States) =>
      isCallName(asked.name)
        ? whyNotCall(asked.name, states.of(personAggregate, asked.actor))
        : refuse('kernel.unknown-command'),
  };
}
