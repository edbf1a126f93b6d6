import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { openHubDoor, type HubDoor } from '#server/features/exchange/hub-door.ts';
import { openHubFolder, startHub, type HubFolder } from '#server/main.ts';
import {
  agencySessionText,
  usualCard,
  type Member,
  type Parcel,
  type PeerDetails,
} from '#shared/exchange/public.ts';
import { AppError, hashBytes, instantFrom, type AgencyId } from '#shared/kernel/public.ts';
import { makeIdentity, openIdentity, signAs, type ExchangeIdentity } from '#shared/node/exchange/public.ts';
import { buildCades } from '#shared/node/pdf-signing/public.ts';
import { codeHashOf } from '#shared/sync/public.ts';
import { ids } from '../../support/builders.ts';
import { consignmentId } from '../../support/exchange.ts';

/** Who comes: nobody with a key, an agency the hub never heard of, another that is joined, one that was ended, the right one. */
const comers = ['no key', 'unknown', 'other', 'ended', 'right'] as const;
type Comer = (typeof comers)[number];
const [no, left] = ['hub.no-session', 'hub.not-joined'];

/** What each is told at each door, written out and not derived from the hub. */
const told: Readonly<Record<string, readonly string[]>> = {
  'GET /health': ['ok', 'ok', 'ok', 'ok', 'ok'],
  'GET /ready': ['ok', 'ok', 'ok', 'ok', 'ok'],
  // Nobody is let in by it: a code makes an agency known, and a person admits it. One that is known hears how it stands.
  'POST /x1/join': ['hub.unsound', 'hub.wrong-code', 'hub.wrong-code', 'ok', 'ok'],
  'POST /x1/challenge': ['ok', 'ok', 'ok', 'ok', 'ok'],
  'POST /x1/session': ['hub.bad-signature', left, 'hub.bad-signature', left, 'ok'],
  'POST /x1/describe': [no, no, 'hub.unsound', left, 'ok'],
  'POST /x1/directory': [no, no, 'ok', left, 'ok'],
  'POST /x1/parts/offer': [no, no, 'ok', left, 'ok'],
  'PUT /x1/parts/:hash/:piece': [no, no, 'ok', left, 'ok'],
  'GET /x1/parts/:hash/:piece': [no, no, 'server.no-such-file', left, 'ok'],
  'POST /x1/hand': [no, no, 'hub.not-the-sender', left, 'ok'],
  'POST /x1/collect': [no, no, 'ok', left, 'ok'],
};

const home = mkdtempSync(join(tmpdir(), 'Ấn Tín cửa trục '));
let hub: HubFolder;
let close: () => Promise<void>;
let door: HubDoor;
/** Lies at the hub for the right one. */
const bytes = randomBytes(40);
const part = { hash: hashBytes(bytes), size: bytes.length };
let lying: Parcel;

type Agency = Readonly<{ id: AgencyId; identity: ExchangeIdentity; member: Member; token: string }>;
const agencies = new Map<Comer, Agency>();

function agency(who: Comer): Agency {
  const found = agencies.get(who);
  if (found === undefined) throw new Error(`Nobody is ${who}`);
  return found;
}

async function memberOf(id: AgencyId, identity: ExchangeIdentity): Promise<Member> {
  const details: PeerDetails = {
    name: 'Cơ quan',
    codes: [],
    authority: Buffer.from(identity.authority).toString('base64'),
    fingerprint: identity.fingerprint,
    sealing: Buffer.from(identity.sealing.certificate).toString('base64'),
    card: usualCard,
  };
  return { id, details, signature: await signAs(identity, 'member', { id, details }) };
}

/** A session in the name of one agency, signed with the keys of perhaps another. */
async function session(id: AgencyId, identity: ExchangeIdentity): Promise<string> {
  const gives = z.object({ challenge: z.string() });
  const { challenge } = await door.post('/x1/challenge', {}, { gives });
  const text = Buffer.from(agencySessionText(hub.fingerprint, id, challenge));
  const signed = await buildCades(createHash('sha256').update(text).digest(), identity.signing);
  const asked = { agency: id, challenge, signature: Buffer.from(signed).toString('base64') };
  return (await door.post('/x1/session', asked, { gives: z.object({ token: z.string() }) })).token;
}

beforeAll(async () => {
  hub = await openHubFolder(join(home, 'trục'), { alone: true });
  const running = await startHub({
    folder: hub,
    host: '127.0.0.1',
    port: 0,
    graceDays: 30,
    backups: null,
    say: () => undefined,
  });
  close = running.close;
  door = openHubDoor({ url: running.url, authority: hub.identity.authority });
  const dataKey = randomBytes(32);
  const now = instantFrom(Date.now());
  for (const who of comers.slice(1)) {
    const id = ids.agency();
    const identity = openIdentity(makeIdentity(who, now, dataKey), dataKey);
    const member = await memberOf(id, identity);
    let token = randomBytes(32).toString('base64url');
    if (who !== 'unknown') {
      const code = codeHashOf(who);
      await hub.store.invite(code, instantFrom(Date.now() + 60_000));
      await hub.store.join(code, member, now);
      await hub.store.settle(id, 'joined');
      token = await session(id, identity);
    }
    agencies.set(who, { id, identity, member, token });
  }
  await hub.store.settle(agency('ended').id, 'ended');
  const [from, to] = [agency('other').id, agency('right').id];
  lying = { version: 1, id: consignmentId(), from, to, cover: 'AAAA', parts: [part] };
  await door.put(
    `/x1/parts/${part.hash}/0?size=${part.size}`,
    bytes,
    z.object({ whole: z.literal(true) }),
    agency('other').token,
  );
  await hub.store.hand(lying, { again: false, now });
}, 60_000);
afterAll(async () => {
  await close();
  rmSync(home, { recursive: true, force: true });
});

