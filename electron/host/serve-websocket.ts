import { randomBytes, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { RPCHandler } from '@orpc/server/ws';
import { WebSocketServer } from 'ws';
import { router } from '../features/index.ts';
import type { Core } from './core.ts';
import { serveFile } from './static-files.ts';

export type BrowserHost = Readonly<{ url: string; origin: string; close: () => Promise<void> }>;

const cookieName = 'antin-session';

/**
 * Serves the core and the built screens on 127.0.0.1 to a browser on this machine. The one-time token is swapped once
 * for an HttpOnly SameSite=Strict cookie; Host and Origin are checked on everything (`design.md` 13).
 */
export async function serveBrowser(
  core: Core,
  options: { port: number; screens: string },
): Promise<BrowserHost> {
  const token = randomBytes(32).toString('base64url');
  const cookie = randomBytes(32).toString('base64url');
  const handler = new RPCHandler(router);
  const sockets = new WebSocketServer({ noServer: true, maxPayload: 8 * 1024 * 1024 });
  let isTokenUsed = false;
  let origin = '';

  const server = createServer((request, response) => {
    if (request.headers.host !== origin.slice('http://'.length)) return refuse(response, 421);
    // Any page may ask this port for any address; one that cannot be read must not end the office.
    if (!URL.canParse(request.url ?? '/', origin)) return refuse(response, 400);
    const url = new URL(request.url ?? '/', origin);
    const offered = url.searchParams.get('token');
    if (offered !== null) {
      // A reload of the first address by its owner is let in by the cookie; the token itself works once.
      if (!hasCookie(request, cookie) && (isTokenUsed || !isSame(offered, token))) {
        return refuse(response, 403);
      }
      isTokenUsed = true;
      response.writeHead(303, {
        'set-cookie': `${cookieName}=${cookie}; HttpOnly; SameSite=Strict; Path=/`,
        location: url.pathname,
        'cache-control': 'no-store',
      });
      response.end();
      return;
    }
    if (!hasCookie(request, cookie)) return refuse(response, 403);
    void serveFile(options.screens, url.pathname, response);
  });

  server.on('upgrade', (request, socket, head) => {
    const isOurs =
      request.headers.origin === origin &&
      request.headers.host === origin.slice('http://'.length) &&
      hasCookie(request, cookie);
    if (!isOurs) {
      socket.destroy();
      return;
    }
    sockets.handleUpgrade(request, socket, head, (connection) => {
      void handler.upgrade(connection, { context: { sessions: core.sessions, sessionKey: cookie } });
    });
  });

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, '127.0.0.1', resolve);
  });
  // Listening on a TCP port, so the address is an object.
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    origin,
    url: `${origin}/?token=${token}`,
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets.clients) socket.terminate();
        sockets.close();
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

function hasCookie(request: IncomingMessage, cookie: string): boolean {
  const sent = (request.headers.cookie ?? '').split(';').map((part) => part.trim());
  return sent.some(
    (part) => part.startsWith(`${cookieName}=`) && isSame(part.slice(cookieName.length + 1), cookie),
  );
}

function isSame(a: string, b: string): boolean {
  const left = Buffer.from(a);
  const right = Buffer.from(b);
  return left.length === right.length && timingSafeEqual(left, right);
}

function refuse(response: ServerResponse, status: number): void {
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' });
  response.end();
}
