import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { readAlarms } from '#server/main.ts';
import { ParcelSchema, alarmCodes, type Parcel } from '#shared/exchange/public.ts';
import { openEncrypted } from '#shared/node/sqlite/public.ts';
import { instantFrom } from '#shared/kernel/public.ts';
import { until } from '../../support/agency-server.ts';
import { consignmentId } from '../../support/exchange.ts';
import { openPair, portsFrom, type JoinedPair } from '../../support/joined-pair.ts';
import { gatewayOf, somePages } from '../../support/two-agencies.ts';

let pair: JoinedPair;
beforeAll(async () => {
  pair = await openPair(portsFrom(20_500), somePages(9));
}, 120_000);
afterAll(() => pair.close());

const BodySchema = z.object({ body: z.string() });
const PlaceSchema = z.object({ n: z.int() });

function parcelsFor(recipient: string): readonly Parcel[] {
  return pair.atHub((db) =>
    db
      .prepare(
        `SELECT p.body FROM mailbox m JOIN parcel p ON p.sender = m.sender AND p.id = m.id AND p.hash = m.hash
         WHERE m.recipient = ? ORDER BY m.n`,
      )
      .all(recipient)
      .map((row) => ParcelSchema.parse(JSON.parse(BodySchema.parse(row).body))),
  );
}

/** Puts something into a mailbox as a hub that lies would. */
async function plant(parcel: Parcel): Promise<void> {
  const there = await pair.hub.open();
  await there.store.hand(parcel, { again: false, now: instantFrom(Date.now()) });
  await there.close();
}

test('the server writes what comes in the agency’s own name, whoever connected it', async () => {
  const id = pair.send(0);
  await until('the receipt is back', () => pair.ledger(id)?.state === 'arrived', 40_000);
  const key = readFileSync(join(pair.to.data, 'server.key'));
  const db = openEncrypted({ path: join(pair.to.data, 'agency.db'), key });
  const rows = db.prepare("SELECT entry AS body FROM log WHERE entry LIKE '%exchange.takeDelivery%'").all();
  db.close();
  const EntrySchema = z.object({ command: z.object({ actor: z.string() }) });
  const actors = rows.map((row) => EntrySchema.parse(JSON.parse(BodySchema.parse(row).body)).command.actor);
  expect(actors).toEqual([pair.to.agencyId]);
  expect(readAlarms(pair.to.data)).toEqual([]);
});

test('a receipt given once more, under whatever name, says nothing new', async () => {
  const [receipt] = parcelsFor(pair.from.agencyId);
  if (receipt === undefined) throw new Error('No receipt came');
  await plant({ ...receipt, id: consignmentId() });
  const id = pair.send(1);
  await until('what came after it is here', () => pair.ledger(id)?.state === 'arrived', 40_000);
  expect(pair.ledger(id)?.receipts).toHaveLength(1);
  // The pages of these tests are not signed, whatever the clerk's desk says of them: the server has looked.
  const alarms = new Set(pair.alarmsAt(pair.from));
  expect(alarms).toEqual(new Set(['exchange.fewer-signatures']));
});

test('a part the hub lost holds up no other document, a person is told, and it comes once it is brought again', async () => {
  await pair.stop('to');
  const lost = pair.send(2);
  await until('the hub has it', () => pair.ledger(lost)?.state === 'sent', 40_000);
  const part = parcelsFor(pair.to.agencyId).find(({ id }) => id === lost)?.parts[0]?.hash ?? '';
  const path = join(pair.hub.data, 'parts', part.slice(0, 2), part);
  expect(existsSync(path)).toBe(true);
  rmSync(path);
  const after = pair.send(3);
  await pair.start('to');
  await until('the other is here', () => pair.delivery(after)?.state === 'arrived', 40_000);
  expect(pair.delivery(lost)).toBeNull();
  expect(readAlarms(pair.to.data).at(-1)).toMatchObject({ code: 'exchange.set-aside', about: lost });
  const gateway = gatewayOf(pair.from);
  gateway.offerAgain(pair.to.agencyId, lost); // What the server does by itself after an hour.
  gateway.close();
  pair.send(4);
  await until('it came after all', () => pair.delivery(lost)?.state === 'arrived', 60_000);
  const left = gatewayOf(pair.to);
  expect(left.asideMs()).toBe(Number.POSITIVE_INFINITY);
  left.close();
}, 120_000);

test('what cannot be taken however often is refused under a signature, and a person is told', async () => {
  await pair.stop('to');
  const id = pair.send(5);
  await until('the hub has it', () => pair.ledger(id)?.state === 'sent', 40_000);
  const parcel = parcelsFor(pair.to.agencyId).find((one) => one.id === id);
  const gateway = gatewayOf(pair.to);
  gateway.setAside({
    sender: pair.from.agencyId,
    id,
    parcel: JSON.stringify(parcel),
    tries: 12, // As after three hours.
    nextMs: 0,
  });
  gateway.close();
  pair.atHub((db) => db.prepare('DELETE FROM mailbox WHERE id = ?').run(id));
  await pair.start('to');
  await until('the sender knows', () => pair.ledger(id)?.state === 'refused', 40_000);
  expect(pair.ledger(id)?.refused?.code).toBe('unreadable');
  expect(pair.alarmsAt(pair.to)).toContain('exchange.given-up');
}, 90_000);

test('what a hub gives out of order arrives all the same, each once, and the missing place was named meanwhile', async () => {
  await pair.stop('to');
  const ids = [pair.send(6), pair.send(7)];
  for (const id of ids) {
    await until('the hub has it', () => pair.ledger(id)?.state === 'sent', 40_000);
  }
  pair.atHub((db) => {
    // Several are handed over at once: either may lie before the other.
    const places = ids
      .map((id) => PlaceSchema.parse(db.prepare('SELECT n FROM mailbox WHERE id = ?').get(id)).n)
      .toSorted((a, b) => a - b);
    const move = db.prepare('UPDATE mailbox SET n = ? WHERE id = ?');
    move.run(100_000, ids[0]);
    move.run(places[0], ids[1]);
    move.run(places[1], ids[0]);
  });
  await pair.start('to');
  for (const id of ids) {
    await until('its receipt is back', () => pair.ledger(id)?.state === 'arrived', 40_000);
  }
  expect(pair.alarmsAt(pair.to)).toContain('exchange.gap');
  for (const id of ids) expect(pair.ledger(id)?.receipts).toHaveLength(1);
}, 90_000);

test('every alarm has its words', () => {
  const words = ['vi', 'en'].map((language): unknown =>
    JSON.parse(
      readFileSync(join(import.meta.dirname, `../../../resources/text/${language}/exchange.json`), 'utf8'),
    ),
  );
  for (const texts of words) {
    expect(alarmCodes.filter((code) => !Object.hasOwn(texts as object, `alarm.${code}`))).toEqual([]);
  }
});
