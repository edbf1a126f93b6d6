import { createORPCClient, ORPCError, type ClientLink } from '@orpc/client';
import { RPCLink as PortLink } from '@orpc/client/message-port';
import { RPCLink as SocketLink } from '@orpc/client/websocket';
import type { ContractRouterClient } from '@orpc/contract';
import type { contract } from '#shared/contract.ts';
import {
  AppError,
  CommandIdSchema,
  RefusalSchema,
  uuidV7From,
  type CommandId,
  type Reply,
} from '#shared/kernel/public.ts';
import { corePort } from './core-port.ts';

type Link = ClientLink<Record<string, unknown>>;

let current: Promise<Link> | null = null;

/** The core, whichever way it is reached: a message port in the desktop window, a socket on this machine in a browser. */
export const core: ContractRouterClient<typeof contract> = createORPCClient({
  call: async (path, input, options) => {
    current ??= connect();
    try {
      const link = await current;
      return await link.call(path, input, options);
    } catch (error) {
      throw asAppError(error);
    }
  },
} satisfies Link);

/** A new id of the time-ordered kind (RFC 9562 5.7), made here and carried in the command. */
export function newId(): string {
  return uuidV7From(Date.now(), crypto.getRandomValues(new Uint8Array(10)));
}

export function newCommandId(): CommandId {
  return CommandIdSchema.parse(newId());
}

type Accepted = Extract<Reply, { ok: true }>;

/** Sends one command and gives what it became; a refusal is thrown with its code, so that it has its sentence. */
export async function ask<Body>(
  command: (input: { commandId: CommandId; body: Body }) => Promise<Reply>,
  body: Body,
): Promise<Accepted> {
  return accepted(await command({ commandId: newCommandId(), body }));
}

/** What a service's reply became; a refusal is thrown with its code. */
export function accepted(reply: Reply): Accepted {
  if (reply.ok) return reply;
  throw new AppError(reply.refusal.code, reply.refusal.params);
}

function connect(): Promise<Link> {
  const port = corePort();
  return port === null ? connectSocket() : Promise.resolve(new PortLink({ port }));
}

function connectSocket(): Promise<Link> {
  const websocket = new WebSocket(`ws://${location.host}/core`);
  const lost = new Promise<never>((_resolve, reject) => {
    websocket.addEventListener('close', () => {
      current = null;
      reject(new AppError('session.core-lost'));
    });
  });
  const opened = new Promise<Link>((resolve) => {
    websocket.addEventListener('open', () => {
      resolve(untilLost(new SocketLink({ websocket }), lost));
    });
  });
  return Promise.race([opened, lost]);
}

/** A call under way when the core goes away ends at once, instead of waiting for an answer that never comes. */
function untilLost(link: Link, lost: Promise<never>): Link {
  return { call: (path, input, options) => Promise.race([link.call(path, input, options), lost]) };
}

function asAppError(error: unknown): unknown {
  if (!(error instanceof ORPCError)) return error;
  const refusal = RefusalSchema.safeParse(error.data);
  return refusal.success ? new AppError(refusal.data.code, refusal.data.params, error) : error;
}
