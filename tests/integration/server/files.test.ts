import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:https';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { systemClock } from '#electron/platform/clock.ts';
import { owedFiles } from '#electron/store/files-between.ts';
import { openDoor, type Door } from '#electron/sync/server-door.ts';
import { openSession } from '#electron/sync/session.ts';
import { HashSchema, type Hash } from '#shared/kernel/public.ts';
import { createBucket } from '#shared/node/traffic/public.ts';
import { OfferReplySchema, PieceReplySchema, pieceBytes, possessionText } from '#shared/sync/public.ts';
import {
  aLetter,
  agencyAtServer,
  enrolDesk,
  startDesk,
  until,
  type AgencyAtServer,
  type DeskIdentity,
} from '../../support/agency-server.ts';
import { aSummary, ids, someFields } from '../../support/builders.ts';

let at: AgencyAtServer;
let server: Awaited<ReturnType<AgencyAtServer['start']>>;
let clerk: DeskIdentity;
let officer: DeskIdentity;

beforeAll(async () => {
  at = agencyAtServer(20_449, ['clerk', 'officer', 'head', 'clerk']);
  server = await at.start();
  clerk = await enrolDesk(at, 'clerk');
  officer = await enrolDesk(at, 'officer');
});
afterAll(async () => {
  server.child.kill('SIGTERM');
  await once(server.child, 'exit');
  at.remove();
});

const hashOf = (bytes: Uint8Array): Hash =>
  HashSchema.parse(createHash('sha256').update(bytes).digest('hex'));

/** What one device says of its own, with its session. */
async function speaking(one: DeskIdentity) {
  const door: Door = openDoor(one.server);
  const token = await openSession(door, { agencyId: at.agencyId, device: one.device });
  return {
    offer: (bytes: Uint8Array, proof?: Hash) =>
      door.post(
        '/v1/files/offer',
        {
          hash: hashOf(bytes),
          size: bytes.length,
          proof: proof ?? hashOf(Buffer.concat([Buffer.from(possessionText(one.device.id)), bytes])),
        },
        OfferReplySchema,
        token,
      ),
    put: (hash: Hash, piece: number, size: number, bytes: Uint8Array) =>
      door.put(`/v1/files/${hash}/${piece}?size=${size}`, bytes, PieceReplySchema, token),
    get: (hash: Hash, piece: number, document: string) =>
      door.get(`/v1/files/${hash}/${piece}?document=${document}`, token),
    token,
  };
}

const cut = (bytes: Uint8Array, piece: number) =>
  bytes.subarray(piece * pieceBytes, (piece + 1) * pieceBytes);

test('a file goes in pieces, goes on where it was cut, and is there only when all of it fits its name', async () => {
  const says = await speaking(clerk);
  const bytes = new Uint8Array(randomBytes(3 * pieceBytes + 17));
  const hash = hashOf(bytes);
  expect(await says.offer(bytes)).toEqual({ whole: false, have: [] });
  for (const piece of [2, 0]) {
    expect(await says.put(hash, piece, bytes.length, cut(bytes, piece))).toEqual({ whole: false });
  }
  // The machine goes down in the middle of it: what it has, it has.
  server.child.kill('SIGKILL');
  await once(server.child, 'exit');
  server = await at.start();
  const again = await speaking(clerk);
  expect(await again.offer(bytes)).toEqual({ whole: false, have: [0, 2] });
  expect(await again.put(hash, 1, bytes.length, cut(bytes, 1))).toEqual({ whole: false });
  expect(await again.put(hash, 3, bytes.length, cut(bytes, 3))).toEqual({ whole: true });
  expect(await again.offer(bytes)).toEqual({ whole: true, have: [] });
});

test('who only knows a name learns nothing, and takes nothing out', async () => {
  const mine = await speaking(clerk);
  const theirs = await speaking(officer);
  const bytes = new Uint8Array(randomBytes(5000));
  const hash = hashOf(bytes);
  await mine.put(hash, 0, bytes.length, bytes);
  // The clerk's own proof is worth nothing in another's mouth, and nobody else's pieces are told of.
  const overheard = hashOf(Buffer.concat([Buffer.from(possessionText(clerk.device.id)), bytes]));
  expect(await theirs.offer(bytes, overheard)).toEqual({ whole: false, have: [] });
  expect(await theirs.offer(bytes)).toEqual({ whole: true, have: [] });
  const nobodys = systemClock.newId();
  await expect(theirs.get(hash, 0, nobodys)).rejects.toMatchObject({ code: 'server.no-such-file' });
});

