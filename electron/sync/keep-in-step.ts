import type { z } from 'zod';
import {
  AppError,
  DocumentIdSchema,
  type AgencyId,
  type DocumentId,
  type PersonId,
} from '#shared/kernel/public.ts';
import {
  PullReplySchema,
  PushReplySchema,
  draftWake,
  type Guards,
  type PullReply,
  type PushReply,
} from '#shared/sync/public.ts';
import { ToldSchema, tellingWake, type Told } from '#shared/meetings/public.ts';
import type { Arriving, Blobs } from '#shared/node/blobs/public.ts';
import type { WriteDb } from '#shared/node/sqlite/public.ts';
import type { WantedFile } from '../store/files-between.ts';
import type { DeviceKey, JoinedDesk } from '../store/joined-desk.ts';
import type { DraftRoom } from '../store/draft-room.ts';
import { createDraftTraffic } from './draft-traffic.ts';
import { createFileTraffic } from './file-traffic.ts';
import { openSession } from './session.ts';
import { createSnapshotTraffic } from './snapshot-traffic.ts';
import type { Ask, Link, LinkState, ShutOut } from './link.ts';
import { outsideOf, type Outside } from './outside.ts';
import type { Lanes, ServerAddress } from './server-door.ts';

export type StepParts = Readonly<{
  agencyId: AgencyId;
  device: DeviceKey;
  server: ServerAddress;
  /** The way to the server and the time, where they are not the real ones. */
  outside?: Outside;
  link: Link;
  /** Where the desk keeps files; without it, none travel. */
  files: Readonly<{
    db: WriteDb;
    blobs: Blobs;
    arriving: Arriving;
    came: (file: WantedFile) => void;
    pieceBytes?: number;
  }> | null;
  /** What passes on the line; without it, as much as the line takes. */
  lanes?: Lanes;
  /** Under which names things wait for the person here. */
  whos?: () => readonly string[];
  /** Where scopes that come as files are put until they are laid on; without it, all comes by pages. */
  snapshots: Readonly<{ folder: string; dataKey: Uint8Array; desk: JoinedDesk }> | null;
  /** Where drafts are written here; without it, none travel. */
  drafts: Readonly<{ db: WriteDb; person: PersonId; room: DraftRoom; guards?: Guards }> | null;
  /** Something is told in a meeting of this person's. */
  told?: (told: Told) => void;
  /** The server will not have this desk as it is; nothing is asked any more. */
  onStopped: (because: Extract<LinkState, { kind: 'stopped' }>['because']) => void;
  /** What the desk did not expect: told once, while the work goes on. */
  onFault: (error: unknown) => void;
}>;

export type Speak = <Schema extends z.ZodType>(
  path: string,
  body: unknown,
  gives: Schema,
) => Promise<z.output<Schema>>;

/** Keeps a desk in step with its server until it is stopped. */
export type Keeper = Readonly<{
  /** Something was done here: ask soon. */
  nudge: () => void;
  /** A file is looked at that is not here yet. */
  fetchFiles: () => void;
  /** Gives and takes what is new of a draft; ends when that is done or cannot be. */
  evenDraft: (document: DocumentId) => Promise<void>;
  /** Asks the server one thing in this device's name. */
  speak: Speak;
  /** Nothing of the desk is touched from this call on. */
  stop: () => Promise<void>;
}>;

const restMs = 1000;
const lapsedRestMs = 5000;

