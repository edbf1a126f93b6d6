import { AppError, type ErrorCode } from '#shared/kernel/public.ts';
import {
  backOffMs,
  type PullReply,
  type PullRequest,
  type PushReply,
  type PushRequest,
  type Stop,
} from '#shared/sync/public.ts';
import type { JoinedDesk } from '../store/joined-desk.ts';

export type Ask =
  Readonly<{ kind: 'push'; request: PushRequest }> | Readonly<{ kind: 'pull'; request: PullRequest }>;

/** How the desk stands with its server: at rest, at work, out of reach, or in need of a person. */
export type LinkState =
  | Readonly<{ kind: 'even' }>
  | Readonly<{ kind: 'busy' }>
  | Readonly<{ kind: 'away'; sinceMs: number }>
  | Readonly<{ kind: 'stopped'; because: Exclude<Stop, 'gap' | 'file-missing' | 'bad-signature'> }>;

/** Why a server will not speak with a desk. */
export type ShutOut = Extract<Stop, 'revoked' | 'unknown-device' | 'certificate-over'>;

/**
 * What a desk asks its server next, and when; it holds no connection itself, so that the same code runs over a real
 * network and in the simulation. One question at a time.
 */
export type Link = Readonly<{
  /** The next question, or null when there is none at this moment. */
  next: (nowMs: number) => Ask | null;
  pushed: (reply: PushReply, nowMs: number) => void;
  pulled: (reply: PullReply, nowMs: number) => void;
  failed: (nowMs: number) => void;
  /** The server will not speak with this desk any more. */
  shutOut: (because: ShutOut) => void;
  /** Something is new there, or here. */
  poke: () => void;
  /** Somebody waits: it is asked now, however long the server was away. */
  hurry: () => void;
  /** When to ask again at the latest, though nothing is known to be new. */
  wakeAt: () => number;
  state: () => LinkState;
  /** How many items are still to come of what the server has; null until it has said so once. */
  left: () => number | null;
  /** How many there were when they began to come; null where nothing is coming. */
  ofLeft: () => number | null;
  /** So many of them came beside the pages. */
  came: (items: number) => void;
  /** A person has mended what stopped it. */
  resume: () => void;
}>;

/** How often a desk looks by itself when nobody pokes it. */
export const pollMs = 30_000;
const pageItems = 500;

export function createLink(desk: JoinedDesk, chance: () => number): Link {
  let state: LinkState = { kind: 'busy' };
  let wantsPull = true;
  let isAsking = false;
  let failures = 0;
  let notBeforeMs = 0;
  let pollAtMs = 0;
  let left: number | null = null;
  let ofLeft: number | null = null;

  function stop(because: Stop, nowMs: number): void {
    if (because === 'gap') {
      wantsPull = true;
      return;
    }
    // A signature spoilt on its way is whole again the next time; a certificate is renewed meanwhile.
    if (because === 'file-missing' || because === 'bad-signature' || because === 'certificate-over') {
      notBeforeMs = nowMs + backOffMs(1, chance());
      return;
    }
    state = { kind: 'stopped', because };
  }

  function heard(nowMs: number): void {
    isAsking = false;
    failures = 0;
    notBeforeMs = nowMs;
    if (state.kind !== 'stopped') state = { kind: 'busy' };
  }

  /** No answer, or one of no use: what was sent may or may not have arrived, and the log will tell. */
  function lost(nowMs: number): void {
    isAsking = false;
    failures += 1;
    notBeforeMs = nowMs + backOffMs(failures, chance());
    wantsPull = true;
    if (state.kind !== 'away' && state.kind !== 'stopped') state = { kind: 'away', sinceMs: nowMs };
  }

  return {
    next: (nowMs) => {
      if (isAsking || state.kind === 'stopped' || nowMs < notBeforeMs) return null;
      if (nowMs >= pollAtMs) wantsPull = true;
      const push = wantsPull ? null : desk.nextPush();
      if (!wantsPull && push === null) {
        state = { kind: 'even' };
        return null;
      }
      isAsking = true;
      // What becomes new while the answer is on its way is asked for again.
      if (push === null) wantsPull = false;
      return push === null
        ? { kind: 'pull', request: desk.nextPull(pageItems) }
        : { kind: 'push', request: push };
    },
    pushed: (reply, nowMs) => {
      heard(nowMs);
      desk.pushed(reply);
      if (reply.results.length > 0) wantsPull = true;
      if (reply.stopped !== null) stop(reply.stopped.why, nowMs);
    },
    pulled: (reply, nowMs) => {
      heard(nowMs);
      if ('stopped' in reply) {
        stop(reply.stopped, nowMs);
        return;
      }
      try {
        desk.pulled(reply);
      } catch (error) {
        if (isCode(error, 'sync.profile-copied')) stop('copied', nowMs);
        else if (isCode(error, 'sync.page-does-not-fit')) lost(nowMs);
        else throw error;
        return;
      }
      wantsPull ||= reply.more;
      left = reply.left;
      ofLeft = left === 0 ? null : Math.max(ofLeft ?? 0, left);
      pollAtMs = nowMs + pollMs;
    },
    failed: lost,
    shutOut: (because) => {
      isAsking = false;
      state = { kind: 'stopped', because };
    },
    poke: () => {
      wantsPull = true;
    },
    hurry: () => {
      wantsPull = true;
      notBeforeMs = 0;
    },
    wakeAt: () => Math.max(notBeforeMs, Math.min(pollAtMs, desk.owed().unsent > 0 ? 0 : pollAtMs)),
    state: () => state,
    left: () => left,
    ofLeft: () => ofLeft,
    came: (items) => {
      if (left !== null) left = Math.max(0, left - items);
    },
    resume: () => {
      state = { kind: 'busy' };
      wantsPull = true;
      isAsking = false;
    },
  };
}

function isCode(error: unknown, code: ErrorCode): boolean {
  return error instanceof AppError && error.code === code;
}
