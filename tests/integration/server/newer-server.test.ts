import { once } from 'node:events';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { countDeferred } from '#electron/store/replica.ts';
import { readState } from '#electron/store/read-state.ts';
import { documentAggregate } from '#shared/documents/public.ts';
import { PageSchema } from '#shared/sync/public.ts';
import {
  aLetter,
  agencyAtServer,
  enrolDesk,
  startDesk,
  until,
  type AgencyAtServer,
  type DeskIdentity,
} from '../../support/agency-server.ts';
import { someFields } from '../../support/builders.ts';

let at: AgencyAtServer;
let server: Awaited<ReturnType<AgencyAtServer['start']>>;
let clerk: DeskIdentity;
let head: DeskIdentity;

vi.setConfig({ testTimeout: 60_000 });
beforeAll(async () => {
  at = agencyAtServer(20_485, ['clerk', 'head']);
  server = await at.start();
  [clerk, head] = [await enrolDesk(at, 'clerk'), await enrolDesk(at, 'head')];
});
afterAll(async () => {
  server.child.kill('SIGTERM');
  await once(server.child, 'exit');
  at.remove();
});

test('acts of a newer version are kept and put off on an older desk, and folded after the upgrade', async () => {
  // The older program knows no corrections of the register, and no tasks.
  const knows = ({ type, on }: { type: string; on: { kind: string } }) =>
    type !== 'registrationCorrected' && on.kind !== 'task';
  const a = startDesk(at, clerk);
  const older = startDesk(at, head, knows);
  await until('both know the agency', () => [a, older].every(({ link }) => link.state().kind === 'even'));
  const [letter, plain] = [await aLetter(a), await aLetter(a)];
  const [documentId, other] = [letter.documentId, plain.documentId];
  const presentTo = head.personId;
  a.give('documents.receive', letter);
  a.give('documents.registerIncoming', { documentId, fields: someFields(), presentTo });
  await until(
    'it was registered',
    () => readState(older.db, documentAggregate, documentId)?.state === 'registered',
  );
  a.give('documents.correctRegistration', {
    documentId,
    fields: someFields({ note: 'sửa' }),
    reason: 'Nhầm',
  });
  await until('the correction came', () => countDeferred(older.db) === 1);
  const before = readState(older.db, documentAggregate, documentId);
  expect(before).toMatchObject({ state: 'registered', fields: { note: someFields().note } });
  // Everything else goes on, here and there.
  a.give('documents.receive', plain);
  a.give('documents.registerIncoming', { documentId: other, fields: someFields({ number: '7' }), presentTo });
  await until(
    'another paper came',
    () => readState(older.db, documentAggregate, other)?.state === 'registered',
  );
  const assignment = { role: 'lead', to: { kind: 'unit', id: at.agency.unitId }, dueOn: null };
  older.give('workflow.direct', {
    documentId: other,
    words: 'Giao phòng xử lý',
    assignments: [{ ...assignment, task: documentId }],
    inform: [],
  });
  await until('it was decided', () => older.desk.owed().unsent === 0);
  const deferred = countDeferred(older.db);
  expect(deferred).toBeGreaterThanOrEqual(2);
  expect(older.faults).toEqual([]);
  await older.stop();

  // The program is brought up to date; the same file, no server asked.
  server.child.kill('SIGTERM');
  await once(server.child, 'exit');
  const upgraded = startDesk(at, head);
  expect(countDeferred(upgraded.db)).toBe(0);
  for (const id of [documentId, other]) {
    expect(readState(upgraded.db, documentAggregate, id)).toEqual(readState(a.db, documentAggregate, id));
  }
  server = await at.start();
  await Promise.all([a.stop(), upgraded.stop()]);
});

test('a page may speak of kinds of things that this version has no word for', () => {
  const base = { n: 0, hash: '0'.repeat(64) };
  const sees = [{ kind: 'votingRound', id: 'x' }];
  const items = [{ n: 1, seq: 1, entry: 'a'.repeat(64), sees, since: 'a field of tomorrow' }];
  const page = {
    scopes: { directory: { base, items, stable: base } },
    entries: [],
    more: false,
    left: 0,
    lastDseq: 0,
    news: 'another',
  };
  expect(PageSchema.parse(page).scopes['directory']?.items[0]?.sees).toEqual(sees);
});