test('what does not fit is refused, and leaves nothing', async () => {
  const says = await speaking(clerk);
  const bytes = new Uint8Array(randomBytes(2000));
  const wrong = hashOf(randomBytes(10));
  await expect(says.put(wrong, 0, bytes.length, bytes)).rejects.toMatchObject({ code: 'server.file-spoilt' });
  await expect(says.put(wrong, 0, bytes.length + 1, bytes)).rejects.toMatchObject({
    code: 'server.malformed',
  });
  await expect(says.put(wrong, 7, bytes.length, bytes)).rejects.toMatchObject({ code: 'server.malformed' });
  const hash = '../../../server' as Hash;
  await expect(says.put(hash, 0, bytes.length, bytes)).rejects.toMatchObject({
    code: expect.stringMatching(/^server[.](?:malformed|no-such-door)$/u) as string,
  });
  const arriving = join(at.data, 'blobs', 'arriving', clerk.device.id);
  expect(existsSync(join(arriving, wrong))).toBe(false);
  await expect(
    openDoor(clerk.server).put(`/v1/files/${wrong}/0?size=1`, new Uint8Array(1), PieceReplySchema, 'x'),
  ).rejects.toMatchObject({ code: 'server.no-session' });
});

test('a spoilt piece at the server is found before the file gets its name', async () => {
  const says = await speaking(clerk);
  const bytes = new Uint8Array(randomBytes(pieceBytes + 9));
  const hash = hashOf(bytes);
  await says.put(hash, 0, bytes.length, cut(bytes, 0));
  const piece = join(at.data, 'blobs', 'arriving', clerk.device.id, hash, '0');
  const sealed = readFileSync(piece);
  sealed[100] = (sealed[100] ?? 0) ^ 1;
  writeFileSync(piece, sealed);
  await expect(says.put(hash, 1, bytes.length, cut(bytes, 1))).rejects.toMatchObject({
    code: 'server.file-spoilt',
  });
  expect(await says.offer(bytes)).toEqual({ whole: false, have: [] });
});

test(
  'a command waits for its file; its readers fetch it, and nobody else can',
  { timeout: 60_000 },
  async () => {
    const head = await enrolDesk(at, 'head');
    const [a, b] = [startDesk(at, clerk), startDesk(at, head)];
    try {
      await until('both know the agency', () => [a, b].every(({ link }) => link.state().kind === 'even'));
      const letter = await aLetter(a, 2 * pieceBytes + 5);
      a.give('documents.receive', letter);
      a.give('documents.registerIncoming', {
        documentId: letter.documentId,
        fields: someFields(),
        presentTo: head.personId,
      });
      await until('it was decided', () => a.desk.owed().unsent === 0);
      expect(owedFiles(a.db)).toEqual([]);
      await until('the file is at the head’s desk', () => b.blobs.has(letter.file.hash), 30_000);
      expect(await b.blobs.verify(letter.file.hash)).toBe(true);
      const theirs = await speaking(officer);
      await expect(theirs.get(letter.file.hash, 0, letter.documentId)).rejects.toMatchObject({
        code: 'server.no-such-file',
      });
      // Its own reader is not given another file by naming that paper.
      const reader = await speaking(head);
      const other = (await aLetter(a)).file.hash;
      await expect(reader.get(other, 0, letter.documentId)).rejects.toMatchObject({
        code: 'server.no-such-file',
      });
    } finally {
      await a.stop();
      await b.stop();
    }
  },
);

test(
  'a server whose files are gone gets them from the desk that speaks of them',
  { timeout: 60_000 },
  async () => {
    const a = startDesk(at, clerk);
    try {
      const letter = await aLetter(a);
      await until('the way is there', () => a.link.state().kind === 'even');
      a.give('documents.receive', letter);
      await until('it was decided', () => a.desk.owed().unsent === 0);
      // The desk believes that the server has it; the server lost it meanwhile.
      const lost = join(at.data, 'blobs', letter.file.hash.slice(0, 2), letter.file.hash);
      rmSync(lost);
      const reply = { ...letter, documentId: systemClock.newId() };
      a.db.prepare('DELETE FROM file_owed').run();
      a.give('documents.receive', reply);
      a.db.prepare('DELETE FROM file_owed').run();
      await until('it came again', () => a.desk.owed().unsent === 0, 30_000);
      expect(readdirSync(join(at.data, 'blobs', letter.file.hash.slice(0, 2)))).toContain(letter.file.hash);
    } finally {
      await a.stop();
    }
  },
);

