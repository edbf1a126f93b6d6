import { once } from 'node:events';
import { request as plain } from 'node:http';
import { request as secure } from 'node:https';
import { connect } from 'node:tls';
import type { ChildProcess } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { join as joinAgency } from '#electron/sync/join.ts';
import { outsideOf } from '#electron/sync/outside.ts';
import { openSession } from '#electron/sync/session.ts';
import { systemClock } from '#electron/platform/clock.ts';
import { agencyServer, openAgencyFolder } from '#server/main.ts';
import { documentAggregate } from '#shared/documents/public.ts';
import { readState } from '#electron/store/read-state.ts';
import { CommandIdSchema, HashSchema } from '#shared/kernel/public.ts';
import { readInvitation, writeInvitation } from '#shared/node/agency-log/public.ts';
import { packedJson, packJson } from '#shared/node/http/public.ts';
import { walkChain } from '#shared/node/sequencer/public.ts';
import { protocolVersion } from '#shared/sync/public.ts';
import {
  aLetter,
  agencyAtServer,
  enrolDesk,
  startDesk,
  until,
  type AgencyAtServer,
  type DeskIdentity,
} from '../../support/agency-server.ts';
import { someFields } from '../../support/builders.ts';

const rounds = Number(process.env['ANTIN_SERVER_KILL_ROUNDS'] ?? 8);

let at: AgencyAtServer;
let running: Awaited<ReturnType<AgencyAtServer['start']>>;
let clerk: DeskIdentity;
let head: DeskIdentity;

beforeAll(async () => {
  at = agencyAtServer(20_443, ['clerk', 'head', 'officer', 'chief', 'clerk']);
  running = await at.start();
  clerk = await enrolDesk(at, 'clerk');
  head = await enrolDesk(at, 'head');
});
afterAll(async () => {
  await ended(running.child, 'SIGTERM');
  at.remove();
});

async function ended(child: ChildProcess, signal: 'SIGTERM' | 'SIGKILL'): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
  const gone = once(child, 'exit');
  child.kill(signal);
  await gone;
  return child.exitCode;
}

