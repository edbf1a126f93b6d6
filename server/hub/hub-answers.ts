import { z } from 'zod';
import {
  AgencySessionSchema,
  CollectRequestSchema,
  HandRequestSchema,
  JoinRequestSchema,
  MemberSchema,
  agencySessionText,
  type AgencySessionReplySchema,
  type CollectReplySchema,
  type DirectoryReplySchema,
  type JoinReplySchema,
} from '#shared/exchange/public.ts';
import { HashSchema, canonicalJson, instantFrom, type AgencyId } from '#shared/kernel/public.ts';
import { isMemberSound } from '#shared/node/exchange/public.ts';
import { checkDetached } from '#shared/node/pdf-signing/public.ts';
import { codeHashOf, pieceBytes, piecesOf } from '#shared/sync/public.ts';
import { checked, Refused, speaker } from '../http/asking.ts';
import type { LogLine } from '../http/build-app.ts';
import { createSessions, sessionSeconds } from '../http/sessions.ts';
import type { HubFolder } from './hub-folder.ts';

/** All that a hub has of time: the simulation gives it one that it winds itself. */
export type HubClock = Readonly<{
  nowMs: () => number;
  /** Does something later; what it gives takes it back. */
  after: (ms: number, work: () => void) => () => void;
}>;

export type AnswerParts = Readonly<{
  folder: Pick<HubFolder, 'store' | 'parts' | 'arrivingFrom' | 'fingerprint'>;
  clock: HubClock;
  /** How long a parcel stays after its recipient has gone past it. */
  graceDays: number;
  say: (line: LogLine) => void;
}>;

/** A part is sealed: a little longer than the file in it. */
const mostPartBytes = 520 * 1024 * 1024;
const mostArriving = 200;

const PartSchema = z.object({ hash: HashSchema, size: z.int().min(1).max(mostPartBytes) });
const PlaceSchema = z.object({ hash: HashSchema, piece: z.coerce.number().int().nonnegative() });
const SizeSchema = z.object({ size: z.coerce.number().int().positive().max(mostPartBytes) });

/** What a hub answers an agency, whatever carries the question. */
export type HubAnswers = Readonly<{
  /** Whom a request speaks for; throws where nobody is known by it, or one that is not joined. */
  speaking: (authorization: string | undefined) => Promise<AgencyId>;
  join: (body: unknown) => Promise<z.output<typeof JoinReplySchema>>;
  challenge: () => Readonly<{ challenge: string }>;
  session: (body: unknown) => Promise<z.output<typeof AgencySessionReplySchema>>;
  describe: (agency: AgencyId, body: unknown) => Promise<Readonly<{ ok: true }>>;
  directory: () => Promise<z.output<typeof DirectoryReplySchema>>;
  offer: (agency: AgencyId, body: unknown) => Promise<Readonly<{ whole: boolean; have: readonly number[] }>>;
  takePiece: (
    agency: AgencyId,
    asked: Readonly<{ place: unknown; query: unknown; bytes: unknown }>,
  ) => Promise<Readonly<{ whole: boolean }>>;
  givePiece: (agency: AgencyId, place: unknown) => Promise<Buffer>;
  hand: (agency: AgencyId, body: unknown) => Promise<Readonly<{ taken: true }>>;
  collect: (agency: AgencyId, body: unknown) => Promise<z.output<typeof CollectReplySchema>>;
  /** Lets go of what was collected long ago. */
  tidy: () => Promise<void>;
  /** Nobody waits any more for something to come. */
  wakeAll: () => void;
}>;

