import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { systemClock } from '#electron/platform/clock.ts';
import { wholeLog } from '#shared/access/public.ts';
import { commandsByName } from '#shared/commands.ts';
import { roles, type CallName, type Role } from '#shared/directory/public.ts';
import { AgencyIdSchema, type Command, type PersonId } from '#shared/kernel/public.ts';
import { mostCommandsAPush, protocolVersion } from '#shared/sync/public.ts';
import { agencyAtServer, type AgencyAtServer } from '../../support/agency-server.ts';
import { aPerson, hashOf } from '../../support/builders.ts';
import { command, ofRole, openDoors, type AnyDesk, type Doors } from '../../support/hostile-desks.ts';
import { whoMay } from '../../support/who-may.ts';

let at: AgencyAtServer;
let doors: Doors;
const desks = new Map<Role, AnyDesk>();
let revoked: AnyDesk;
let left: AnyDesk;
let clerk: AnyDesk;

const head = () => doors.folder.log.head();
const administrator = () => at.agency.staff.administrator.id;

async function joins(role: Role): Promise<PersonId> {
  const known = ofRole(at, role);
  if (known !== null) return known;
  const {
    id,
    certificate: _certificate,
    active: _active,
    ...details
  } = aPerson({
    unit: at.agency.staff.clerk.unit,
    roles: [role],
  });
  await doors.decide(administrator(), 'directory.describePerson', { personId: id, details });
  return id;
}

beforeAll(async () => {
  at = agencyAtServer(20_481, []);
  doors = openDoors(at, at.agency.staff.administrator.id);
  for (const role of roles) desks.set(role, await doors.enrolled(await joins(role)));
  clerk = deskOf('clerk');
  revoked = await doors.enrolled(clerk.person);
  left = await doors.enrolled(at.agency.staff.colleague.id);
});
afterAll(async () => {
  await doors.close();
  at.remove();
});

function deskOf(role: Role): AnyDesk {
  const found = desks.get(role);
  if (found === undefined) throw new Error(`Nobody is ${role}`);
  return found;
}

const atTheDoor = new Set([
  'directory.not-your-role',
  'directory.only-the-server',
  'directory.person-left',
  'session.not-signed-in',
]);

/** There are more commands than one push may hold. */
async function pushInTurns(desk: AnyDesk, commands: readonly Command[]) {
  const results: Awaited<ReturnType<Doors['push']>>['results'] = [];
  for (let at = 0; at < commands.length; at += mostCommandsAPush) {
    results.push(...(await doors.push(desk, commands.slice(at, at + mostCommandsAPush))).results);
  }
  return results;
}

describe('every command, sent by a desk of every role', () => {
  test('has a line in the table', () => {
    expect([...commandsByName.keys()].filter((name) => !Object.hasOwn(whoMay, name))).toEqual([]);
  });

  test('is let in for whom the table names, and refused and logged for everybody else', async () => {
    const names = [...commandsByName.keys()];
    const walked = new Map(names.map((name) => [name, '']));
    for (const role of roles) {
      const desk = deskOf(role);
      const before = head().seq;
      // Without sense: whoever is let in is refused by the command's own rules.
      const results = await pushInTurns(
        desk,
        names.map((name) => command(desk.person, name, { nonsense: true })),
      );
      expect(results.map(({ refusal }) => refusal === null)).toEqual(names.map(() => false));
      expect(head().seq).toBe(before + names.length);
      for (const [place, name] of names.entries()) {
        const code = results[place]?.refusal?.code ?? '';
        walked.set(name, (walked.get(name) ?? '') + (atTheDoor.has(code) ? '.' : '+'));
      }
    }
    expect(Object.fromEntries(walked)).toEqual(
      Object.fromEntries(names.map((name) => [name, whoMay[name as CallName]])),
    );
  });

  test('is refused for a name that is no command, and in another’s name', async () => {
    const by = clerk.person;
    const { results } = await doors.push(clerk, [
      command(by, 'documents.page', {}),
      command(by, '__proto__', {}),
      command(by, 'toString', {}),
      { ...command(by, 'documents.receive', {}), onBehalfOf: at.agency.staff.head.id },
    ]);
    expect(results.map(({ refusal }) => refusal?.code)).toEqual([
      'kernel.unknown-command',
      'kernel.unknown-command',
      'kernel.unknown-command',
      'directory.not-for-another',
    ]);
  });

  test('is refused for who has left, whoever they were', async () => {
    const body = { personId: left.person, reason: 'Chuyển công tác' };
    await doors.decide(administrator(), 'directory.personLeaves', body);
    const names = [...commandsByName.keys()].filter((name) => name !== 'directory.found');
    const results = await pushInTurns(
      left,
      names.map((name) => command(left.person, name, {})),
    );
    expect(new Set(results.map(({ refusal }) => refusal?.code))).toEqual(new Set(['directory.person-left']));
  });
});