describe('desks of one agency and their server, each a process or a file of its own', () => {
  it('what the clerk registers is at the head’s desk at once, with its number', async () => {
    const [a, b] = [startDesk(at, clerk), startDesk(at, head)];
    try {
      await until('both desks know the agency', () =>
        [a, b].every(({ link }) => link.state().kind === 'even'),
      );
      const body = await aLetter(a);
      a.give('documents.receive', body);
      a.give('documents.registerIncoming', {
        documentId: body.documentId,
        fields: someFields(),
        presentTo: at.agency.staff.head.id,
      });
      await until(
        'the head has it',
        () => readState(b.db, documentAggregate, body.documentId)?.state === 'registered',
      );
      await until('the clerk owes nothing', () => a.desk.owed().unsent === 0);
      const [own, theirs] = [a, b].map(({ db }) => readState(db, documentAggregate, body.documentId));
      expect(own).toEqual(theirs);
      expect([...a.faults, ...b.faults]).toEqual([]);
    } finally {
      await a.stop();
      await b.stop();
    }
  });

  it('whoever begins to listen is told to look once more: something may have been decided meanwhile', async () => {
    const outside = outsideOf(head.server);
    const token = await openSession(outside.door, { agencyId: at.agencyId, device: head.device });
    const said = Promise.withResolvers<string>();
    const line = outside.listen(token, {
      said: said.resolve,
      closed: () => said.reject(new Error('closed')),
    });
    expect(await said.promise).toBe('new');
    line.close();
  });

  it('what two did at once is decided once; the other sees both versions and is not blocked by it', async () => {
    const second = await enrolDesk(at, 'clerk', 1);
    const [a, b] = [startDesk(at, clerk), startDesk(at, second)];
    try {
      const body = await aLetter(a);
      await until('both know the agency', () => [a, b].every(({ link }) => link.state().kind === 'even'));
      a.give('documents.receive', body);
      await until('both have the letter', () => readState(b.db, documentAggregate, body.documentId) !== null);
      const register = { documentId: body.documentId, presentTo: at.agency.staff.head.id };
      a.give('documents.registerIncoming', { ...register, fields: someFields({ note: 'một' }) });
      b.give('documents.registerIncoming', { ...register, fields: someFields({ note: 'hai' }) });
      const later = b.give('documents.receive', await aLetter(b));
      await until('both are decided', () => [a, b].every(({ desk }) => desk.owed().unsent === 0));
      const late = [a, b].filter(({ desk }) => desk.owed().refused > 0);
      expect(late).toHaveLength(1);
      const [{ desk } = a] = late;
      const [one] = desk.refused();
      expect(one).toMatchObject({
        command: { name: 'documents.registerIncoming' },
        entry: { refusal: { code: expect.stringMatching(/^documents[.]/u) as string } },
      });
      const shown = (db: typeof a.db) => JSON.stringify(readState(db, documentAggregate, body.documentId));
      await until('both show the same', () => shown(a.db) === shown(b.db));
      // What came after it went its way.
      const { documentId } = later.body as { documentId: string };
      expect(readState(b.db, documentAggregate, documentId)?.state).toBe('arrived');
      if (one !== undefined) desk.settle(one.command.id);
      expect([desk.refused(), desk.owed().refused]).toEqual([[], 0]);
    } finally {
      await a.stop();
      await b.stop();
    }
  });

  it(
    `loses nothing while the server is killed ${rounds} times in the middle of it`,
    { timeout: 120_000 },
    async () => {
      const a = startDesk(at, clerk);
      const given: string[] = [];
      try {
        for (let round = 0; round < rounds; round += 1) {
          for (let count = 0; count < 12; count += 1) {
            given.push(a.give('documents.receive', await aLetter(a)).id);
            await new Promise((soon) => setTimeout(soon, 5 * (count % 3)));
          }
          await ended(running.child, 'SIGKILL');
          running = await at.start();
          a.link.poke();
        }
        await until('everything went out', () => a.desk.owed().unsent === 0, 60_000);
      } finally {
        await a.stop();
      }
      await ended(running.child, 'SIGTERM');
      const folder = openAgencyFolder(at.data);
      const entries = folder.log.entriesAfter(0, 100_000);
      folder.close();
      running = await at.start();
      expect(walkChain(entries)).toMatchObject({ ok: true });
      const decided = entries.map(({ entry }) => entry.command.id as string);
      expect(given.filter((id) => !decided.includes(id))).toEqual([]);
      expect(new Set(decided).size).toBe(decided.length);
    },
  );

  it('a desk that is believed no longer is told so, and stops', async () => {
    const officer = await enrolDesk(at, 'officer');
    await ended(running.child, 'SIGTERM');
    const folder = openAgencyFolder(at.data);
    const server = agencyServer({ folder, calendar: { holidays: [], extraWorkingDays: [] } });
    server.decide({
      id: CommandIdSchema.parse(systemClock.newId()),
      name: 'sync.revokeDevice',
      actor: at.agency.staff.administrator.id,
      onBehalfOf: null,
      claimedAt: systemClock.now(),
      body: { deviceId: officer.device.id, reason: 'Mất máy' },
    });
    folder.close();
    running = await at.start();
    const one = startDesk(at, officer);
    try {
      await until('it was told', () => one.faults.length > 0 || one.link.state().kind === 'stopped');
      expect(one.faults).toMatchObject([{ code: 'server.revoked' }]);
    } finally {
      await one.stop();
    }
  });

  it('goes down when asked, with everything ended', async () => {
    const exit = await ended(running.child, 'SIGTERM');
    expect(exit).toBe(0);
    running = await at.start();
  });
});

