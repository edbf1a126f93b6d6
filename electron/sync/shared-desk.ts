import { commandsByName } from '#shared/commands.ts';
import type { Changed } from '#shared/directory/public.ts';
import {
  AppError,
  isByServer,
  refuse,
  type Command,
  type CommandId,
  type DocumentId,
  type Hash,
  type Instant,
  type LogEntry,
  type PersonId,
  type Refusal,
  type Reply,
} from '#shared/kernel/public.ts';
import type { Arriving, Blobs } from '#shared/node/blobs/public.ts';
import { sqliteLog } from '#shared/node/sequencer/public.ts';
import { asStoreError } from '#shared/node/sqlite/public.ts';
import { createBucket } from '#shared/node/traffic/public.ts';
import { allGuards, type FileName, type TrafficLimits } from '#shared/sync/public.ts';
import { keepContact, lastContact } from '../store/contact.ts';
import type { Desk } from '../store/desk.ts';
import type { Tellings } from '../store/tellings.ts';
import type { DraftRoom } from '../store/draft-room.ts';
import { hurryFile } from '../store/files-between.ts';
import { hasFilesToGo } from '../store/loose-files.ts';
import { openJoinedDesk, type DeviceKey, type JoinedDesk, type JoinedParts } from '../store/joined-desk.ts';
import { hasUnrecordedNumber } from '../store/own-numbers.ts';
import { keepTrafficLimits, trafficLimits } from '../store/traffic-limits.ts';
import { askedOf } from '../store/whereabouts.ts';
import { keepInStep, type Keeper, type Speak } from './keep-in-step.ts';
import { createLink, type Link } from './link.ts';
import { openDoorAside, type ServerAddress } from './server-door.ts';

/** Whom to tell of what comes from the server by itself. */
export type Told = Readonly<{
  /** A file is here whole now. */
  onFile: (file: FileName) => void;
  /** The agency believes this desk no longer. */
  onRevoked: () => void;
  /** Something in the database could not be read while nobody asked for it. */
  onDamaged: () => void;
}>;

/** What a desk with a server has beside the desk itself. */
export type Shared = Readonly<{
  joined: JoinedDesk;
  link: Link;
  person: PersonId;
  device: DeviceKey;
  server: ServerAddress;
  /** When the server was last heard of, and what went wrong last that nobody expected. */
  heard: () => Readonly<{ at: Instant | null; fault: unknown }>;
  /** Told when papers were taken from this person. */
  onTaken: (listener: () => void) => void;
  /** Begins to keep in step; ends with `stop`. */
  begin: (told: Told) => void;
  stop: () => void;
  /** Nothing is sent or fetched until it goes on. */
  pause: () => void;
  goOn: () => void;
  isPaused: () => boolean;
  /** Gives and takes what is new of a draft, as long as somebody may be made to wait for it. */
  evenDraft: (document: DocumentId) => Promise<void>;
  /** Asks the server one thing in this device's name; fails at once where it does not answer. */
  speak: Speak;
  /** Asks it over a connection of its own, which nothing ties to this device. */
  speakAside: Speak;
  /** Whether the server answers, for what has no sense later; looked at anew if it did not lately. */
  isInReach: () => Promise<boolean>;
  /** How much of the line its files may take, from this moment on. */
  limitTraffic: (limits: TrafficLimits) => void;
  /** Throws `sync.file-not-here-yet` for a file on its way, and hurries it. */
  mustBeHere: (hash: Hash) => void;
}>;

export type SharedParts = Omit<JoinedParts, 'guards'> &
  Readonly<{
    server: ServerAddress;
    folder: string;
    dataKey: Uint8Array;
    blobs: Blobs;
    arriving: Arriving;
    drafts: DraftRoom;
    tellings: Tellings;
    /** Under which names things wait for its person. */
    whos: () => readonly string[];
  }>;

/** How long a desk may work without being heard of (`sync.md` 3.10). */
const leaseDays = 30;
const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;
/** How long somebody waits for the server's word before they are told that it is still out. */
const patienceMs = 4000;
/** The same where an answer that comes later is of no use. */
const longPatienceMs = 15_000;
const shortPatienceMs = 2000;

