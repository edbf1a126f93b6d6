import { expect, test } from 'vitest';
import { prepared, preparedValue } from '#electron/store/prepared.ts';
import { openInMemory } from '#shared/node/sqlite/public.ts';

test('who asks for a row and who asks for a value with the same words each get their own', () => {
  const db = openInMemory();
  const words = 'SELECT 1 AS one';
  expect(prepared(db, words).get()).toEqual({ one: 1 });
  expect(preparedValue(db, words).get()).toBe(1);
  expect(prepared(db, words).get()).toEqual({ one: 1 });
  db.close();
});