describe('what is not a desk’s own word', () => {
  const one = (): Command => command(clerk.person, 'documents.receive', { nonsense: true });
  const stopped = async (desk: AnyDesk, commands: readonly Command[], over: Record<string, unknown> = {}) => {
    const before = head();
    const reply = await doors.push(desk, commands, over);
    expect([reply.results, head()]).toEqual([[], before]);
    expect(doors.said.at(-1)).toMatchObject({ what: 'push stopped', why: reply.stopped?.why });
    return reply.stopped?.why;
  };

  test('a command nobody signed, one that was altered, one in a colleague’s name', async () => {
    const signature = randomBytes(64).toString('base64');
    const altered = one();
    expect([
      await stopped(clerk, [], { commands: [{ dseq: clerk.dseq + 1, command: altered, signature }] }),
      await stopped({ ...clerk, key: revoked.key }, [one()]),
      await stopped(clerk, [command(administrator(), 'directory.describePerson', {})]),
    ]).toEqual(['bad-signature', 'bad-signature', 'bad-signature']);
  });

  test('another agency’s, a stranger’s, one from the future, one out of its turn', async () => {
    const other = AgencyIdSchema.parse(systemClock.newId());
    const stranger = { ...clerk, device: systemClock.newId() as AnyDesk['device'] };
    expect([
      await stopped(clerk, [one()], { agencyId: other }),
      await stopped(stranger, [one()]),
      await stopped(clerk, [one()], { version: protocolVersion + 1 }),
      await stopped({ ...clerk, dseq: clerk.dseq + 5 }, [one()]),
      await stopped({ ...clerk, dseq: clerk.dseq - 1 }, [one()]),
    ]).toEqual(['wrong-agency', 'unknown-device', 'newer-version', 'gap', 'copied']);
  });

  test('the same command again is answered as the first time, and under other words refused', async () => {
    const sent = one();
    const first = await doors.push(clerk, [sent]);
    const after = head();
    const replay = await doors.push({ ...clerk, dseq: clerk.dseq - 1 }, [sent]);
    expect([replay.results, head()]).toEqual([first.results, after]);
    const reused = await doors.push({ ...clerk }, [{ ...sent, body: { other: 'words' } }]);
    expect(reused.results.map(({ refusal }) => refusal?.code)).toEqual(['kernel.command-id-reused']);
    expect(head()).toEqual(after);
  });
});