test(
  'a file that two papers had comes for the second when the first has it no more',
  { timeout: 60_000 },
  async () => {
    const a = startDesk(at, clerk);
    const file = { ...(await a.blobs.put(randomBytes(3000))), name: 'phụ lục.pdf', pages: 1 };
    const [first, second] = [ids.document(), ids.document()];
    await until('the way is there', () => a.link.state().kind === 'even');
    for (const documentId of [first, second]) {
      a.give('drafting.start', { documentId, summary: aSummary(), repliesTo: null });
      a.give('drafting.addAttachment', { documentId, file });
    }
    a.give('drafting.removeAttachment', { documentId: first, hash: file.hash });
    await until('all was decided', () => a.desk.owed().unsent === 0, 30_000);
    await a.stop();
    // Another machine of the same person hears of the first paper first.
    const b = startDesk(at, await enrolDesk(at, 'clerk', 1));
    try {
      await until('the file is there', () => b.blobs.has(file.hash) && b.filesToCome() === 0, 10_000);
    } finally {
      await b.stop();
    }
  },
);

test('a body longer than a piece is turned away while it comes', async () => {
  const { token } = await speaking(clerk);
  const status = await new Promise<number>((resolve, reject) => {
    const asked = request(
      `https://127.0.0.1:${at.port}/v1/files/${'a'.repeat(64)}/0?size=9000000`,
      {
        method: 'PUT',
        rejectUnauthorized: false,
        headers: { 'content-type': 'application/octet-stream', authorization: `Bearer ${token}` },
      },
      (answer) => {
        answer.resume();
        resolve(answer.statusCode ?? 0);
      },
    );
    asked.on('error', reject);
    asked.end(Buffer.alloc(3 * pieceBytes));
  }).catch(() => 413);
  expect(status).toBe(413);
});

test(
  'a limit on the line holds for what really passes, and a new one counts at once',
  { timeout: 60_000 },
  async () => {
    const lanes = { up: createBucket(512 * 1024), down: createBucket(512 * 1024) };
    const door = openDoor(clerk.server, lanes);
    const token = await openSession(door, { agencyId: at.agencyId, device: clerk.device });
    const bytes = new Uint8Array(randomBytes(2 * pieceBytes));
    const hash = hashOf(bytes);
    const put = (piece: number) =>
      door.put(`/v1/files/${hash}/${piece}?size=${bytes.length}`, cut(bytes, piece), PieceReplySchema, token);
    const since = performance.now();
    await put(0);
    // One mebibyte at half a mebibyte a second, of which one second's worth was saved up.
    expect(performance.now() - since).toBeGreaterThan(900);
    lanes.up.limit(16 * 1024);
    const sending = put(1);
    // Everything else does not wait behind it.
    const asked = performance.now();
    await door.post('/v1/challenge', {}, z.object({ challenge: z.string() }));
    expect(performance.now() - asked).toBeLessThan(3000);
    lanes.up.limit(null);
    expect(await sending).toEqual({ whole: true });
    expect(performance.now() - since).toBeLessThan(30_000);
  },
);

test(
  'a server carries no more than its own limit, and shows out whoever would wait too long',
  { timeout: 60_000 },
  async () => {
    server.child.kill('SIGTERM');
    await once(server.child, 'exit');
    server = await at.start('--limit-in', '256');
    const says = await speaking(clerk);
    const send = (bytes: Uint8Array) => says.put(hashOf(bytes), 0, bytes.length, bytes);
    const piece = () => new Uint8Array(randomBytes(pieceBytes / 2));
    const since = performance.now();
    await Promise.all([piece(), piece()].map(send));
    expect(performance.now() - since).toBeGreaterThan(1500);
    // The first that is shown out, of more than ten seconds' worth.
    const shownOut = await new Promise((first) => {
      for (let n = 0; n < 12; n += 1) send(piece()).catch(first);
    });
    expect(shownOut).toMatchObject({ code: 'server.busy' });
  },
);