export function keepInStep(parts: StepParts): Keeper {
  const { link } = parts;
  const { door, listen: listenTo, timers } = parts.outside ?? outsideOf(parts.server, parts.lanes);
  let token: string | null = null;
  let opening: Promise<string> | null = null;
  let isOver = false;
  let resumeAtMs = Infinity;
  let cancel = (): void => undefined;
  let working: Promise<void> = Promise.resolve();
  let line: Readonly<{ close: () => void }> | null = null;

  const traffic =
    parts.files === null
      ? null
      : createFileTraffic({
          ...parts.files,
          nowMs: timers.nowMs,
          device: parts.device.id,
          whos: parts.whos ?? (() => []),
          door,
          withSession,
          isOver: () => isOver,
          onFault: parts.onFault,
        });

  const snapshots =
    parts.snapshots === null
      ? null
      : createSnapshotTraffic({
          ...parts.snapshots,
          door,
          withSession,
          isOver: () => isOver,
          came: link.came,
          onFault: parts.onFault,
        });

  const writing =
    parts.drafts === null
      ? null
      : createDraftTraffic({
          ...parts.drafts,
          timers,
          door,
          withSession,
          isOver: () => isOver,
          onFault: parts.onFault,
        });

  async function answer(ask: Ask): Promise<void> {
    if (ask.kind === 'push') {
      // The server takes no command whose files it does not have.
      await traffic?.sendOwed();
      if (isOver) return;
      const reply: PushReply = await door.post('/v1/push', ask.request, PushReplySchema);
      if (isOver) return;
      link.pushed(reply, timers.nowMs());
      if (reply.stopped?.why !== 'certificate-over') return;
      // Opening a session renews it, where the key alone may.
      opening = null;
      await session();
      return;
    }
    const request = { ...ask.request, snapshots: snapshots?.wanted() ?? false };
    const reply: PullReply = await withSession((known) =>
      door.post('/v1/pull', request, PullReplySchema, known),
    );
    if (isOver) return;
    link.pulled(reply, timers.nowMs());
    if ('scopes' in reply && link.state().kind === 'busy') await snapshots?.take(reply);
    if (isOver) return;
    void traffic?.fetchWanted();
    writing?.look();
    listen();
  }

  /** One session for everything that is under way: the server knows the newest of a device only. */
  function session(): Promise<string> {
    opening ??= openSession(door, parts).then(
      (given) => {
        writing?.doubt();
        return (token = given);
      },
      (error: unknown) => {
        opening = null;
        throw error;
      },
    );
    return opening;
  }

  async function withSession<Result>(work: (known: string) => Promise<Result>): Promise<Result> {
    const known = session();
    try {
      return await work(await known);
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'server.no-session') throw error;
      // Whoever comes first asks for another one; the rest find it there, also while it is still on its way.
      if (opening === known) opening = null;
      return work(await session());
    }
  }

  async function turn(): Promise<void> {
    if (isOver) return;
    resumeWhenDue();
    const ask = nextAsk();
    if (ask === null) {
      schedule(restMs);
      return;
    }
    try {
      await answer(ask);
    } catch (error) {
      if (isOver) return;
      const stop = whyShutOut(error);
      if (stop === null) link.failed(timers.nowMs());
      else link.shutOut(stop);
      if (stop === 'certificate-over') resumeAtMs = timers.nowMs() + lapsedRestMs;
      const isAway = error instanceof AppError && notNow.has(error.code);
      if (!isAway) parts.onFault(error);
    }
    const state = link.state();
    if (state.kind === 'stopped') parts.onStopped(state.because);
    schedule(state.kind === 'stopped' ? restMs : 0);
  }

  /** What this desk has to ask; where that cannot even be read, nothing for now. */
  function nextAsk(): Ask | null {
    try {
      return link.next(timers.nowMs());
    } catch (error) {
      parts.onFault(error);
      return null;
    }
  }

  /** An administrator may let the certificate be renewed at any moment: it is asked for again, now and then. */
  function resumeWhenDue(): void {
    if (timers.nowMs() < resumeAtMs) return;
    resumeAtMs = Infinity;
    opening = null;
    link.resume();
  }

  function schedule(ms: number): void {
    if (isOver) return;
    cancel();
    cancel = timers.after(ms, () => {
      working = turn();
    });
  }

  /** The server's word that something is new; without it a desk looks by itself. */
  function listen(): void {
    if (line !== null || token === null || isOver) return;
    const opened = listenTo(token, {
      said: (text) => {
        if (text.startsWith(tellingWake)) {
          const told = ToldSchema.safeParse(parsed(text.slice(tellingWake.length)));
          if (told.success) parts.told?.(told.data);
          return;
        }
        const draft = DocumentIdSchema.safeParse(text.replace(draftWake, ''));
        if (draft.success) {
          writing?.woken(draft.data);
          return;
        }
        link.poke();
        schedule(0);
      },
      closed: () => {
        if (line !== opened) return;
        line = null;
        // The server may have gone: asked soon, and not by every desk in the same moment.
        link.poke();
        schedule(timers.chance() * restMs * 2);
      },
    });
    line = opened;
  }

  schedule(0);
  return {
    nudge: () => {
      schedule(0);
    },
    fetchFiles: () => {
      void traffic?.fetchWanted();
    },
    evenDraft: async (document) => writing?.even(document),
    speak: (path, body, gives) => withSession((known) => door.post(path, body, gives, known)),
    stop: async () => {
      isOver = true;
      cancel();
      line?.close();
      writing?.stop();
      await working;
    },
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** Not reached, or it has too much to carry: asked again later, and nothing to tell. */
const notNow: ReadonlySet<string> = new Set(['sync.server-away', 'server.busy']);

/** Answers that only somebody's act changes. */
function whyShutOut(error: unknown): ShutOut | null {
  if (!(error instanceof AppError)) return null;
  if (error.code === 'sync.certificate-lapsed') return 'certificate-over';
  if (error.code === 'server.revoked') return 'revoked';
  return error.code === 'server.unknown-device' ? 'unknown-device' : null;
}