describe('who may join', () => {
  it('not with an invitation that was used', async () => {
    await expect(joinAgency(at.invitation('clerk'), 'máy', systemClock)).rejects.toMatchObject({
      code: 'sync.code-used',
    });
  });

  it('not at a server that is not the one invited to', async () => {
    const told = readInvitation(at.invitation('chief'));
    if (told === null) throw new Error('An invitation cannot be read');
    const forged = writeInvitation({ ...told, authority: HashSchema.parse('ab'.repeat(32)) });
    await expect(joinAgency(forged, 'máy', systemClock)).rejects.toMatchObject({ code: 'sync.stranger' });
  });

  it('not with another code, nor with half an invitation', async () => {
    const told = readInvitation(at.invitation('chief'));
    if (told === null) throw new Error('An invitation cannot be read');
    const guessed = writeInvitation({ ...told, code: 'AAAABBBBCCCCDDDD' });
    await expect(joinAgency(guessed, 'máy', systemClock)).rejects.toMatchObject({ code: 'sync.wrong-code' });
    const half = at.invitation('chief').slice(0, 80);
    await expect(joinAgency(half, 'máy', systemClock)).rejects.toMatchObject({ code: 'sync.no-invitation' });
  });
});

type Answer = Readonly<{ status: number; body: string }>;

function post(path: string, body: string | Buffer, headers: Record<string, string> = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const options = {
      method: 'POST',
      rejectUnauthorized: false,
      headers: { 'content-type': 'application/json', ...headers },
    };
    const request = secure(`https://127.0.0.1:${at.port}${path}`, options, (answer) => {
      const pieces: Buffer[] = [];
      answer.on('data', (piece: Buffer) => pieces.push(piece));
      answer.on('end', () => {
        resolve({ status: answer.statusCode ?? 0, body: Buffer.concat(pieces).toString() });
      });
    });
    request.on('error', reject);
    request.end(body);
  });
}

function get(path: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const request = secure(`https://127.0.0.1:${at.port}${path}`, { rejectUnauthorized: false }, (answer) => {
      let all = '';
      answer.on('data', (piece: Buffer) => (all += piece.toString()));
      answer.on('end', () => {
        resolve(all);
      });
    });
    request.on('error', reject);
    request.end();
  });
}

const signature = Buffer.alloc(64, 7).toString('base64');

function aPush(over: Record<string, unknown> = {}): string {
  const command = {
    id: systemClock.newId(),
    name: 'documents.receive',
    actor: at.agency.staff.clerk.id,
    onBehalfOf: null,
    claimedAt: systemClock.now(),
    body: {},
  };
  const commands = [{ dseq: 999, command, signature }];
  return JSON.stringify({
    version: protocolVersion,
    agencyId: at.agencyId,
    device: clerk.device.id,
    commands,
    ...over,
  });
}

type Hostile = readonly [name: string, body: () => string | Buffer, status: number, code: string];

const packedTooMuch = packJson(Buffer.from(`"${'x'.repeat(10_000_000)}"`));

const hostile: readonly Hostile[] = [
  ['a command nobody signed', () => aPush(), 200, 'bad-signature'],
  ['another agency’s command', () => aPush({ agencyId: systemClock.newId() }), 200, 'wrong-agency'],
  ['a desk nobody knows', () => aPush({ device: systemClock.newId() }), 200, 'unknown-device'],
  ['a program from the future', () => aPush({ version: protocolVersion + 1 }), 200, 'newer-version'],
  ['something that is no push', () => '{"commands": 7}', 400, 'server.malformed'],
  ['something that is no JSON', () => '{"commands": ', 400, 'server.malformed'],
  ['a name of another shape', () => aPush({ device: '../../etc/passwd' }), 400, 'server.malformed'],
  ['a packed command nobody signed', () => packJson(Buffer.from(aPush())), 200, 'bad-signature'],
  ['ten megabytes, packed into one', () => packedTooMuch, 400, 'server.malformed'],
  ['something that is not packed', () => Buffer.from('{"commands": []}'), 400, 'server.malformed'],
  ['a body of ten megabytes', () => `"${'x'.repeat(10_000_000)}"`, 413, 'server.too-large'],
];

