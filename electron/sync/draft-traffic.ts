import * as Y from 'yjs';
import { documentAggregate, whyNotWriter } from '#shared/documents/public.ts';
import { personAggregate } from '#shared/directory/public.ts';
import { AppError, type DocumentId, type PersonId } from '#shared/kernel/public.ts';
import { docOf, lacksOurs } from '#shared/node/draft-texts/public.ts';
import type { WriteDb } from '#shared/node/sqlite/public.ts';
import {
  DraftReplySchema,
  allGuards,
  seatSeconds,
  type DraftReply,
  type Guards,
} from '#shared/sync/public.ts';
import type { DraftRoom } from '../store/draft-room.ts';
import { isUnsafe } from '../store/outbox.ts';
import { prepared } from '../store/prepared.ts';
import { readState } from '../store/read-state.ts';
import type { Timers } from './outside.ts';
import type { Door } from './server-door.ts';

export type DraftTrafficParts = Readonly<{
  db: WriteDb;
  person: PersonId;
  room: DraftRoom;
  door: Door;
  timers: Timers;
  /** Asks with the token of the present session. */
  withSession: <Result>(work: (token: string) => Promise<Result>) => Promise<Result>;
  isOver: () => boolean;
  onFault: (error: unknown) => void;
  guards?: Guards;
}>;

/** Drafts on their way between this desk and its server: at once while somebody is at one, else now and then. */
export type DraftTraffic = Readonly<{
  /** The server says that somebody wrote at a draft. */
  woken: (document: DocumentId) => void;
  /** The server was heard of: every draft of this person is looked at, if that was not just done. */
  look: () => void;
  /** A new session began: the server may have been started anew, from a copy even. */
  doubt: () => void;
  /** Gives and takes everything of one draft, as far as the server can be had; the newest that can be known is here then. */
  even: (document: DocumentId) => Promise<void>;
  stop: () => void;
}>;

/** Keys come faster than questions are worth: what is written meanwhile goes together. */
const gatherMs = 120;
const lookEveryMs = 60_000;
const retryMs = 5000;
const seatMs = (seatSeconds * 1000) / 3;

