import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openHubFolder, type HubFolder } from '#server/main.ts';
import { usualCard, type Member, type Parcel } from '#shared/exchange/public.ts';
import { instantFrom, type AgencyId } from '#shared/kernel/public.ts';
import { Fenced } from '#shared/node/agency-log/public.ts';
import { hashOf, ids } from '../../support/builders.ts';
import { consignmentId } from '../../support/exchange.ts';
import { ownPostgres, type OwnPostgres } from '../../support/postgres.ts';
import { chanceOf } from '../../simulation/chance.ts';

const home = mkdtempSync(join(tmpdir(), 'Ấn Tín trục gọn '));
let postgres: OwnPostgres;
const opened: HubFolder[] = [];
beforeAll(async () => {
  postgres = await ownPostgres();
});
afterAll(async () => {
  for (const hub of opened) await hub.close();
  await postgres.remove();
  rmSync(home, { recursive: true, force: true });
});

async function openAt(name: string, databaseUrl: string | null): Promise<HubFolder> {
  const hub = await openHubFolder(join(home, name), { alone: true, databaseUrl });
  opened.push(hub);
  return hub;
}

const day = (n: number) => instantFrom(Date.parse('2026-11-01T00:00:00.000Z') + n * 86_400_000);

function parcel(from: AgencyId, to: AgencyId, ...parts: readonly ReturnType<typeof hashOf>[]): Parcel {
  const named = parts.map((hash) => ({ hash, size: 1 }));
  return { version: 1, id: consignmentId(), from, to, cover: 'AAAA', parts: named };
}

function member(id: AgencyId, name: string): Member {
  const fingerprint = hashOf(9);
  const details = { name, codes: [], authority: 'AAAA', fingerprint, sealing: 'AAAA', card: usualCard };
  return { id, details, signature: 'AAAA' };
}

describe.each([
  ['file', () => null],
  ['database', () => postgres.url],
])('a hub whose state is in a %s', (engine, urlOf) => {
  let hub: HubFolder;
  beforeAll(async () => {
    hub = await openAt(`trục ${engine}`, urlOf());
  });

  test('what its recipient went past goes after the grace, with the parts that nobody else is to fetch', async () => {
    const [from, to, other] = [ids.agency(), ids.agency(), ids.agency()];
    const [shared, own, last] = [hashOf(1), hashOf(2), hashOf(3)];
    const [first, second, third] = [parcel(from, to, shared, own), parcel(from, to, last), parcel(from, to)];
    for (const one of [first, second, third, parcel(from, other, shared)]) {
      await hub.store.hand(one, { again: false, now: day(0) });
    }
    const place = { after: 2, known: `${second.id} ${day(0)}` };
    expect((await hub.store.after(to, { ...place, now: day(1) }))?.map(({ n }) => n)).toEqual([3]);
    expect(await hub.store.tidy(day(1))).toEqual([]); // Still in its grace.
    expect((await hub.store.counts()).parcels).toBe(4);
    expect(await hub.store.tidy(day(2))).toEqual([own]);
    expect((await hub.store.counts()).parcels).toBe(3);
    expect([await hub.store.mayFetch(to, own), await hub.store.mayFetch(other, shared)]).toEqual([
      false,
      true,
    ]);
    // The same parcel, put there anew by a hub that went back, is not what was seen there.
    const anew = { after: 2, known: `${second.id} ${day(5)}`, now: day(6) };
    expect(await hub.store.after(to, anew)).toBeNull();
    // The place it has come to is known still, and what it has not collected waits.
    expect((await hub.store.after(to, { ...place, now: day(3) }))?.map(({ n }) => n)).toEqual([3]);
  });

  test('a code is good once, until its hour, and nobody is joined by it alone', async () => {
    const [one, two] = [ids.agency(), ids.agency()];
    await hub.store.invite(hashOf(21), day(1));
    expect(await hub.store.join(hashOf(22), member(one, 'Sai mã'), day(0))).toBe(false);
    expect(await hub.store.join(hashOf(21), member(one, 'Trễ'), day(2))).toBe(false);
    expect(await hub.store.member(one)).toBeNull();
    expect(await hub.store.join(hashOf(21), member(one, 'Sở một'), day(1))).toBe(true);
    expect(await hub.store.join(hashOf(21), member(two, 'Sở hai'), day(1))).toBe(false);
    expect(await hub.store.member(one)).toEqual({ member: member(one, 'Sở một'), state: 'asked' });
    await hub.store.settle(one, 'joined');
    await hub.store.describe(member(one, 'Sở một, tên mới'));
    expect(await hub.store.members()).toEqual([{ member: member(one, 'Sở một, tên mới'), state: 'joined' }]);
    expect((await hub.store.counts()).members).toBe(1);
  });

  test('a parcel lies there once, and once more when it is asked for again after a while', async () => {
    const [from, to] = [ids.agency(), ids.agency()];
    const one = parcel(from, to);
    const hand = (again: boolean, at: number) => hub.store.hand(one, { again, now: instantFrom(at) });
    const lying = async () => {
      const found = await hub.store.after(to, { after: 0, known: null, now: day(0) });
      return found?.length;
    };
    await hand(false, 0);
    await hand(false, 100_000);
    await hand(true, 59_999); // It was only just put there.
    expect(await lying()).toBe(1);
    await hand(true, 60_000);
    expect(await lying()).toBe(2);
    const many = Array.from({ length: 60 }, () => parcel(from, to));
    for (const next of many) await hub.store.hand(next, { again: false, now: day(0) });
    expect(await lying()).toBe(50);
  });
});

