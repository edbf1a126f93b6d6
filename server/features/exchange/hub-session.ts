import type { z } from 'zod';
import { AgencySessionReplySchema, agencySessionText } from '#shared/exchange/public.ts';
import { AppError, type AgencyId } from '#shared/kernel/public.ts';
import { buildCades } from '#shared/node/pdf-signing/public.ts';
import { createHash } from 'node:crypto';
import {
  ChallengeReplySchema,
  OfferReplySchema,
  PieceReplySchema,
  pieceBytes,
  piecesOf,
} from '#shared/sync/public.ts';
import type { Arriving, Blobs } from '#shared/node/blobs/public.ts';
import type { Hash } from '#shared/kernel/public.ts';
import type { ExchangeIdentity } from '#shared/node/exchange/public.ts';
import { hubFingerprint, type HubLine } from './connection.ts';
import type { HubDoor } from './hub-door.ts';

type Name = Readonly<{ hash: Hash; size: number }>;

export type HubSession = Readonly<{
  /** An answer that nobody waits for any more is cut off by `over`. */
  ask: <Schema extends z.ZodType>(
    path: string,
    body: unknown,
    asked: Readonly<{ gives: Schema; over?: AbortSignal }>,
  ) => Promise<z.output<Schema>>;
  /** Brings a part there, only the pieces it lacks. */
  bring: (from: Blobs, part: Name) => Promise<void>;
  /** Fetches a part, only the pieces that are not here. */
  fetch: (arriving: Arriving, part: Name) => Promise<void>;
}>;

/** Asks a hub as one agency; the token is renewed when it is believed no longer. */
export function openHubSession(
  agency: AgencyId,
  { line, identity }: Readonly<{ line: Pick<HubLine, 'authority'>; identity: ExchangeIdentity }>,
  door: HubDoor,
): HubSession {
  const hub = hubFingerprint(line.authority);
  let token: string | null = null;
  let renewing: Promise<string> | null = null;

  async function renew(): Promise<string> {
    const { challenge } = await door.post('/x1/challenge', {}, { gives: ChallengeReplySchema });
    const text = Buffer.from(agencySessionText(hub, agency, challenge));
    const signed = await buildCades(createHash('sha256').update(text).digest(), identity.signing);
    const signature = Buffer.from(signed).toString('base64');
    return (
      await door.post('/x1/session', { agency, challenge, signature }, { gives: AgencySessionReplySchema })
    ).token;
  }

  /** The token after one that is believed no longer: the hub knows one for each agency, so all who ask renew it together. */
  function renewed(old: string | null): Promise<string> {
    if (token !== null && token !== old) return Promise.resolve(token);
    renewing ??= renew()
      .then((next) => (token = next))
      .finally(() => {
        renewing = null;
      });
    return renewing;
  }

  async function within<Result>(work: (token: string) => Promise<Result>): Promise<Result> {
    const known = token ?? (await renewed(null));
    try {
      return await work(known);
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'hub.no-session') throw error;
      return work(await renewed(known));
    }
  }

  return {
    ask: (path, body, asked) => within((now) => door.post(path, body, { ...asked, token: now })),
    bring: async (from, { hash, size }) => {
      const offer = await within((now) =>
        door.post('/x1/parts/offer', { hash, size }, { gives: OfferReplySchema, token: now }),
      );
      if (offer.whole) return;
      const have = new Set(offer.have);
      let whole = false;
      for (let piece = 0; piece < piecesOf(size); piece += 1) {
        // The last one has the hub put all of them together, also when it came before.
        if (have.has(piece) && piece < piecesOf(size) - 1) continue;
        const bytes = await from.read(hash, piece * pieceBytes, pieceBytes);
        const path = `/x1/parts/${hash}/${piece}?size=${size}`;
        ({ whole } = await within((now) => door.put(path, bytes, PieceReplySchema, now)));
      }
      if (!whole) throw new AppError('hub.strange-answer', { status: 200 });
    },
    fetch: async (arriving, { hash, size }) => {
      const have = new Set(arriving.have(hash));
      for (let piece = 0; piece < piecesOf(size); piece += 1) {
        if (have.has(piece)) continue;
        arriving.keep(hash, piece, await within((now) => door.get(`/x1/parts/${hash}/${piece}`, now)));
      }
      if (!(await arriving.finish({ hash, size }, piecesOf(size)))) throw new AppError('store.blob-damaged');
    },
  };
}
