import type { AlarmCode } from '#shared/exchange/public.ts';
import type { SimulatedAgency } from './simulated-agency.ts';
import type { World } from './world.ts';

const lies = [
  'the hub dropped a parcel',
  'the hub altered a parcel',
  'the hub swapped the recipient',
  'the hub renamed a parcel',
  'the hub put parcels out of order',
] as const;
const lost = ['agency restored', 'hub restored', ...lies];

/** What an alarm is for: it is given only where one of these has happened, and never for anything else. */
const because: Readonly<Partial<Record<AlarmCode, readonly string[]>>> = {
  // The pages of these stories are not signed, whatever the clerk's desk says of them.
  'exchange.fewer-signatures': ['exchange.issue'],
  'exchange.altered': ['the hub altered a parcel'],
  'exchange.not-for-us': ['the hub altered a parcel', 'the hub swapped the recipient'],
  'exchange.malformed': ['the hub renamed a parcel'],
  'exchange.misaddressed': [
    'the hub renamed a parcel',
    'a document was passed on as if it had been sent there',
  ],
  'exchange.forged': ['a receipt was forged', 'the hub renamed a parcel'],
  'exchange.gap': [...lost, 'request lost', 'answer lost'],
  'exchange.not-received': [...lost, 'clock of an agency set'],
  // A clock that is ahead has a day compared that is not over for the others.
  'exchange.not-sent': [...lost, 'clock of an agency set'],
  // Whatever takes the last of a mailbox away has its place given again.
  'exchange.receipt-not-received': [...lost, 'clock of an agency set'],
  'exchange.receipt-not-sent': ['agency restored', 'clock of an agency set'],
  'exchange.hub-went-back': ['hub restored', ...lies],
  'exchange.series-behind': ['agency restored'],
  // With the parcel of whoever was brought back went what could have brought its files again.
  'exchange.given-up': ['agency restored'],
  'exchange.set-aside': ['the hub altered a piece', 'hub restored'],
};

export function alarmFaults({ counts }: World, one: SimulatedAgency): string[] {
  return one
    .gateway()
    .alarms()
    .flatMap(({ code, about }) => {
      const reasons = because[code as AlarmCode] ?? [];
      return reasons.some((reason) => (counts[reason] ?? 0) > 0)
        ? []
        : [`alarm ${code} (${about ?? ''}) for nothing`];
    });
}