export function createDraftTraffic(parts: DraftTrafficParts): DraftTraffic {
  const { db, room, door, timers, withSession, isOver, guards = allGuards } = parts;
  /** What the server had of a draft when it was last asked. */
  const theirs = new Map<DocumentId, Uint8Array>();
  const due = new Map<DocumentId, Readonly<{ atMs: number; cancel: () => void }>>();
  const under = new Map<DocumentId, Promise<void>>();
  let lookedAtMs = Number.NEGATIVE_INFINITY;
  let isDoubtful = true;

  function soon(document: DocumentId, ms = gatherMs): void {
    const atMs = timers.nowMs() + ms;
    const known = due.get(document);
    if (isOver() || (known !== undefined && known.atMs <= atMs)) return;
    known?.cancel();
    const cancel = timers.after(ms, () => {
      due.delete(document);
      void even(document);
    });
    due.set(document, { atMs, cancel });
  }

  function even(document: DocumentId): Promise<void> {
    const running = under.get(document);
    if (running !== undefined) return running.then(() => even(document));
    const done = exchange(document)
      .catch((error: unknown) => {
        theirs.delete(document);
        if (isOver()) return;
        if (error instanceof AppError && notNow.has(error.code)) return;
        parts.onFault(error);
      })
      .finally(() => {
        under.delete(document);
        // Whoever is at it is so for the others as long as this desk says so.
        if (room.here(document).length > 0) soon(document, theirs.has(document) ? seatMs : retryMs);
      });
    under.set(document, done);
    return done;
  }

  async function exchange(document: DocumentId): Promise<void> {
    if (isOver() || !isMine(document)) return;
    const known = theirs.get(document);
    const first = await ask(document, known ?? null);
    if (isOver()) return;
    const doc = room.read(document);
    const lacks = doc !== null && lacksOurs(doc, bytesOf(first.have));
    if (!first.open) {
      // It was submitted without what is here, which the server never had or lost with an old copy of it: that waits for
      // its writer to say what becomes of it.
      if (lacks && room.standing(document) !== 'late' && guards['draft-held']) room.holdBack(document);
      if (!lacks && room.standing(document) !== 'even') haveAll(document);
      return;
    }
    const isBehind = lacks && guards['draft-again'];
    if (known !== undefined && !isBehind) return;
    // Asked for the first time, or it came back from a copy: what it lacks is known now.
    await ask(document, bytesOf(first.have));
  }

  /** The server has every word of it, late ones too: they came there another way. */
  function haveAll(document: DocumentId): void {
    if (room.standing(document) === 'late') room.letJoin(document);
    room.even(document);
  }

  /** Gives what the server lacks, as far as it is known what it has; null only asks. */
  async function ask(document: DocumentId, known: Uint8Array | null): Promise<DraftReply> {
    const doc = room.read(document) ?? docOf([]);
    const isHeld = room.standing(document) === 'late';
    const writes = room.writes(document);
    const update = known === null || isHeld ? null : Y.encodeStateAsUpdate(doc, known);
    const reply = await withSession((token) =>
      door.post(
        `/v1/drafts/${document}`,
        {
          update: update === null ? null : Buffer.from(update).toString('base64'),
          have: Buffer.from(Y.encodeStateVector(doc)).toString('base64'),
          here: room.here(document).map(({ client, cursor }) => ({ client, cursor })),
        },
        DraftReplySchema,
        token,
      ),
    );
    if (isOver()) return reply;
    if (!isHeld && reply.update !== null) room.came(document, bytesOf(reply.update));
    theirs.set(document, bytesOf(reply.have));
    room.elsewhere(document, reply.others);
    const now = room.read(document);
    const hasAll = update !== null && now !== null && !lacksOurs(now, bytesOf(reply.have));
    if (reply.open && hasAll && room.writes(document) === writes) room.even(document);
    return reply;
  }

  function isMine(document: DocumentId): boolean {
    const paper = readState(db, documentAggregate, document);
    const me = readState(db, personAggregate, parts.person);
    return paper?.direction === 'outgoing' && whyNotWriter(paper, me) === null;
  }

  /**
   * Words of papers that are no longer this person's go, as the papers did; what only this desk has stays. So does what goes
   * with an act of this desk that no copy of the server has yet: it may bring the paper again.
   */
  function letGoOfOthers(): void {
    for (const document of room.documents()) {
      const isGone = readState(db, documentAggregate, document) === null;
      const isAsked = guards['draft-again'] && isUnsafe(db, document);
      if (isGone && !isAsked && room.standing(document) === 'even') room.forget(document);
    }
  }

  /** The drafts of this person; where the server may have come back from a copy, every paper with words of theirs. */
  function mine(): readonly DocumentId[] {
    const rows = prepared(
      db,
      `SELECT d.id FROM document d JOIN document_person p ON p.document = d.n
        WHERE p.person = ? AND d.direction = 'outgoing' AND d.state = 'draft'`,
    ).all(parts.person) as { id: DocumentId }[];
    const doubtful = isDoubtful && guards['draft-again'] ? room.documents() : room.ahead();
    return [...new Set([...rows.map(({ id }) => id), ...doubtful])];
  }

  async function lookAtAll(): Promise<void> {
    const all = mine();
    const wasDoubtful = isDoubtful;
    isDoubtful = false;
    for (const document of all) {
      if (isOver()) return;
      // Asked anew: the server may not be where it was.
      if (room.here(document).length === 0) theirs.delete(document);
      await even(document);
      if (wasDoubtful && isMine(document) && !theirs.has(document)) isDoubtful = true;
    }
  }

  room.onTouched((document) => {
    soon(document);
  });
  return {
    woken: (document) => {
      soon(document, 0);
    },
    look: () => {
      if (timers.nowMs() - lookedAtMs < lookEveryMs) return;
      lookedAtMs = timers.nowMs();
      letGoOfOthers();
      void lookAtAll().catch((error: unknown) => {
        isDoubtful = true;
        if (!isOver()) parts.onFault(error);
      });
    },
    doubt: () => {
      isDoubtful = true;
    },
    even,
    stop: () => {
      for (const { cancel } of due.values()) cancel();
      due.clear();
    },
  };
}

/** Not reached, or it has not heard of the draft yet: asked again later. */
const notNow: ReadonlySet<string> = new Set(['sync.server-away', 'server.no-such-draft']);

function bytesOf(text: string): Uint8Array {
  return Buffer.from(text, 'base64');
}
