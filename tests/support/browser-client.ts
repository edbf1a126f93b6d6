import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/websocket';
import type { ContractRouterClient } from '@orpc/contract';
import { WebSocket } from 'ws';
import type { contract } from '#shared/contract.ts';

export type OfficeClient = ContractRouterClient<typeof contract>;

/** Comes in as a browser does: swaps the one-time token for the cookie, then opens the socket with it. */
export async function connectAsBrowser(url: string): Promise<{ client: OfficeClient; close: () => void }> {
  const { origin } = new URL(url);
  const entered = await fetch(url, { redirect: 'manual' });
  const cookie = entered.headers.get('set-cookie')?.split(';')[0];
  if (entered.status !== 303 || cookie === undefined) throw new Error(`The door answered ${entered.status}`);
  const socket = new WebSocket(`${origin.replace('http', 'ws')}/core`, { origin, headers: { cookie } });
  await new Promise<void>((resolve, reject) => {
    socket.once('open', resolve);
    socket.once('error', reject);
  });
  // The socket of `ws` speaks the browser's own interface; only its option types are drawn wider.
  const websocket = socket as unknown as globalThis.WebSocket;
  const client: OfficeClient = createORPCClient(new RPCLink({ websocket }));
  return { client, close: () => socket.terminate() };
}
