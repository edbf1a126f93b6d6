import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { documentPage } from '#electron/features/documents/pages.ts';
import { listDocuments } from '#electron/features/documents/rows.ts';
import { findDocuments } from '#electron/features/search/find.ts';
import { waitedForBy, waitingFor } from '#electron/features/workflow/inbox.ts';
import { heldBy, supervision } from '#electron/features/workflow/supervision.ts';
import { holidays } from '#electron/store/holidays.ts';
import { readAll } from '#electron/store/read-state.ts';
import {
  mayRead,
  personAggregate,
  readingScope,
  unitAggregate,
  type Person,
} from '#shared/directory/public.ts';
import { documentAggregate } from '#shared/documents/public.ts';
import { refusalOf } from '../../support/store.ts';
import { anyDays, play, sameDays } from '../../support/any-day.ts';
import { day } from '../../support/builders.ts';
import { openOffice } from '../../support/office.ts';

const some = { ...sameDays, numRuns: 60 };
const everything = { offset: 0, limit: 500 };
const today = day('2026-11-23');

type Db = ReturnType<typeof openOffice>['engine']['db'];

describe('whatever people do, on a whole desk', () => {
  test('the read models folded again from the log are the ones kept from act to act', () => {
    fc.assert(
      fc.property(anyDays, (days) => {
        const office = openOffice();
        play(office, days);
        const { db, desk } = office.engine;
        const before = tablesOf(db);
        expect(desk.rebuild()).toBe(desk.log.head().seq);
        expect(tablesOf(db)).toEqual(before);
        db.close();
      }),
      some,
    );
  });

  test('nobody sees, in a list, an inbox or a page, what is not theirs to read', async () => {
    await fc.assert(
      fc.asyncProperty(anyDays, async (days) => {
        const office = openOffice();
        play(office, days);
        const { db } = office.engine;
        for (const person of readAll(db, personAggregate)) await expectOnlyTheirs(db, person);
        db.close();
      }),
      some,
    );
  });
});

async function expectOnlyTheirs(db: Db, person: Person): Promise<void> {
  const scope = readingScope(person);
  const documents = readAll(db, documentAggregate);
  const theirs = documents.filter((document) => mayRead(scope, document)).map(({ id }) => id);
  const listed = (['incoming', 'outgoing'] as const).flatMap((direction) => {
    const { rows, total } = listDocuments(db, scope, direction, {
      ...everything,
      states: null,
      year: null,
      text: '',
    });
    expect(total).toBe(rows.length);
    return rows.map(({ id }) => id);
  });
  expect(listed.toSorted()).toEqual(theirs.toSorted());
  const window = { ...everything, today };
  const waiting = [...waitingFor(db, person, window).items, ...waitedForBy(db, person, window).items];
  const unread = waiting.filter(({ document }) => document !== null && !theirs.includes(document.id));
  expect(unread, `${person.roles.join()} waits for what they may not read`).toEqual([]);
  const looking = { open: { desk: { db, calendar: holidays } }, person, scope, today };
  const { late, unowned } = supervision(looking);
  const holders = [
    ...readAll(db, personAggregate).map(({ id }) => ({ kind: 'person' as const, id })),
    ...readAll(db, unitAggregate).map(({ id }) => ({ kind: 'unit' as const, id })),
  ];
  const held = holders.flatMap((by) => heldBy(looking, { ...everything, by }).rows);
  // Every subject of these days begins with it.
  const { hits } = findDocuments(db, scope, { ...everything, words: 'về việc' });
  const shown = [...late, ...unowned, ...[...held, ...hits].map(({ document }) => document)];
  expect(shown.filter(({ id }) => !theirs.includes(id))).toEqual([]);
  for (const { id } of documents) {
    const isTheirs = theirs.includes(id);
    expect(await refusalOf(() => documentPage(db, scope, id))).toBe(isTheirs ? null : 'documents.unknown');
    if (!isTheirs) continue;
    const { linked } = documentPage(db, scope, id);
    expect(linked.filter(({ document }) => !theirs.includes(document.id))).toEqual([]);
  }
}

/** Every derived table, row by row; the document's own row number is the desk's and may differ. */
function tablesOf(db: Db): Readonly<Record<string, readonly unknown[]>> {
  const rows = (sql: string) => db.prepare(sql).all();
  return {
    aggregate: rows('SELECT * FROM aggregate ORDER BY kind, id'),
    document: rows('SELECT * FROM document ORDER BY id'),
    people: rows(
      'SELECT p.person, d.id FROM document_person p JOIN document d ON d.n = p.document ORDER BY 1, 2',
    ),
    units: rows('SELECT u.unit, d.id FROM document_unit u JOIN document d ON d.n = u.document ORDER BY 1, 2'),
    timeline: rows('SELECT d.id, t.seq FROM timeline t JOIN document d ON d.n = t.document ORDER BY 1, 2'),
    tally: rows('SELECT * FROM tally WHERE documents <> 0 ORDER BY direction, state'),
    task: rows('SELECT * FROM task ORDER BY id'),
    waiting: rows('SELECT * FROM waiting ORDER BY origin, who, why'),
    dossier: rows('SELECT * FROM dossier ORDER BY id').map((row) => ({ ...(row as object), n: 0 })),
    makers: rows(
      'SELECT p.person, d.id FROM dossier_person p JOIN dossier d ON d.n = p.dossier ORDER BY 1, 2',
    ),
  };
}
