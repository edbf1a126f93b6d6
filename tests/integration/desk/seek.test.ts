import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { countSought, forgetQuery, savedQueries, saveQuery, seek } from '#electron/features/search/seek.ts';
import { fillSought } from '#electron/features/search/sought-projection.ts';
import { readState } from '#electron/store/read-state.ts';
import { personAggregate, readingScope, type ReadingScope } from '#shared/directory/public.ts';
import {
  SoughtQuerySchema,
  foldVietnamese,
  operatorsFor,
  soughtColumns,
  soughtFields,
  type Condition,
  type SoughtField,
  type SoughtQuery,
} from '#shared/search/public.ts';
import { commandOf, fillOffice, newId } from '../../bench/large-office.ts';
import { refusalOf } from '../../support/store.ts';

const folder = mkdtempSync(join(tmpdir(), 'antin-seek-'));
const office = fillOffice(folder, 600, () => undefined);
const { db } = office.desk;
afterAll(() => {
  db.close();
  rmSync(folder, { recursive: true, force: true });
});

const everything: SoughtQuery = { groups: [], columns: [...soughtColumns], sort: null };
const scopeOf = (who: 'leader' | 'officer' | 'administrator'): ReadingScope => {
  const person = readState(db, personAggregate, office.people[who]);
  if (person === null) throw new Error(`The ${who} is gone`);
  return readingScope(person);
};
const leader = scopeOf('leader');
const asked = (groups: Condition[][], change: Partial<SoughtQuery> = {}): SoughtQuery =>
  SoughtQuerySchema.parse({ ...everything, groups, ...change });
const found = (query: SoughtQuery, scope = leader) => {
  const rows = [];
  for (;;) {
    const page = seek(db, scope, { query, offset: rows.length, limit: 200 });
    rows.push(...page);
    if (page.length < 200) return rows;
  }
};
const cell = (row: { cells: string[] }, field: SoughtField) =>
  row.cells[everything.columns.indexOf(field)] ?? '';
const must = (name: string, body: unknown) => {
  const reply = office.desk.execute(commandOf(office.people.officer, name, body));
  if (!reply.ok) throw new Error(reply.refusal.code);
};

test('without a condition every paper that may be read is there, and the count says how many', () => {
  const { n } = db.prepare('SELECT count(*) AS n FROM document').get() as { n: number };
  expect(found(everything)).toHaveLength(n);
  expect(countSought(db, leader, everything)).toBe(n);
  expect(found(everything, scopeOf('administrator'))).toEqual([]);
  const own = found(everything, scopeOf('officer'));
  expect(own.length).toBeGreaterThan(0);
  expect(own.length).toBeLessThan(n);
});

test('conditions join by and, groups by or, and each can be turned round', () => {
  const all = found(everything);
  const count = (holds: (row: (typeof all)[number]) => boolean) => all.filter(holds).length;
  const has = (row: (typeof all)[number], word: string) =>
    foldVietnamese(cell(row, 'subject')).includes(word);
  const word = { field: 'subject', operator: 'has', value: 'ngân sách' } as const;
  const holds = (row: (typeof all)[number]) => has(row, 'ngan') && has(row, 'sach');
  expect(found(asked([[word]]))).toHaveLength(count(holds));
  expect(found(asked([[{ ...word, operator: 'lacks' }]]))).toHaveLength(count((row) => !holds(row)));
  const received: Condition = { field: 'of', operator: 'is', value: 'incoming' };
  expect(found(asked([[word, received]]))).toHaveLength(count((row) => holds(row) && row.of === 'incoming'));
  expect(found(asked([[word], [received]]))).toHaveLength(
    count((row) => holds(row) || row.of === 'incoming'),
  );
  const numbers = all.map((row) => cell(row, 'codeNumber')).filter((text) => text !== '');
  const some = [...new Set(numbers)].slice(0, 3);
  const among: Condition = { field: 'codeNumber', operator: 'in', value: some.join('; ') };
  expect(found(asked([[among]]))).toHaveLength(count((row) => some.includes(cell(row, 'codeNumber'))));
  expect(found(asked([[{ ...among, operator: 'notIn' }]]))).toHaveLength(
    count((row) => !some.includes(cell(row, 'codeNumber'))),
  );
});

