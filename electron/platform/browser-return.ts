import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { AppError } from '#shared/kernel/public.ts';
import { wordsOf } from './words.ts';

/** Where a browser comes back to that was sent to a sign-in elsewhere (RFC 8252 7.3). */
export type BrowserReturn = Readonly<{
  redirect: string;
  /** The query it came back with, for the sign-in of this `state`; fails when nobody came in time. */
  answer: (state: string) => Promise<string>;
  close: () => void;
}>;

const livesMs = 10 * 60_000;

/** Listens on this machine alone, for one return. */
export async function awaitBrowser(): Promise<BrowserReturn> {
  let expected: string | null = null;
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  // Whoever gives up before anybody waits has nothing to hear of it.
  promise.catch(() => undefined);
  const server = createServer((request, response) => {
    const { port } = server.address() as AddressInfo;
    const url = new URL(request.url ?? '/', `http://127.0.0.1:${port}`);
    const isHere = request.headers.host === `127.0.0.1:${port}` && request.method === 'GET';
    const isOurs = expected !== null && url.searchParams.get('state') === expected;
    if (!isHere || url.pathname !== '/' || !isOurs) {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': "default-src 'none'",
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-store',
      connection: 'close',
    });
    response.end(page());
    resolve(url.search.slice(1));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const close = (): void => {
    clearTimeout(timer);
    reject(new AppError('identity.stale'));
    server.close();
  };
  const timer = setTimeout(close, livesMs);
  return {
    redirect: `http://127.0.0.1:${port}/`,
    answer: (state) => {
      expected = state;
      return promise;
    },
    close,
  };
}

function page(): string {
  const said = (['vi', 'en'] as const).map(
    (language) => `<p lang="${language}">${wordsOf(language)('session.identity.back')}</p>`,
  );
  return `<!doctype html><html lang="vi"><meta charset="utf-8"><title>Ấn Tín</title>${said.join('')}</html>`;
}
