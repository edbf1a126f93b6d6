import { once } from 'node:events';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { openDoor } from '#electron/sync/server-door.ts';
import { packedJson, packJson, unpackJson } from '#shared/node/http/public.ts';
import { makeServerIdentity } from '#shared/node/pdf-signing/public.ts';

const question = { commands: [{ command: { name: 'drafting.start', subject: 'Về việc nghỉ Tết' } }] };

test('a desk packs what it asks, and asks plainly where the server does not know the packing', async () => {
  const { certificate, key, authority } = makeServerIdentity({ hosts: ['127.0.0.1'], nowMs: Date.now() });
  const asked: string[] = [];
  let knowsPacking = true;
  const server = createServer({ cert: certificate, key }, (request, answer) => {
    const type = request.headers['content-type'] ?? '';
    asked.push(type);
    const isKnown = knowsPacking || type === 'application/json';
    const pieces: Buffer[] = [];
    request.on('data', (piece: Buffer) => pieces.push(piece));
    request.on('end', () => {
      const bytes = Buffer.concat(pieces);
      answer.statusCode = isKnown ? 200 : 415;
      answer.end(type === packedJson && isKnown ? unpackJson(bytes, 1000) : bytes);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const door = openDoor({ url: `https://127.0.0.1:${(server.address() as AddressInfo).port}`, authority });
  try {
    expect(await door.post('/v1/push', question, z.unknown())).toStrictEqual(question);
    knowsPacking = false;
    expect(await door.post('/v1/push', question, z.unknown())).toStrictEqual(question);
    expect(await door.post('/v1/push', question, z.unknown())).toStrictEqual(question);
    expect(asked).toStrictEqual([packedJson, packedJson, 'application/json', 'application/json']);
  } finally {
    server.closeAllConnections();
    server.close();
  }
});

test('what is packed is half as long, and no more of it is unpacked than may be', () => {
  const bytes = Buffer.from(JSON.stringify(question));
  expect(packJson(bytes).length).toBeLessThan(bytes.length / 2 + 20);
  expect(unpackJson(packJson(bytes), bytes.length)).toStrictEqual(bytes);
  expect(() => unpackJson(packJson(Buffer.alloc(10_000_000)), 8_000_000)).toThrow(RangeError);
  expect(() => unpackJson(bytes, 1000)).toThrow(/./u);
});
