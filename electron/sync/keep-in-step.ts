import { sign } from 'node:crypto';
import { WebSocket } from 'ws';
import { AppError, type AgencyId } from '#shared/kernel/public.ts';
import {
  ChallengeReplySchema,
  PullReplySchema,
  PushReplySchema,
  SessionReplySchema,
  sessionText,
  type PullReply,
  type PushReply,
} from '#shared/sync/public.ts';
import type { DeviceKey } from '../store/joined-desk.ts';
import type { Ask, Link } from './link.ts';
import { openDoor, type Door, type ServerAddress } from './server-door.ts';

export type StepParts = Readonly<{
  agencyId: AgencyId;
  device: DeviceKey;
  server: ServerAddress;
  link: Link;
  /** What the desk did not expect: told once, while the work goes on. */
  onFault: (error: unknown) => void;
}>;

/** Keeps a desk in step with its server until it is stopped. */
export type Keeper = Readonly<{
  /** Something was done here: ask soon. */
  nudge: () => void;
  stop: () => Promise<void>;
}>;

const restMs = 1000;

export function keepInStep(parts: StepParts): Keeper {
  const { link, server } = parts;
  const door = openDoor(server);
  let token: string | null = null;
  let isOver = false;
  let timer: NodeJS.Timeout | undefined;
  let working: Promise<void> = Promise.resolve();
  let wake: WebSocket | null = null;

  async function answer(ask: Ask): Promise<void> {
    if (ask.kind === 'push') {
      const reply: PushReply = await door.post('/v1/push', ask.request, PushReplySchema);
      link.pushed(reply, Date.now());
      return;
    }
    const reply: PullReply = await withSession((known) =>
      door.post('/v1/pull', ask.request, PullReplySchema, known),
    );
    link.pulled(reply, Date.now());
    listen();
  }

  async function withSession<Result>(work: (known: string) => Promise<Result>): Promise<Result> {
    token ??= await openSession(door, parts);
    try {
      return await work(token);
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'server.no-session') throw error;
      token = await openSession(door, parts);
      return work(token);
    }
  }

  async function turn(): Promise<void> {
    const ask = link.next(Date.now());
    if (ask === null) {
      schedule(restMs);
      return;
    }
    try {
      await answer(ask);
    } catch (error) {
      link.failed(Date.now());
      const isAway = error instanceof AppError && error.code === 'sync.server-away';
      if (!isAway) parts.onFault(error);
    }
    schedule(0);
  }

  function schedule(ms: number): void {
    if (isOver) return;
    clearTimeout(timer);
    timer = setTimeout(() => {
      working = turn();
    }, ms);
  }

  /** The server's word that something is new; without it a desk looks by itself. */
  function listen(): void {
    if (wake !== null || token === null || isOver) return;
    const socket = new WebSocket(new URL('/v1/wake', server.url.replace(/^https/u, 'wss')), {
      ca: server.authority,
      headers: { authorization: `Bearer ${token}` },
      handshakeTimeout: 10_000,
    });
    wake = socket;
    socket.on('message', () => {
      link.poke();
      schedule(0);
    });
    socket.on('error', () => socket.terminate());
    socket.on('close', () => {
      if (wake === socket) wake = null;
    });
  }

  schedule(0);
  return {
    nudge: () => {
      schedule(0);
    },
    stop: async () => {
      isOver = true;
      clearTimeout(timer);
      wake?.terminate();
      await working;
    },
  };
}

async function openSession(door: Door, { agencyId, device }: StepParts): Promise<string> {
  const { challenge } = await door.post('/v1/challenge', {}, ChallengeReplySchema);
  const text = sessionText(agencyId, device.id, challenge);
  const signature = sign(null, Buffer.from(text), device.key).toString('base64');
  const { token } = await door.post(
    '/v1/session',
    { device: device.id, challenge, signature },
    SessionReplySchema,
  );
  return token;
}
