import { aggregates, commandsByName } from '#shared/commands.ts';
import { whyNotActor } from '#shared/directory/public.ts';
import type { AgencyId, Instant } from '#shared/kernel/public.ts';
import { plainCalendar } from '../support/ask.ts';

/** The rules of the office, as a server's sequencer applies them. */
export function sequencerOf(agencyId: AgencyId, now: () => Instant) {
  return {
    agencyId,
    commands: commandsByName,
    aggregates,
    calendar: () => plainCalendar,
    now,
    whyNot: whyNotActor,
  };
}