describe('what comes from outside', () => {
  async function metric(name: string): Promise<number> {
    const text = await get('/metrics');
    return Number(new RegExp(`^${name} (\\d+)$`, 'mu').exec(text)?.[1] ?? Number.NaN);
  }

  it.for(hostile)('%s changes nothing and is told why', async ([, body, status, code]) => {
    const before = await metric('antin_head_seq');
    const sent = body();
    const type = typeof sent === 'string' ? 'application/json' : packedJson;
    const answer = await post('/v1/push', sent, { 'content-type': type }).catch(() => ({
      status: 413,
      body: 'server.too-large',
    }));
    expect(answer.status).toBe(status);
    expect(answer.body).toContain(code);
    expect(answer.body).not.toContain('    at ');
    expect(await metric('antin_head_seq')).toBe(before);
  });

  it('nobody pulls without a session, or in another’s name', async () => {
    const body = JSON.stringify({
      version: protocolVersion,
      agencyId: at.agencyId,
      device: clerk.device.id,
      known: {},
      limit: 10,
    });
    expect(await post('/v1/pull', body)).toMatchObject({ status: 401 });
    expect(await post('/v1/pull', body, { authorization: `Bearer ${'A'.repeat(43)}` })).toMatchObject({
      status: 401,
    });
    const { challenge } = JSON.parse((await post('/v1/challenge', '{}')).body) as { challenge: string };
    const asked = JSON.stringify({ device: clerk.device.id, challenge, signature });
    expect(await post('/v1/session', asked)).toMatchObject({
      status: 401,
      body: expect.stringContaining('bad-signature') as string,
    });
    expect(await post('/v1/session', asked)).toMatchObject({
      status: 401,
      body: expect.stringContaining('stale-challenge') as string,
    });
  });

  it('doors that are not there stay shut', async () => {
    for (const path of ['/v1/../../etc/passwd', '/v1/%2e%2e/agency.db', '/agency.db', '/v1/nothing']) {
      expect(await post(path, '{}')).toMatchObject({ status: 404 });
    }
  });

  it('speaks no plain HTTP, and no TLS older than 1.2', async () => {
    const answer = new Promise((resolve, reject) => {
      const request = plain(`http://127.0.0.1:${at.port}/health`, resolve);
      request.on('error', reject);
      request.end();
    });
    await expect(answer).rejects.toThrow();
    const versions = { minVersion: 'TLSv1', maxVersion: 'TLSv1.1' } as const;
    const socket = connect({ port: at.port, host: '127.0.0.1', rejectUnauthorized: false, ...versions });
    await expect(once(socket, 'secureConnect')).rejects.toThrow();
  });

  it('who sends one letter at a time is shown out', { timeout: 30_000 }, async () => {
    const socket = connect({ port: at.port, host: '127.0.0.1', rejectUnauthorized: false });
    await once(socket, 'secureConnect');
    socket.write('POST /v1/push HTTP/1.1\r\nHost: x\r\n');
    const drip = setInterval(() => socket.write('X'), 500);
    socket.on('error', () => undefined);
    socket.resume();
    await once(socket, 'close');
    clearInterval(drip);
    expect(await post('/v1/challenge', '{}')).toMatchObject({ status: 200 });
  });

  it('describes its doors from the schemas that check them', async () => {
    const text = await get('/v1/openapi.json');
    const described = JSON.parse(text) as { openapi: string; paths: Record<string, unknown> };
    expect(described.openapi).toBe('3.1.0');
    expect(Object.keys(described.paths)).toEqual([
      '/v1/push',
      '/v1/pull',
      '/v1/drafts/{document}',
      '/v1/tellings',
      '/v1/certificate',
      '/v1/here',
      '/v1/identity/begin',
      '/v1/identity/finish',
      '/v1/identity/keep',
      '/v1/identity/secret',
      '/v1/identity/digest',
      '/v1/identity/try',
      '/v1/exchange/alarms',
      '/v1/access/take',
      '/v1/access/find',
      '/v1/reading/piece',
      '/v1/votes/token',
      '/v1/votes/ballot',
      '/v1/challenge',
      '/v1/session',
    ]);
    expect(text).toContain('dseq');
  });
});
