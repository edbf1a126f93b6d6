import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { openHubFolder } from '#server/main.ts';
import type { Parcel } from '#shared/exchange/public.ts';
import { instantFrom } from '#shared/kernel/public.ts';
import { hashOf, ids } from '../../support/builders.ts';
import { consignmentId } from '../../support/exchange.ts';

const home = mkdtempSync(join(tmpdir(), 'Ấn Tín trục gọn '));
const hub = openHubFolder(join(home, 'trục'), { alone: true });
afterAll(() => {
  hub.close();
  rmSync(home, { recursive: true, force: true });
});

const day = (n: number) => instantFrom(Date.parse('2026-11-01T00:00:00.000Z') + n * 86_400_000);

test('what its recipient went past goes after the grace, with the parts that nobody else is to fetch', async () => {
  const [from, to, other] = [ids.agency(), ids.agency(), ids.agency()];
  const [shared, own, last] = [hashOf(1), hashOf(2), hashOf(3)];
  const parcel = (recipient: typeof to, ...parts: readonly (typeof own)[]): Parcel => ({
    version: 1,
    id: consignmentId(),
    from,
    to: recipient,
    cover: 'AAAA',
    parts: parts.map((hash) => ({ hash, size: 1 })),
  });
  const [first, second, third] = [parcel(to, shared, own), parcel(to, last), parcel(to)];
  for (const one of [first, second, third, parcel(other, shared)]) {
    await hub.store.hand(one, { again: false, now: day(0) });
  }
  const place = { after: 2, known: `${second.id} ${day(0)}` };
  expect((await hub.store.after(to, { ...place, now: day(1) }))?.map(({ n }) => n)).toEqual([3]);
  expect(await hub.store.tidy(day(1))).toEqual([]); // Still in its grace.
  expect((await hub.store.counts()).parcels).toBe(4);
  expect(await hub.store.tidy(day(2))).toEqual([own]);
  expect((await hub.store.counts()).parcels).toBe(3);
  expect([await hub.store.mayFetch(to, own), await hub.store.mayFetch(other, shared)]).toEqual([false, true]);
  // The same parcel, put there anew by a hub that went back, is not what was seen there.
  const anew = { after: 2, known: `${second.id} ${day(5)}`, now: day(6) };
  expect(await hub.store.after(to, anew)).toBeNull();
  // The place it has come to is known still, and what it has not collected waits.
  expect((await hub.store.after(to, { ...place, now: day(3) }))?.map(({ n }) => n)).toEqual([3]);
});