test('every field answers every operator that it offers, and what is turned round is all the rest', () => {
  const total = countSought(db, leader, everything);
  const pairs = [
    ['has', 'lacks'],
    ['is', 'isNot'],
    ['in', 'notIn'],
    ['filled', 'empty'],
  ] as const;
  for (const field of Object.keys(soughtFields) as SoughtField[]) {
    const value =
      soughtFields[field] === 'day' ? '2026-03-02' : soughtFields[field] === 'number' ? '3' : 'an';
    for (const [one, other] of pairs) {
      if (!operatorsFor(field).includes(one)) continue;
      const count = (operator: Condition['operator']) =>
        countSought(db, leader, asked([[{ field, operator, value }]]));
      expect([field, count(one) + count(other)]).toEqual([field, total]);
    }
  }
  expect(() => asked([[{ field: 'pages', operator: 'has', value: '1' }]])).toThrow();
});

test('rows stand in the order of any column, those without it last', () => {
  for (const field of soughtColumns) {
    const rows = found(asked([], { sort: { by: field, descending: false } }));
    expect(rows).toHaveLength(countSought(db, leader, everything));
  }
  const days = found(asked([], { sort: { by: 'arrivedOn', descending: true } })).map((row) =>
    cell(row, 'arrivedOn'),
  );
  const said = days.filter((day) => day !== '').map((day) => day.split('/').toReversed().join('-'));
  expect(said).toEqual(said.toSorted().toReversed());
  expect(days.slice(0, said.length)).not.toContain('');
});

test('the text of the pages is a condition like any other', () => {
  const text: Condition = { field: 'content', operator: 'has', value: 'quyết định' };
  const count = countSought(db, leader, asked([[text]]));
  expect(count).toBeGreaterThan(0);
  const turned = countSought(db, leader, asked([[{ ...text, operator: 'lacks' }]]));
  expect(count + turned).toBe(countSought(db, leader, everything));
});

test('a file is found by its own fields, and its papers by its code and their place', () => {
  const [paper] = found(everything, scopeOf('officer'));
  if (paper === undefined) throw new Error('The officer has papers');
  const dossierId = newId();
  const fields = {
    code: '07.TCKT',
    title: 'Hồ sơ quyết toán ngân sách',
    retention: 20,
    mode: 'conditional',
    keywords: 'quyết toán',
    description: '',
    startedOn: '2026-01-05',
  };
  must('dossiers.open', { dossierId, fields, maker: office.people.officer, parent: null });
  must('dossiers.file', { dossierId, documents: [paper.id] });
  const conditional: Condition = { field: 'mode', operator: 'is', value: 'conditional' };
  expect(found(asked([[conditional]])).map(({ of, id }) => [of, id])).toEqual([['dossier', dossierId]]);
  const inFile = found(asked([[{ field: 'fileCode', operator: 'has', value: '07.tckt' }]]));
  expect(new Set(inFile.map(({ id }) => id))).toEqual(new Set([dossierId, paper.id]));
  expect(inFile.map((row) => cell(row, 'ordinal')).toSorted()).toEqual(['', '1']);
  must('dossiers.takeOut', { dossierId, documents: [paper.id], reason: 'Nhầm' });
  expect(
    found(asked([[{ field: 'fileCode', operator: 'is', value: '07.TCKT' }]])).map(({ id }) => id),
  ).toEqual([dossierId]);
});

test('a desk brought up to date, or whose read models are made anew, finds the same', () => {
  const before = found(asked([], { sort: { by: 'subject', descending: false } }))
    .map(({ cells }) => cells.join('|'))
    .toSorted();
  const again = () =>
    found(asked([], { sort: { by: 'subject', descending: false } }))
      .map(({ cells }) => cells.join('|'))
      .toSorted();
  office.desk.log.transaction(() => {
    db.exec('DELETE FROM sought');
    fillSought(db);
  });
  expect(again()).toEqual(before);
  office.desk.rebuild();
  expect(again()).toEqual(before);
});

test('a question is kept under its name, by whoever asked it alone', async () => {
  const query = asked([[{ field: 'subject', operator: 'has', value: 'ngân sách' }]]);
  saveQuery(db, office.people.leader, { name: 'Ngân sách', query });
  saveQuery(db, office.people.leader, {
    name: 'Ngân sách',
    query: { ...query, sort: { by: 'subject', descending: true } },
  });
  expect(savedQueries(db, office.people.leader)).toMatchObject([
    { name: 'Ngân sách', query: { sort: { by: 'subject' } } },
  ]);
  expect(savedQueries(db, office.people.clerk)).toEqual([]);
  forgetQuery(db, office.people.leader, 'Ngân sách');
  expect(savedQueries(db, office.people.leader)).toEqual([]);
  for (let n = 0; n < 100; n += 1) saveQuery(db, office.people.clerk, { name: `Câu ${n}`, query });
  expect(await refusalOf(() => saveQuery(db, office.people.clerk, { name: 'Thêm', query }))).toBe(
    'search.too-many-saved',
  );
});
