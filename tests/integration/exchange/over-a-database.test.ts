import { afterAll, beforeAll, expect, test } from 'vitest';
import { until } from '../../support/agency-server.ts';
import { openPair, portsFrom, type JoinedPair } from '../../support/joined-pair.ts';
import { ownPostgres, type OwnPostgres } from '../../support/postgres.ts';
import { somePages } from '../../support/two-agencies.ts';

let postgres: OwnPostgres;
let pair: JoinedPair;
beforeAll(async () => {
  postgres = await ownPostgres();
  pair = await openPair(portsFrom(20_540), somePages(8), postgres.url);
}, 120_000);
afterAll(async () => {
  await pair.close();
  await postgres.remove();
});

test('a document, its receipt and what becomes of it go between agencies whose logs are in a database', async () => {
  const id = pair.send(0);
  await until('the receipt is back', () => pair.ledger(id)?.state === 'arrived', 40_000);
  expect(pair.ledger(id)?.receipts).toHaveLength(1);
});
