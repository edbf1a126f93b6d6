import { expect, test } from 'vitest';
import { migrate } from '#electron/store/migrate.ts';
import { migrations } from '#electron/store/migrations/index.ts';
import { fileCame, fileDidNotCome, hurryFile, nextWanted } from '#electron/store/files-between.ts';
import { openInMemory } from '#shared/node/sqlite/public.ts';

const hashOf = (letter: string) => letter.repeat(64);
const documentOf = (n: number) => `019b0000-0000-7000-8000-${String(n).padStart(12, '0')}`;

function aDesk() {
  const db = openInMemory();
  migrate(db, migrations);
  const want = db.prepare('INSERT INTO file_wanted (hash, size, document, seq) VALUES (?, 10, ?, ?)');
  for (const [n, letter] of ['a', 'b', 'c', 'd', 'e', 'f'].entries()) {
    want.run(hashOf(letter), documentOf(n), n);
  }
  const wait = db.prepare(
    "INSERT INTO waiting (who, due_key, since, document, why, origin) VALUES (?, ?, ?, ?, 'direct', ?)",
  );
  const waits = (who: string, dueOn: string, n: number) =>
    wait.run(who, dueOn, '2026-11-23T01:00:00.000Z', documentOf(n), documentOf(n));
  return { db, waits };
}

test('what is looked at comes first, then what waits for this person soonest, then the newest', () => {
  const { db, waits } = aDesk();
  waits('person:me', '2026-12-20', 1);
  waits('role:clerk', '2026-12-01', 0);
  waits('person:other', '2026-11-01', 4);
  hurryFile(db, hashOf('c'));
  const order: string[] = [];
  for (;;) {
    const next = nextWanted(db, { mostTries: 3, whos: ['person:me', 'role:clerk'] });
    if (next === null) break;
    order.push(next.hash.slice(0, 1));
    fileCame(db, next);
  }
  expect(order.join('')).toBe('cabfed');
});

test('a file that cannot be had lets the others pass, and is tried again after them', () => {
  const { db, waits } = aDesk();
  waits('person:me', '2026-12-01', 0);
  const asked = { mostTries: 2, whos: ['person:me'] };
  const order: string[] = [];
  for (let n = 0; n < 9; n += 1) {
    const next = nextWanted(db, asked);
    if (next === null) break;
    order.push(next.hash.slice(0, 1));
    if (next.hash === hashOf('a')) fileDidNotCome(db, next);
    else fileCame(db, next);
  }
  expect(order.join('')).toBe('afedcba');
});

test('the next file is found without looking through all that are wanted or waiting', () => {
  const { db } = aDesk();
  const plan = db
    .prepare(
      `EXPLAIN QUERY PLAN SELECT w.due_key, f.hash FROM waiting w
         JOIN file_wanted f ON f.document = w.document AND f.tries = 0
        WHERE w.who = ? ORDER BY w.due_key, w.since LIMIT 1`,
    )
    .all('person:me') as { detail: string }[];
  expect(plan.map(({ detail }) => detail).join('; ')).not.toMatch(/SCAN|TEMP B-TREE/u);
});
