import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openAgencyFolder, openPostgres } from '#server/main.ts';
import { Doc, encodeStateVector } from 'yjs';
import { systemClock } from '#electron/platform/clock.ts';
import { readDraft, rewrittenTo } from '#shared/drafting/public.ts';
import {
  emptyHead,
  nextLineHash,
  wholeLog,
  type AccessLine,
  type ChainedLine,
  type TakeLines,
} from '#shared/access/public.ts';
import { findLines, takeLines } from '#server/log/postgres-access.ts';
import { DeviceIdSchema, DocumentIdSchema, PersonIdSchema } from '#shared/kernel/public.ts';
import { docOf } from '#shared/node/draft-texts/public.ts';
import { walkChain } from '#shared/node/sequencer/public.ts';
import { aLetter, agencyAtServer, enrolDesk, startDesk, until } from '../../support/agency-server.ts';
import { aWorkingDraft } from '../../support/drafts.ts';
import { minutesLater } from '../../support/store.ts';
import { ownPostgres, type OwnPostgres } from '../../support/postgres.ts';

const at = agencyAtServer(20_447, ['clerk']);
const program = resolve(import.meta.dirname, '../../../cli/antin.mjs');
const accessDesk = DeviceIdSchema.parse(systemClock.newId());
const accessPerson = PersonIdSchema.parse(systemClock.newId());
let postgres: OwnPostgres;

beforeAll(async () => {
  postgres = await ownPostgres();
});
afterAll(async () => {
  await postgres.remove();
  at.remove();
});

function migrate() {
  const args = [program, 'serve', 'migrate', '--data', at.data, '--database-url', postgres.url, '--json'];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  return { status, stdout, stderr };
}

test('an office moves to PostgreSQL and goes on there, whoever is killed', { timeout: 90_000 }, async () => {
  const before = openAgencyFolder(at.data);
  const head = before.log.head();
  const draft = DocumentIdSchema.parse(systemClock.newId());
  const words = rewrittenTo(aWorkingDraft(), null);
  before.texts.take(draft, words);
  const opened = anAccess(1);
  before.access.add([opened]);
  before.close();
  const moved = migrate();
  expect(moved).toMatchObject({ status: 0, stderr: '' });
  expect(JSON.parse(moved.stdout)).toEqual({ ...head, rows: expect.any(Number) as number });
  // Run again it finds nothing to do.
  expect(migrate().stdout).toBe(moved.stdout);

  const onDatabase = ['--database-url', postgres.url] as const;
  let server = await at.start(...onDatabase);
  const desk = startDesk(at, await enrolDesk(at, 'clerk'));
  const given: string[] = [];
  const give = async (count: number) => {
    for (let n = 0; n < count; n += 1) given.push(desk.give('documents.receive', await aLetter(desk)).id);
  };
  try {
    await until('the desk knows the agency', () => desk.link.state().kind === 'even');
    for (let round = 0; round < 3; round += 1) {
      await give(10);
      await new Promise((soon) => setTimeout(soon, 30 * round));
      if (round === 1) {
        await postgres.kill();
        await postgres.start();
        continue;
      }
      server.child.kill('SIGKILL');
      await once(server.child, 'exit');
      server = await at.start(...onDatabase);
    }
    await until('everything is decided', () => desk.desk.owed().unsent === 0, 40_000);
  } finally {
    await desk.stop();
    server.child.kill('SIGTERM');
    await once(server.child, 'exit');
  }
  const store = await openPostgres(postgres.url, at.agencyId);
  const kept = await store.exchangeWords(draft, { update: null, have: encodeStateVector(new Doc()) });
  expect(readDraft(docOf([kept.update]))).toEqual(readDraft(docOf([words])));
  // What desks leave of who opened what goes on behind what came along.
  const epoch = await store.run((log) => log.takeOver());
  const whose = { desk: accessDesk, person: opened.line.person };
  const next = anAccess(2, opened.hash);
  const take = (asked: TakeLines) =>
    store.whileWriter(epoch, (client) => takeLines(client, at.agencyId, { whose, asked }));
  expect(await take({ after: opened.hash, lines: [{ ...next.line, n: 3 }] })).toEqual(headOf(opened));
  expect(await take({ after: opened.hash, lines: [next.line] })).toEqual(headOf(next));
  const asked = { filter: { ...wholeLog, person: whose.person }, offset: 0, limit: 10 } as const;
  const found = (by: 'line' | 'thing') =>
    store.whileWriter(epoch, (client) => findLines(client, at.agencyId, { ...asked, by }));
  expect(await found('line')).toMatchObject({ total: 2, people: 1, lines: [next.line, opened.line] });
  expect((await found('thing')).counts).toMatchObject([{ times: 2, people: 1 }]);
  const entries = await store.run((log) => log.entriesAfter(0, 10_000));
  await store.close();
  expect(walkChain(entries)).toMatchObject({ ok: true });
  const decided = entries.map(({ entry }) => entry.command.id as string);
  expect(given.filter((id) => !decided.includes(id))).toEqual([]);
  expect(new Set(decided).size).toBe(decided.length);
});

/** A line of somebody's desk that opened a paper. */
function anAccess(n: number, before = emptyHead.hash): ChainedLine {
  const line: AccessLine = {
    desk: accessDesk,
    n,
    at: minutesLater(n),
    person: accessPerson,
    what: 'opened',
    on: { kind: 'document', id: 'x' },
    file: null,
  };
  return { line, hash: nextLineHash(before, line) };
}

const headOf = ({ line: { n }, hash }: ChainedLine) => ({ n, hash });

test('a database that holds another log is not written to', async () => {
  const other = agencyAtServer(20_447, []);
  try {
    const args = [program, 'serve', 'migrate', '--data', other.data, '--database-url', postgres.url];
    const { status, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
    expect([status, stderr]).toEqual([1, expect.stringContaining('nhật ký khác') as string]);
  } finally {
    other.remove();
  }
});

test('a database that is not there is named', () => {
  const args = [
    program,
    'serve',
    '--role',
    'agency',
    '--data',
    at.data,
    '--database-url',
    'postgresql://127.0.0.1:1/x',
  ];
  const { status, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  expect([status, stderr]).toEqual([1, expect.stringContaining('PostgreSQL') as string]);
});