type Knock = (who: Comer, token: string) => Promise<unknown>;
const anything = z.unknown();
const post = (path: string, body: unknown, token: string): Promise<unknown> =>
  door.post(path, body, { gives: anything, ...(token === '' ? {} : { token }) });

/** What is said at each door: whoever is not the right one tries what is the right one's. */
const knocks: Readonly<Record<string, Knock>> = {
  'GET /health': (_who, token) => door.get('/health', token),
  'GET /ready': (_who, token) => door.get('/ready', token),
  'POST /x1/join': async (who) => {
    const { member } = agency('right');
    const claimed = {
      'no key': () => ({ ...member, signature: 'AAAA' }),
      unknown: () => agency('unknown').member,
      other: () => memberOf(member.id, agency('other').identity),
      ended: () => agency('ended').member,
      right: () => member,
    };
    return post('/x1/join', { code: 'không có mã', member: await claimed[who]() }, '');
  },
  'POST /x1/challenge': (_who, token) => post('/x1/challenge', {}, token),
  'POST /x1/session': async (who) => {
    const isOwn = who === 'unknown' || who === 'ended';
    const keys = who === 'no key' ? agency('unknown').identity : agency(who).identity;
    const token = await session(agency(isOwn ? who : 'right').id, keys);
    // A new session ends the one before.
    if (who === 'right') agencies.set('right', { ...agency('right'), token });
  },
  'POST /x1/describe': (_who, token) => post('/x1/describe', agency('right').member, token),
  'POST /x1/directory': (_who, token) => post('/x1/directory', {}, token),
  'POST /x1/parts/offer': (_who, token) => post('/x1/parts/offer', part, token),
  'PUT /x1/parts/:hash/:piece': async (_who, token) => {
    const own = randomBytes(30);
    return door.put(`/x1/parts/${hashBytes(own)}/0?size=30`, own, anything, token);
  },
  'GET /x1/parts/:hash/:piece': (_who, token) => door.get(`/x1/parts/${part.hash}/0`, token),
  'POST /x1/hand': (_who, token) => {
    const parcel = { ...lying, id: consignmentId(), from: agency('right').id, to: agency('other').id };
    return post('/x1/hand', { parcel, again: false }, token);
  },
  'POST /x1/collect': (_who, token) => post('/x1/collect', { after: 0, known: null, waitSeconds: 0 }, token),
};

test('every door of a hub is in the table', () => {
  const source = readFileSync(resolve(import.meta.dirname, '../../../server/hub/start-hub.ts'), 'utf8');
  const doors = [...source.matchAll(/app\.(get|post|put|delete|patch)\(\s*'([^']+)'/gu)].map(
    ([, method = '', path = '']) => `${method.toUpperCase()} ${path}`,
  );
  expect(doors.length).toBeGreaterThan(10);
  expect(new Set(doors)).toEqual(new Set(Object.keys(told)));
  expect(Object.keys(knocks)).toEqual(Object.keys(told));
});

test.each(Object.entries(told))('%s tells each who comes what it should', async (name, expected) => {
  const said: string[] = [];
  for (const who of comers) {
    const token = who === 'no key' ? '' : agency(who).token;
    const answer = knocks[name]?.(who, token).then(() => 'ok');
    said.push(
      (await answer?.catch((error: unknown) => (error instanceof AppError ? error.code : String(error)))) ??
        '',
    );
  }
  expect(said).toEqual(expected);
});

test('what lies in a mailbox is given to nobody but whose it is', async () => {
  const gives = z.object({
    parcels: z.array(z.object({ parcel: z.object({ to: z.string(), id: z.string() }) })),
  });
  const collected = async (who: Comer) => {
    const asked = { after: 0, known: null, waitSeconds: 0 };
    const { parcels } = await door.post('/x1/collect', asked, { gives, token: agency(who).token });
    return parcels.map(({ parcel }) => parcel);
  };
  expect(await collected('right')).toMatchObject([{ id: lying.id }]);
  for (const { to } of await collected('other')) expect(to).toBe(agency('other').id);
  expect(await collected('other')).toHaveLength(1);
});

test('an agency that was ended is not in the directory any more, and one that is not joined is handed nothing', async () => {
  const gives = z.object({ members: z.array(z.object({ id: z.string() })) });
  const { members } = await door.post('/x1/directory', {}, { gives, token: agency('right').token });
  expect(new Set(members.map(({ id }) => id))).toEqual(new Set([agency('other').id, agency('right').id]));
  const from = agency('right').id;
  for (const who of ['ended', 'unknown'] as const) {
    const parcel = { ...lying, id: consignmentId(), from, to: agency(who).id };
    await expect(post('/x1/hand', { parcel, again: false }, agency('right').token)).rejects.toMatchObject({
      code: 'hub.unknown-recipient',
    });
  }
});