/** What a door says to nobody, a made-up token, a desk taken back, one whose person left, and a desk that is believed. */
type Said = readonly [nobody: number, guessed: number, revoked: number, left: number, believed: number];
const file = hashOf(5);
const aBallot = {
  serial: 'a'.repeat(43),
  prefix: 'AA==',
  token: 'AA==',
  choice: { is: 'motion', side: 'yes' },
  signature: `${'A'.repeat(86)}==`,
};
const words = { update: null, have: 'AA==', here: [] };
const asking: Readonly<Record<string, Readonly<{ url?: string; body?: () => object; said: Said }>>> = {
  'GET /health': { said: [200, 200, 200, 200, 200] },
  'GET /ready': { said: [200, 200, 200, 200, 200] },
  'GET /metrics': { said: [200, 200, 200, 200, 200] },
  'GET /v1/openapi.json': { said: [200, 200, 200, 200, 200] },
  'POST /v1/challenge': { body: () => ({}), said: [200, 200, 200, 200, 200] },
  // No token opens these: the device's own signature does.
  'POST /v1/session': { body: () => ({}), said: [400, 400, 400, 400, 400] },
  'POST /v1/certificate': { body: () => ({}), said: [400, 400, 400, 400, 400] },
  'POST /v1/here': { body: () => ({}), said: [200, 200, 200, 200, 200] },
  // Nor these: who begins signs with the key it joins with, or the one of its door.
  'POST /v1/identity/begin': { body: () => ({}), said: [400, 400, 400, 400, 400] },
  'POST /v1/identity/finish': { body: () => ({}), said: [400, 400, 400, 400, 400] },
  // Nobody arranged a provider here.
  'POST /v1/identity/keep': {
    body: () => ({ secret: randomBytes(32).toString('base64'), doorKey: randomBytes(32).toString('base64') }),
    said: [401, 401, 401, 403, 403],
  },
  // A clerk is no administrator.
  'POST /v1/identity/secret': { body: () => ({ secret: null }), said: [401, 401, 403, 403, 403] },
  'POST /v1/identity/digest': { body: () => ({ text: '079200000001' }), said: [401, 401, 403, 403, 403] },
  'POST /v1/identity/try': { body: () => ({}), said: [401, 401, 403, 403, 403] },
  'POST /v1/exchange/alarms': { body: () => ({}), said: [401, 401, 403, 403, 403] },
  'POST /v1/access/take': {
    body: () => ({ after: '0'.repeat(64), lines: [] }),
    said: [401, 401, 401, 403, 200],
  },
  // A clerk looks over nobody.
  'POST /v1/access/find': {
    body: () => ({ filter: wholeLog, by: 'line', offset: 0, limit: 10 }),
    said: [401, 401, 401, 403, 403],
  },
  // Nothing was lent.
  'POST /v1/reading/piece': {
    body: () => ({ reading: systemClock.newId(), offset: 0 }),
    said: [401, 401, 401, 403, 404],
  },
  // No vote was opened.
  'POST /v1/votes/token': {
    body: () => ({ vote: systemClock.newId(), voter: clerk.person }),
    said: [401, 401, 401, 403, 404],
  },
  // Nobody says who they are here: the ballot speaks for itself.
  'POST /v1/votes/ballot': {
    body: () => ({ vote: systemClock.newId(), ballot: aBallot }),
    said: [409, 409, 409, 409, 409],
  },
  'POST /v1/push': { body: () => ({}), said: [400, 400, 400, 400, 400] },
  // A desk that was taken back is told so in the answer; who left sees what everybody's desk shows.
  'POST /v1/pull': {
    body: () => ({ version: protocolVersion, agencyId: at.agencyId, known: {}, limit: 10 }),
    said: [401, 401, 200, 200, 200],
  },
  'POST /v1/files/offer': {
    body: () => ({ hash: file, size: 1, proof: file }),
    said: [401, 401, 401, 403, 200],
  },
  'PUT /v1/files/:hash/:piece': { url: `/v1/files/${file}/0?size=1`, said: [401, 401, 401, 403, 409] },
  'GET /v1/files/:hash/:piece': {
    url: `/v1/files/${file}/0?document=${systemClock.newId()}`,
    said: [401, 401, 401, 403, 404],
  },
  'GET /v1/snapshots/:hash/:piece': {
    url: `/v1/snapshots/${file}/0?scope=agency`,
    said: [401, 401, 401, 403, 404],
  },
  'POST /v1/tellings': {
    body: () => ({
      meetingId: systemClock.newId(),
      telling: { is: 'signal', from: 'w', to: null, signal: { is: 'here' } },
    }),
    said: [401, 401, 401, 403, 403],
  },
  'POST /v1/drafts/:document': {
    url: `/v1/drafts/${systemClock.newId()}`,
    body: () => words,
    said: [401, 401, 404, 404, 404],
  },
};

