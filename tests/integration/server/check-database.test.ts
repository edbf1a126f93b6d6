import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { once } from 'node:events';
import { afterAll, expect, test } from 'vitest';
import { openDoor } from '#electron/sync/server-door.ts';
import { readAlarms } from '#server/main.ts';
import { openEncrypted } from '#shared/node/sqlite/public.ts';
import { agencyAtServer, enrolDesk, until } from '../../support/agency-server.ts';
import { flipBitOf } from '../../support/store.ts';

const at = agencyAtServer(20_456, ['clerk']);

afterAll(() => {
  at.remove();
});

test('after a bad end the server looks through its file as it goes on, and tells a person of damage', async () => {
  let server = await at.start();
  const clerk = await enrolDesk(at, 'clerk');
  const damaged = async () => {
    const text = Buffer.from(await openDoor(clerk.server).get('/metrics', '')).toString();
    return /^antin_database_damaged (?<said>\d)$/mu.exec(text)?.groups?.['said'];
  };
  const told = () => readAlarms(at.data).map(({ code }) => code);
  const killed = async () => {
    server.child.kill('SIGKILL');
    await once(server.child, 'exit');
  };
  const again = async () => {
    server = await at.start();
    const said: string[] = [];
    server.child.stderr?.on('data', (chunk: Buffer) => said.push(chunk.toString()));
    await until('it was looked through', () => said.join('').includes('"database checked","depth":"quick"'));
  };
  try {
    await killed();
    await again();
    expect([await damaged(), told()]).toEqual(['0', []]);
    await killed();
    const path = join(at.data, 'agency.db');
    const db = openEncrypted({ path, key: readFileSync(join(at.data, 'server.key')) });
    db.pragma('wal_checkpoint(TRUNCATE)');
    flipBitOf({ db, path }, 'draft_text');
    db.close();
    await again();
    await until('a person is told', () => told().length > 0);
    expect([await damaged(), told()]).toEqual(['1', ['server.database-damaged']]);
  } finally {
    await killed();
  }
});