export function hubAnswers({ folder, clock, graceDays, say }: AnswerParts): HubAnswers {
  const { store, parts, fingerprint } = folder;
  const sessions = createSessions<AgencyId>(clock.nowMs);
  const waiting = new Map<AgencyId, Set<() => void>>();
  const now = () => instantFrom(clock.nowMs());

  /** Until something is put in this mailbox, or the time is over. */
  async function until(agency: AgencyId, mostMs: number): Promise<void> {
    const all = waiting.get(agency) ?? new Set();
    waiting.set(agency, all);
    await new Promise<void>((resolve) => {
      const wake = () => {
        takeBack();
        all.delete(wake);
        resolve();
      };
      const takeBack = clock.after(mostMs, wake);
      all.add(wake);
    });
  }

  return {
    speaking: async (authorization) => {
      const agency = speaker({ sessions }, authorization);
      if (agency === null) throw new Refused(401, 'hub.no-session');
      if ((await store.member(agency))?.state !== 'joined') throw new Refused(403, 'hub.not-joined');
      return agency;
    },
    join: async (body) => {
      const { code, member } = checked(JoinRequestSchema, body);
      if (!isMemberSound(member, clock.nowMs())) throw new Refused(400, 'hub.unsound');
      const before = await store.member(member.id);
      if (before !== null && before.member.details.fingerprint === member.details.fingerprint) {
        return { joined: before.state === 'joined' };
      }
      if (before !== null || !(await store.join(codeHashOf(code), member, now()))) {
        throw new Refused(403, 'hub.wrong-code');
      }
      say({ what: 'asked to join', agency: member.id });
      return { joined: false };
    },
    challenge: () => ({ challenge: sessions.challenge() }),
    session: async (body) => {
      const { agency, challenge, signature } = checked(AgencySessionSchema, body);
      const known = await store.member(agency);
      if (!sessions.use(challenge)) throw new Refused(401, 'server.stale-challenge');
      if (known?.state !== 'joined') throw new Refused(403, 'hub.not-joined');
      const check = checkDetached({
        signature: Buffer.from(signature, 'base64'),
        content: Buffer.from(agencySessionText(fingerprint, agency, challenge)),
        authority: Buffer.from(known.member.details.authority, 'base64'),
        atMs: clock.nowMs(),
      });
      if (!check.ok) throw new Refused(401, 'hub.bad-signature');
      return { token: sessions.open(agency), seconds: sessionSeconds };
    },
    describe: async (agency, body) => {
      const member = checked(MemberSchema, body);
      const known = await store.member(agency);
      const isSame = member.id === agency && known?.member.details.fingerprint === member.details.fingerprint;
      // Said every ten minutes; what says nothing new needs no proof.
      const isNew = !isSame || canonicalJson(known.member.details) !== canonicalJson(member.details);
      if (!isNew) return { ok: true };
      if (!isSame || !isMemberSound(member, clock.nowMs())) throw new Refused(400, 'hub.unsound');
      await store.describe(member);
      return { ok: true };
    },
    directory: async () => ({
      members: (await store.members()).filter(({ state }) => state === 'joined').map(({ member }) => member),
    }),
    offer: async (agency, body) => {
      const { hash, size } = checked(PartSchema, body);
      // Nobody guesses the hash of what is sealed under a key nobody else has: whoever names it, made it.
      if ((await parts.size(hash)) === size) return { whole: true, have: [] };
      return { whole: false, have: folder.arrivingFrom(agency).have(hash) };
    },
    takePiece: async (agency, { place, query, bytes }) => {
      const { hash, piece } = checked(PlaceSchema, place);
      const { size } = checked(SizeSchema, query);
      const due = Math.max(0, Math.min(pieceBytes, size - piece * pieceBytes));
      if (!Buffer.isBuffer(bytes) || bytes.length !== due || due === 0) {
        throw new Refused(400, 'server.malformed');
      }
      const arriving = folder.arrivingFrom(agency);
      if (arriving.have(hash).length === 0 && arriving.count() >= mostArriving) {
        throw new Refused(429, 'server.too-many-files');
      }
      arriving.keep(hash, piece, bytes);
      if (arriving.have(hash).length < piecesOf(size)) return { whole: false };
      if (await arriving.finish({ hash, size }, piecesOf(size))) return { whole: true };
      throw new Refused(409, 'server.file-spoilt');
    },
    givePiece: async (agency, place) => {
      const { hash, piece } = checked(PlaceSchema, place);
      const mayFetch = (await store.mayFetch(agency, hash)) && (await parts.size(hash)) !== null;
      if (!mayFetch) throw new Refused(404, 'server.no-such-file');
      return Buffer.from(await parts.read(hash, piece * pieceBytes, pieceBytes));
    },
    hand: async (agency, body) => {
      const { parcel, again } = checked(HandRequestSchema, body);
      if (parcel.from !== agency) throw new Refused(403, 'hub.not-the-sender');
      const recipient = await store.member(parcel.to);
      if (recipient?.state !== 'joined') throw new Refused(409, 'hub.unknown-recipient');
      for (const { hash } of parcel.parts) {
        if ((await parts.size(hash)) === null) throw new Refused(409, 'hub.parts-missing');
      }
      await store.hand(parcel, { again, now: now() });
      for (const wake of waiting.get(parcel.to) ?? []) wake();
      return { taken: true };
    },
    collect: async (agency, body) => {
      const { waitSeconds, ...place } = checked(CollectRequestSchema, body);
      const look = async () => {
        const found = await store.after(agency, { ...place, now: now() });
        if (found !== null) return { restarted: false, parcels: [...found] };
        const all = await store.after(agency, { after: 0, known: null, now: now() });
        return { restarted: true, parcels: [...(all ?? [])] };
      };
      const first = await look();
      if (first.parcels.length > 0 || first.restarted || waitSeconds === 0) return first;
      await until(agency, waitSeconds * 1000);
      return look();
    },
    tidy: async () => {
      const gone = await store.tidy(instantFrom(clock.nowMs() - graceDays * 86_400_000));
      for (const hash of gone) await parts.remove(hash);
      if (gone.length > 0) say({ what: 'tidied', parts: gone.length });
    },
    wakeAll: () => {
      for (const all of waiting.values()) for (const wake of all) wake();
    },
  };
}
