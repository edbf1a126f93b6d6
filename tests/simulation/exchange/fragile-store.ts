import type { GatewayStore } from '#shared/node/exchange/public.ts';

/** What of a gateway's store writes: a machine goes down before it or after it. */
const writes: ReadonlySet<string> = new Set<keyof GatewayStore>([
  'owe',
  'putOff',
  'keepSealed',
  'giveUp',
  'handed',
  'failed',
  'hubIsBack',
  'answered',
  'replay',
  'offerAgain',
  'keepReceived',
  'keepEvidence',
  'moveTo',
  'setAside',
  'takenUp',
  'heard',
  'keepTheirs',
  'numberAll',
  'offerSince',
  'adopt',
  'handAllAgain',
]);

type Machine = Readonly<{ mustBeThere: () => void; strike: (what: string) => void }>;

/** The shipped store on a machine that goes down around its writes, and is never heard of again by a run that did. */
export function fragileStore(store: GatewayStore, { mustBeThere, strike }: Machine): GatewayStore {
  const entries = Object.entries(store).map(([name, method]) => [
    name,
    (...args: unknown[]): unknown => {
      mustBeThere();
      const isWrite = writes.has(name);
      if (isWrite) strike(`before ${name}`);
      const given = (method as (...args: unknown[]) => unknown)(...args);
      if (isWrite) strike(`after ${name}`);
      return given;
    },
  ]);
  // Every method is there under its name.
  return Object.fromEntries(entries) as GatewayStore;
}