/** A desk of an agency with a server, in the shape in which the rooms of the office use any desk. */
export function openSharedDesk(parts: SharedParts): Readonly<{ desk: Desk; shared: Shared }> {
  const { agencyId, db, calendar, now, person, device, server, blobs, arriving } = parts;
  const joined = openJoinedDesk({ ...parts, guards: allGuards });
  const link = createLink(joined, Math.random);
  const log = sqliteLog(db);
  const waiting = new Map<CommandId, (reply: Reply) => void>();
  const watchers = new Set<(changed: Changed) => void>();
  const lanes = { up: createBucket(null), down: createBucket(null) };
  const narrow = ({ up, down }: TrafficLimits): void => {
    lanes.up.limit(up === null ? null : up * 1024);
    lanes.down.limit(down === null ? null : down * 1024);
  };
  narrow(trafficLimits(db));
  let keeper: Keeper | null = null;
  let whomToTell: Told | null = null;
  let isPaused = false;
  let heardAt: Instant | null = null;
  let fault: unknown = null;

  joined.onDecided((entry) => waiting.get(entry.command.id)?.(replyOf(entry)));

  /** A desk that nobody has heard of for weeks may be anybody's by now: it shows what it has until it is heard of again. */
  function whyNotNow(): Refusal | null {
    const heard = lastContact(db);
    const isOver = heard !== null && Date.parse(now()) - Date.parse(heard) > leaseDays * dayMs;
    return isOver ? refuse('sync.lease-over', { days: leaseDays }) : null;
  }

  function execute(asked: Command): Reply {
    const command = joined.numbered(asked);
    const refusal = whyNotNow() ?? whyNotLeave(command);
    if (refusal !== null) return { ok: false, refusal };
    if (isDecidedThere(command)) throw new Error(`${command.name} is for the server to decide: ask for it`);
    const reply = joined.execute(command);
    keeper?.nudge();
    return reply.ok ? { ...reply, seq: 0, acts: reply.acts.map(withoutNumber) } : reply;
  }

  /** A number out of a block counts for others once the server has it: until then nothing leaves with it. */
  function whyNotLeave({ name, body }: Command): Refusal | null {
    const document = name === 'documents.issue' ? documentOf({ body }) : null;
    const isOwn = document !== null && hasUnrecordedNumber(db, document);
    return isOwn ? refuse('sync.number-not-recorded') : null;
  }

  async function ask(wish: Command, hasNoUseLater = false): Promise<Reply> {
    const command = joined.numbered(wish);
    if (!isDecidedThere(command)) return told(command, execute(command));
    const document = documentOf(command);
    if (document !== null && askedOf(db, document) === command.name) {
      return { ok: false, refusal: refuse('sync.asked-already') };
    }
    const refusal = whyNotNow() ?? joined.enqueue(command);
    if (refusal !== null) return { ok: false, refusal };
    // Somebody waits for the answer: it is asked for now, however long the server was away.
    link.hurry();
    const mostMs = hasNoUseLater ? longPatienceMs : patienceMs;
    return answered(command.id, { ok: true, seq: 0, acts: [], waits: true }, mostMs);
  }

  /** A number out of this desk's block stands at once; with the server at hand its word comes first. */
  function told(command: Command, reply: Reply): Reply | Promise<Reply> {
    const document = documentOf(command);
    const isOwn = document !== null && hasUnrecordedNumber(db, document);
    if (!reply.ok || !isOwn || link.state().kind === 'away') return reply;
    return answered(command.id, reply, patienceMs);
  }

  async function answered(id: CommandId, otherwise: Reply, mostMs: number): Promise<Reply> {
    const { promise, resolve } = Promise.withResolvers<Reply>();
    waiting.set(id, resolve);
    const timer = setTimeout(() => resolve(otherwise), mostMs);
    keeper?.nudge();
    try {
      return await promise;
    } finally {
      clearTimeout(timer);
      waiting.delete(id);
    }
  }

  const desk: Desk = {
    agencyId,
    db,
    log,
    calendar,
    now,
    execute,
    ask,
    executeAll: (commands) => {
      return log.transaction(() => commands.map(execute));
    },
    onChanged: (listener) => {
      const stop = joined.onChanged(listener);
      watchers.add(listener);
      return () => {
        stop();
        watchers.delete(listener);
      };
    },
    rebuild: joined.rebuild,
  };

  const takers = new Set<() => void>();
  const shared: Shared = {
    joined,
    onTaken: (listener) => void takers.add(listener),
    link: {
      ...link,
      pulled: (reply, nowMs) => {
        link.pulled(reply, nowMs);
        const at = now();
        if (heardAt === null || Date.parse(at) - Date.parse(heardAt) > minuteMs) keepContact(db, at);
        heardAt = at;
        fault = null;
        if (hasFilesToGo(db)) for (const taker of takers) taker();
      },
    },
    person,
    device,
    server,
    heard: () => ({ at: heardAt, fault }),
    begin: (whom) => {
      whomToTell = whom;
      isPaused = false;
      keeper ??= keepInStep({
        agencyId,
        device,
        server,
        link: shared.link,
        files: {
          db,
          blobs,
          arriving,
          came: ({ document, hash, size }) => {
            whom.onFile({ hash, size });
            const changed: Changed = { seq: log.head().seq, kinds: ['document'], documents: [document] };
            for (const watcher of watchers) watcher(changed);
          },
        },
        snapshots: { folder: parts.folder, dataKey: parts.dataKey, desk: joined },
        drafts: { db, person, room: parts.drafts },
        told: (told) => {
          // Only this desk's one person is told here what the server gave it.
          parts.tellings.pass(told, (one) => one === person);
        },
        lanes,
        whos: parts.whos,
        onStopped: (because) => {
          if (because === 'revoked') whom.onRevoked();
        },
        onFault: (error) => {
          fault = error;
          if (asStoreError(error)?.code === 'store.damaged') whom.onDamaged();
        },
      });
    },
    stop: () => {
      void keeper?.stop();
      keeper = null;
    },
    pause: () => {
      shared.stop();
      isPaused = true;
    },
    goOn: () => {
      if (!isPaused || whomToTell === null) return;
      link.resume();
      shared.begin(whomToTell);
    },
    isPaused: () => isPaused,
    evenDraft: async (document) => {
      let timer: NodeJS.Timeout | undefined;
      const patience = new Promise<void>((resolve) => {
        timer = setTimeout(resolve, shortPatienceMs);
      });
      await Promise.race([keeper?.evenDraft(document), patience]);
      clearTimeout(timer);
    },
    speak: (path, body, gives) =>
      keeper === null
        ? Promise.reject(new AppError('sync.server-away', { host: new URL(server.url).host }))
        : keeper.speak(path, body, gives),
    speakAside: openDoorAside(server).post,
    isInReach: async () => {
      link.hurry();
      keeper?.nudge();
      const endMs = performance.now() + shortPatienceMs;
      while (link.state().kind === 'away' && performance.now() < endMs) {
        await new Promise((soon) => setTimeout(soon, 50));
      }
      return link.state().kind !== 'away';
    },
    limitTraffic: (limits) => {
      keepTrafficLimits(db, limits);
      narrow(limits);
    },
    mustBeHere: (hash) => {
      if (blobs.has(hash) || !hurryFile(db, hash)) return;
      keeper?.fetchFiles();
      throw new AppError('sync.file-not-here-yet');
    },
  };
  return { desk, shared };
}

type ReplyAct = Extract<Reply, { ok: true }>['acts'][number];

/** Nobody reads out a number that the server has not given. */
function withoutNumber(act: ReplyAct): ReplyAct {
  const { body } = act;
  if (typeof body !== 'object' || body === null || !('arrival' in body)) return act;
  // One out of this desk's own block is given.
  if (typeof body.arrival === 'object' && body.arrival !== null && 'lease' in body.arrival) return act;
  return { ...act, body: { ...body, arrival: undefined } };
}

function isDecidedThere({ name, body }: Command): boolean {
  return isByServer(commandsByName.get(name), body);
}

function documentOf({ body }: Pick<Command, 'body'>): string | null {
  if (typeof body !== 'object' || body === null || !('documentId' in body)) return null;
  return typeof body.documentId === 'string' ? body.documentId : null;
}

function replyOf({ refusal, seq, acts }: LogEntry): Reply {
  if (refusal !== null) return { ok: false, refusal };
  return { ok: true, seq, acts: acts.map(({ type, on, body }) => ({ type, on: { ...on }, body })) };
}