describe('every door of the server', () => {
  const tokens: (string | null)[] = [];
  const speakers: (AnyDesk | null)[] = [];

  beforeAll(async () => {
    speakers.push(null, null, revoked, left, clerk);
    tokens.push(null, 'A'.repeat(43));
    for (const desk of [revoked, left, clerk]) tokens.push(await doors.token(desk));
    const body = { deviceId: revoked.device, reason: 'Mất máy' };
    await doors.decide(administrator(), 'sync.revokeDevice', body);
  });

  test('is in the table', () => {
    expect(doors.routes()).toEqual(Object.keys(asking).toSorted());
  });

  test.each(Object.keys(asking))('%s answers each as it should, and changes nothing', async (door) => {
    const before = head();
    const [method = '', path = ''] = door.split(' ');
    const { url = path, body, said } = asking[door] ?? { said: [] };
    const statuses = [];
    for (const [place, token] of tokens.entries()) {
      const device = speakers[place]?.device ?? clerk.device;
      const isPiece = method === 'PUT';
      const { statusCode } = await doors.ask(method as 'GET' | 'POST' | 'PUT', url, {
        ...(body === undefined ? {} : { body: { device, ...body() } }),
        ...(isPiece ? { body: Buffer.alloc(1) } : {}),
        headers: {
          ...(token === null ? {} : { authorization: `Bearer ${token}` }),
          ...(isPiece ? { 'content-type': 'application/octet-stream' } : {}),
        },
      });
      statuses.push(statusCode);
    }
    expect([statuses, head()]).toEqual([said, before]);
  });

  test('opens no session for a desk taken back, nor for one that signed for another agency', async () => {
    const other = AgencyIdSchema.parse(systemClock.newId());
    expect([await doors.token(revoked), await doors.token(clerk, other)]).toEqual(['refused', 'refused']);
  });

  test('tells a desk taken back so, whatever it sends, and tells who left only who is who', async () => {
    const pull = async (desk: AnyDesk, token: string | null | undefined) => {
      const body = {
        version: protocolVersion,
        agencyId: at.agencyId,
        known: {},
        limit: 10,
        device: desk.device,
      };
      return (
        await doors.ask('POST', '/v1/pull', { body, headers: { authorization: `Bearer ${token}` } })
      ).json<{
        stopped?: string;
        scopes?: object;
      }>();
    };
    expect(await pull(revoked, tokens[2])).toEqual({ stopped: 'revoked' });
    expect(Object.keys((await pull(left, tokens[3])).scopes ?? {})).toEqual([]);
    const { stopped } = await doors.push(revoked, [command(revoked.person, 'documents.receive', {})]);
    expect(stopped?.why).toBe('revoked');
  });

  test.each([
    '/v1/files/..%2f..%2fserver.key/0?size=1',
    '/v1/files/../../agency.db/0?size=1',
    `/v1/files/${file}%00/0?size=1`,
    `/v1/files/${file.toUpperCase().replace(/.$/u, 'G')}/0?size=1`,
    `/v1/files/${file}/-1?size=1`,
    `/v1/files/${file}/0.5?size=1`,
    `/v1/files/${file}/1e9?size=1`,
    `/v1/files/${file}/0?size=99999999999999`,
  ])('%s is no place for a file', async (url) => {
    const before = head();
    const headers = { authorization: `Bearer ${tokens[4]}`, 'content-type': 'application/octet-stream' };
    const { statusCode, body } = await doors.ask('PUT', url, { body: Buffer.alloc(1), headers });
    expect([400, 404]).toContain(statusCode);
    expect(body).toMatch(/^\{"code":"server[.](?:malformed|no-such-door)"/u);
    expect(head()).toEqual(before);
  });
});
