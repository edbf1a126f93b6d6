import { HandReplySchema, type Parcel } from '#shared/exchange/public.ts';
import { AppError, type Hash } from '#shared/kernel/public.ts';
import type { HubSession } from './hub-session.ts';

/** One hub an agency is on: another's, or the mailbox it keeps itself for those that come to it directly. */
export type Hub = Readonly<{
  /** SHA-256 of its authority. */
  id: Hash;
  session: HubSession;
  /** How often it is asked who is there. */
  askMs: number;
  /** Who was there when it was last asked. */
  members: Set<string>;
}>;

type Handing = Readonly<{
  parcel: Parcel;
  again: boolean;
  /** Each part is brought to a hub once, however many parcels name it. */
  bring: (hub: Hub, part: Parcel['parts'][number]) => Promise<void>;
}>;

/** Hands a parcel to the first hub that takes it, of those its recipient is on; throws what the last of them said. */
export async function handTo(hubs: readonly Hub[], { parcel, again, bring }: Handing): Promise<void> {
  const known = hubs.filter(({ members }) => members.has(parcel.to));
  let last = new AppError('exchange.not-connected');
  for (const hub of known.length > 0 ? known : hubs) {
    try {
      for (const part of parcel.parts) await bring(hub, part);
      await hub.session.ask('/x1/hand', { parcel, again }, { gives: HandReplySchema });
      return;
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      last = error;
    }
  }
  throw last;
}

/** What was set aside may have come over any of them. */
export function anyOf(hubs: readonly Hub[]): Pick<HubSession, 'fetch'> {
  return {
    fetch: async (arriving, part) => {
      let last = new AppError('exchange.not-connected');
      for (const { session } of hubs) {
        try {
          await session.fetch(arriving, part);
          return;
        } catch (error) {
          if (!(error instanceof AppError)) throw error;
          last = error;
        }
      }
      throw last;
    },
  };
}
