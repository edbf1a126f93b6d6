import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { AppError } from '#shared/kernel/public.ts';
import { askOverHttp } from '#shared/node/http/public.ts';
import { askTimestamp } from '#shared/node/pdf-signing/evidence/timestamp.ts';
import { signedAt, signingOffice } from '../../support/signing-office.ts';
import { timeStampers } from '../../support/pki/time-stampers.ts';
import { startTsa, type Tsa, type TsaFault } from '../../support/pki/tsa.ts';

let tsa: Tsa;
beforeAll(async () => {
  const stampers = timeStampers(signingOffice().ca);
  tsa = await startTsa({ stampers, signer: stampers.onRsa, now: () => signedAt });
});
afterEach(() => tsa.break(null));
afterAll(() => tsa.close());

const ask = askOverHttp({ timeoutMs: 400 });

async function told(act: () => Promise<unknown>): Promise<string> {
  try {
    await act();
  } catch (error) {
    if (error instanceof AppError) return error.code;
    throw error;
  }
  return 'answered';
}

function stamp(url = tsa.url): Promise<string> {
  const service = { url, ask, newNonce: () => randomBytes(8) };
  return told(() => askTimestamp([Buffer.from('x')], service, signedAt));
}

function get(url: string): Promise<string> {
  return told(() => ask({ url, contentType: '', accept: '*/*', body: new Uint8Array() }));
}

describe('a service asked over the network', () => {
  test('answers, also when it has moved on its own host', async () => {
    expect(await stamp()).toBe('answered');
    tsa.break('redirect-home');
    expect(await stamp()).toBe('answered');
  });

  test.each<[TsaFault, string]>([
    ['silent', 'service-unreachable'],
    ['slow', 'service-silent'],
    ['oversized', 'service-reply-too-long'],
    ['endless', 'service-reply-too-long'],
    ['error-page', 'service-refused'],
    ['redirect-away', 'service-moved'],
    ['rubbish', 'timestamp-malformed'],
  ])('is given up with a reason when it does wrong (%s)', async (fault, code) => {
    tsa.break(fault);
    expect(await stamp()).toBe(`signing.${code}`);
  });

  test('is unreachable where nobody listens', async () => {
    const gone = await listening(() => undefined);
    await gone.close();
    expect(await stamp(gone.url)).toBe('signing.service-unreachable');
  });

  test.each(['ftp://127.0.0.1/', 'file:///etc/hostname', 'http://name:word@127.0.0.1/', 'tsa', ''])(
    'has an address of the web without a password in it (%s)',
    async (url) => {
      expect(await stamp(url)).toBe('signing.service-address');
    },
  );

  test('is not followed round and round, nor to another port', async () => {
    const round = await listening((request, response) => {
      response.writeHead(302, { location: `${request.url}x` }).end();
    });
    expect(await get(round.url)).toBe('signing.service-moved');
    const away = await listening((_, response) => response.writeHead(301, { location: tsa.url }).end());
    expect(await get(away.url)).toBe('signing.service-moved');
    await Promise.all([round.close(), away.close()]);
  });

  test('may send a list longer than an answer, fetched without a body', async () => {
    const methods: (string | undefined)[] = [];
    const list = await listening((request, response) => {
      methods.push(request.method);
      response.end(Buffer.alloc(3 * 1024 * 1024));
    });
    expect(await get(list.url)).toBe('answered');
    expect(methods).toEqual(['GET']);
    await list.close();
  });

  test('that drips its answer byte by byte is not waited for', async () => {
    const timers: NodeJS.Timeout[] = [];
    const drip = await listening((_, response) => {
      timers.push(setInterval(() => response.write('0'), 50));
    });
    expect(await get(drip.url)).toBe('signing.service-silent');
    for (const timer of timers) clearInterval(timer);
    await drip.close();
  });
});

type Listening = Readonly<{ url: string; close: () => Promise<void> }>;

function listening(
  answer: (request: IncomingMessage, response: ServerResponse) => unknown,
): Promise<Listening> {
  const server = createServer(answer);
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () =>
      resolve({
        // The address of a server that listens on TCP.
        url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
        close: () =>
          new Promise((done) => {
            server.closeAllConnections();
            server.close(() => done());
          }),
      }),
    );
  });
}
