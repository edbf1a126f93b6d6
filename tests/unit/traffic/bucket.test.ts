import { expect, test } from 'vitest';
import { createBucket } from '#shared/node/traffic/public.ts';

const kilobyte = 1024;

async function msFor(work: () => Promise<unknown>): Promise<number> {
  const since = performance.now();
  await work();
  return performance.now() - since;
}

/** Whether it is over before anything else gets a turn. */
async function isAtOnce(work: Promise<void>): Promise<boolean> {
  const turn = new Promise<false>((resolve) => {
    setImmediate(resolve, false);
  });
  return Promise.race([work.then(() => true), turn]);
}

test('without a limit nobody waits', async () => {
  const bucket = createBucket(null);
  expect(await isAtOnce(bucket.take(2 ** 30))).toBe(true);
  expect(bucket.backlogMs()).toBe(0);
});

test('over a second no more passes than the limit, whoever asks', async () => {
  const bucket = createBucket(100 * kilobyte);
  // What is saved up is one second's worth; the rest comes at the limit.
  const ms = await msFor(() => Promise.all(Array.from({ length: 16 }, () => bucket.take(10 * kilobyte))));
  expect(ms).toBeGreaterThan(550);
  expect(ms).toBeLessThan(5000);
});

test('what nobody made wait makes those behind it wait longer', async () => {
  const bucket = createBucket(100 * kilobyte);
  // From before it is spent: how long this process is kept from going on counts for the limit too.
  const ms = await msFor(() => {
    bucket.spend(140 * kilobyte);
    expect(bucket.backlogMs()).toBeGreaterThan(0);
    return bucket.take(10 * kilobyte);
  });
  expect(ms).toBeGreaterThan(400);
});

test('a new limit counts at once, also for whoever waits', async () => {
  const bucket = createBucket(kilobyte);
  await bucket.take(kilobyte);
  const waiting = msFor(() => bucket.take(60 * kilobyte));
  const behind = bucket.take(500 * kilobyte);
  bucket.limit(null);
  expect(await waiting).toBeLessThan(1000);
  await behind;
});

test('a piece larger than a second’s worth passes, and is made up for', async () => {
  const bucket = createBucket(50 * kilobyte);
  const ms = await msFor(async () => {
    expect(await isAtOnce(bucket.take(80 * kilobyte))).toBe(true);
    await bucket.take(10 * kilobyte);
  });
  expect(ms).toBeGreaterThan(600);
});
