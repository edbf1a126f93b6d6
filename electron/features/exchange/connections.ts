import type { z } from 'zod';
import { AlarmsReplySchema, pairCode, peerAggregate, type ConnectionView } from '#shared/exchange/public.ts';
import type { Signed } from '../../host/context.ts';
import type { Desk } from '../../store/desk.ts';
import { readAll } from '../../store/read-state.ts';

/** Those that wait for a person first, those that have ended last. */
const order = { met: 0, confirmed: 1, ended: 2 } as const;

/** Which agencies are on the network, and what has to be read out before anything goes to them. */
export function connectionsOf({ db }: Pick<Desk, 'db'>) {
  const known = readAll(db, peerAggregate);
  const own = known.find((peer) => peer.own) ?? null;
  const peers = known.filter((peer) => !peer.own);
  const views = peers.map(
    ({ id, name, codes, state, endedBecause, card, fingerprint, line }): ConnectionView => {
      const ours = own?.fingerprint ?? null;
      const isReadOut = ours !== null && fingerprint !== null && state !== 'ended';
      const code = isReadOut ? pairCode(ours, fingerprint) : null;
      return { id, name, codes, state, endedBecause, card, line: line?.id ?? null, code };
    },
  );
  return {
    own: own === null ? null : { name: own.name, card: own.card },
    peers: views.toSorted(
      (one, other) => order[one.state] - order[other.state] || one.name.localeCompare(other.name, 'vi'),
    ),
  };
}

/** A desk that works alone has no gateway that could say anything. */
export function alarmsOf({ open: { shared } }: Signed): Promise<z.infer<typeof AlarmsReplySchema>> {
  if (shared === null) return Promise.resolve({ alarms: [], lines: [] });
  return shared.speak('/v1/exchange/alarms', {}, AlarmsReplySchema);
}