test('whatever agencies do, a hub over a database says what a hub over a file says', async () => {
  const stores = [await openAt('trục đôi tệp', null), await openAt('trục đôi csdl', postgres.url)];
  const agencies = Array.from({ length: 4 }, () => ids.agency());
  const chance = chanceOf(57);
  const below = (most: number) => Math.floor(chance() * most);
  const pick = <Item>(of: readonly Item[]): Item => {
    const found = of[below(of.length)];
    if (found === undefined) throw new Error('Nothing to pick from');
    return found;
  };
  const known: Parcel[] = [];
  const places = new Map<AgencyId, { after: number; known: string | null }>();
  for (let step = 0; step < 250; step += 1) {
    const now = instantFrom(Date.parse(day(0)) + step * 45_000);
    const [from, to] = [pick(agencies), pick(agencies)];
    const kind = below(6);
    const fresh = parcel(from, to, hashOf(100 + below(12)), hashOf(100 + below(12)));
    const again = known.length > 0 && kind === 1 ? pick(known) : fresh;
    const part = hashOf(100 + below(12));
    const grace = instantFrom(Date.parse(now) - 3_600_000);
    const place = places.get(to) ?? { after: 0, known: null };
    const answers = await Promise.all(
      stores.map(async ({ store }) => ({
        handed: kind <= 1 ? await store.hand(again, { again: kind === 1, now }) : null,
        mayFetch: kind === 2 ? await store.mayFetch(to, part) : null,
        gone: kind === 3 ? (await store.tidy(grace)).toSorted() : null,
        counts: kind === 4 ? await store.counts() : null,
        boxed: kind === 5 ? await store.after(to, { ...place, now }) : null,
      })),
    );
    expect(answers[1]).toEqual(answers[0]);
    if (kind === 0) known.push(fresh);
    const last = answers[0]?.boxed?.at(-1);
    if (last !== undefined) places.set(to, { after: last.n, known: `${last.parcel.id} ${last.at}` });
  }
  expect(known.length).toBeGreaterThan(20);
});

test('of two hubs over one database the later writes, and the earlier neither writes nor reads', async () => {
  const first = await openAt('trục trước', postgres.url);
  const [from, to] = [ids.agency(), ids.agency()];
  await first.store.hand(parcel(from, to), { again: false, now: day(0) });
  const { path } = first;
  // The same hub on another machine: its folder, and no lock between them.
  const later = join(home, 'trục sau');
  cpSync(path, later, { recursive: true, filter: (name) => !name.endsWith('.lock') });
  const second = await openHubFolder(later, { alone: true, databaseUrl: postgres.url });
  opened.push(second);
  expect((await second.store.counts()).parcels).toBe(1);
  await expect(first.store.hand(parcel(from, to), { again: false, now: day(0) })).rejects.toThrow(Fenced);
  await expect(first.store.member(from)).rejects.toThrow(Fenced);
  await expect(first.store.after(to, { after: 0, known: null, now: day(0) })).rejects.toThrow(Fenced);
  await expect(first.copyDatabase(join(home, 'bản.db'))).rejects.toThrow(Fenced);
  // Beside the one that runs, under its epoch.
  const beside = await openHubFolder(later, { alone: false, databaseUrl: postgres.url });
  await beside.store.invite(hashOf(31), day(1));
  await beside.close();
  expect(await second.store.join(hashOf(31), member(from, 'Sở'), day(0))).toBe(true);
});
