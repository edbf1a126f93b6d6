import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dossierAggregate, findingsOf, type Dossier } from '#shared/dossiers/public.ts';
import { evolveFiling, type OfficialDocument } from '#shared/documents/public.ts';
import { hashText, ref, type DocumentId } from '#shared/kernel/public.ts';
import { after, ask, codeOf, type Known } from '../../support/ask.ts';
import {
  aFile,
  aPerson,
  aTask,
  anIncoming,
  anOutgoing,
  day,
  mondayMorning,
  someFields,
  theHead,
} from '../../support/builders.ts';
import { aDossier, aFileList, anEntry, dossierId, someDossierFields } from '../../support/dossiers.ts';

const officer = aPerson({ roles: ['officer'] });
const clerk = aPerson({ roles: ['clerk'] });
const approved = { by: theHead().id, at: mondayMorning };

function itemsOf(documents: readonly OfficialDocument[]): Pick<Dossier, 'items' | 'last'> {
  return {
    items: documents.map(({ id }, place) => ({ n: place + 1, document: id })),
    last: documents.length,
  };
}

describe('danh mục hồ sơ (NĐ 30 Đ28)', () => {
  const write = (entries: readonly object[], by = clerk) =>
    ask('dossiers.writeList', { by, body: { year: 2026, entries } });

  test('the clerk writes it, and no code stands in it twice', () => {
    expect(codeOf(write([anEntry(), anEntry({ code: '02.VP' })]))).toBeNull();
    expect(codeOf(write([anEntry(), anEntry()]))).toBe('dossiers.code-twice');
    expect(codeOf(write([anEntry()], officer))).toBe('documents.only-clerk');
  });

  test('only the head approves it, as it was read; every change asks for that anew', () => {
    const list = aFileList();
    const approve = (by = theHead(), lines = 1) =>
      ask('dossiers.approveList', { by, body: { year: 2026, lines }, known: { fileLists: [list] } });
    expect(codeOf(approve())).toBeNull();
    expect(codeOf(approve(clerk))).toBe('dossiers.only-leader-approves');
    expect(codeOf(approve(theHead(), 2))).toBe('dossiers.list-changed');
    const again = { by: clerk, body: { year: 2026, entries: [anEntry()] } };
    const decision = ask('dossiers.writeList', { ...again, known: { fileLists: [{ ...list, approved }] } });
    expect(decision).toMatchObject([{ type: 'fileListWritten' }]);
  });
});

describe('opening a file', () => {
  const open = (more: object = {}, known: object = {}, by = officer) =>
    ask('dossiers.open', {
      by,
      body: { dossierId: dossierId(), fields: someDossierFields(), maker: by.id, parent: null, ...more },
      known: { people: [officer, clerk], ...known },
    });

  test('from the list once it is approved, or outside it', () => {
    const fileLists = [aFileList({ approved })];
    expect(open({}, { fileLists })).toMatchObject([{ body: { inList: true } }, { type: 'fileCodeTaken' }]);
    expect(codeOf(open({}, { fileLists: [aFileList()] }))).toBe('dossiers.list-not-approved');
    const outside = { fields: someDossierFields({ code: '99.VP' }) };
    expect(open(outside, { fileLists })).toMatchObject([{ body: { inList: false } }, {}]);
    expect(open(outside)).toMatchObject([{ body: { inList: false } }, {}]);
  });

  test('no two files of a year have one code', () => {
    const fileLists = [aFileList({ approved, taken: { '01.VP': dossierId() } })];
    expect(codeOf(open({}, { fileLists }))).toBe('dossiers.code-taken');
  });

  test('an officer opens files of their own; the clerk opens them for others', () => {
    expect(codeOf(open({ maker: clerk.id }))).toBe('dossiers.only-own');
    expect(codeOf(open({ maker: officer.id }, {}, clerk))).toBeNull();
  });

  test('a part goes on from the code of the whole, and has no parts of its own', () => {
    const whole = aDossier({ maker: officer.id, parts: [dossierId()] });
    const part = { parent: whole.id, fields: someDossierFields({ title: 'Phần tài chính' }) };
    expect(open(part, { dossiers: [whole] })).toMatchObject([
      { body: { fields: { code: '01.VP.2' }, parent: whole.id } },
      { type: 'partOpened' },
    ]);
    const inner = aDossier({ maker: officer.id, parent: whole.id });
    expect(codeOf(open({ ...part, parent: inner.id }, { dossiers: [inner] }))).toBe('dossiers.part-of-part');
    const long = aDossier({ maker: officer.id, code: '01.VP-TCCB-KHTC-2026' });
    expect(codeOf(open({ ...part, parent: long.id }, { dossiers: [long] }))).toBe('dossiers.code-long');
  });
});

describe('filing', () => {
  const letter = anIncoming({ state: 'done', people: [officer.id] });
  const file = (dossier: Dossier, documents: readonly OfficialDocument[], by = officer) =>
    ask('dossiers.file', {
      by,
      body: { dossierId: dossier.id, documents: documents.map(({ id }) => id) },
      known: { dossiers: [dossier], documents },
    });

  test('a paper takes the next place, lies in many files, and is filed once it is done', () => {
    const [one, other] = [aDossier({ maker: officer.id, last: 4 }), aDossier({ maker: officer.id })];
    const first = file(one, [letter]);
    expect(after('dossier', one, first).items).toEqual([{ n: 5, document: letter.id }]);
    const filed = after('document', letter, first);
    expect(filed).toMatchObject({ state: 'filed', dossiers: [one.id] });
    expect(after('document', filed, file(other, [filed])).dossiers).toEqual([one.id, other.id]);
    expect(codeOf(file(after('dossier', one, first), [letter]))).toBe('dossiers.filed-already');
  });

  test('nobody files what they cannot read, nor into a file that is not theirs', () => {
    const own = aDossier({ maker: officer.id });
    const strange = anIncoming({ state: 'done' });
    expect(codeOf(file(own, [strange]))).toBe('documents.unknown');
    expect(codeOf(file(aDossier(), [letter]))).toBe('dossiers.only-keeper');
    expect(codeOf(file(aDossier({ maker: officer.id, state: 'closed' }), [letter]))).toBe(
      'dossiers.is-closed',
    );
    const arrived = anIncoming({ state: 'arrived', people: [officer.id] });
    expect(codeOf(file(own, [arrived]))).toBe('documents.not-in-state');
  });

  test('whoever was given a file takes out only what they may read', () => {
    const dossier = aDossier({ maker: officer.id, ...itemsOf([letter]) });
    const takeOut = (document: OfficialDocument) =>
      ask('dossiers.takeOut', {
        by: officer,
        body: { dossierId: dossier.id, documents: [letter.id], reason: 'Trùng' },
        known: { dossiers: [dossier], documents: [document] },
      });
    expect(codeOf(takeOut({ ...letter, people: [] }))).toBe('documents.unknown');
    expect(after('dossier', dossier, takeOut(letter)).items).toEqual([]);
  });

  test('taken out of its last file a paper is no longer filed; work that is not done is not either', () => {
    const dossier = aDossier({ maker: officer.id });
    const act = (type: 'documentFiled' | 'documentTakenOut') =>
      ({ type, on: ref('document', letter.id), body: { dossier: dossier.id } }) as const;
    const filed = evolveFiling(letter, act('documentFiled'));
    expect(evolveFiling(filed, act('documentTakenOut')).state).toBe('done');
    const busy = anIncoming({ state: 'in-progress' });
    expect(evolveFiling(busy, act('documentFiled')).state).toBe('in-progress');
  });

  test('places are given once while a file is open, and count from one when it is closed', () => {
    const step = fc.oneof(
      fc.record({ what: fc.constant('file' as const), count: fc.integer({ min: 1, max: 5 }) }),
      fc.record({ what: fc.constant('out' as const), count: fc.integer({ min: 0, max: 9 }) }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        let dossier = aDossier();
        const on = ref('dossier', dossier.id);
        const given: number[] = [];
        for (const { what, count } of steps) {
          if (what === 'file') {
            const items = Array.from({ length: count }, (_none, place) => ({
              n: dossier.last + place + 1,
              document: anIncoming().id,
            }));
            given.push(...items.map(({ n }) => n));
            dossier = dossierAggregate.evolve(dossier, { type: 'itemsFiled', on, body: { items } });
          } else {
            const documents: DocumentId[] = dossier.items
              .slice(count, count + 1)
              .map(({ document }) => document);
            dossier = dossierAggregate.evolve(dossier, {
              type: 'itemsTakenOut',
              on,
              body: { documents, reason: '' },
            });
          }
        }
        expect(new Set(given).size).toBe(given.length);
        const body = { endedOn: day('2026-11-20'), by: officer.id, at: mondayMorning };
        const { items } = dossierAggregate.evolve(dossier, { type: 'dossierClosed', on, body });
        expect(items.map(({ n }) => n)).toEqual(items.map((_item, place) => place + 1));
        expect(items.map(({ document }) => document)).toEqual(dossier.items.map(({ document }) => document));
      }),
      { numRuns: 60 },
    );
  });
});

describe('closing (NĐ 30 Đ29)', () => {
  const close = (dossier: Dossier, known: Known = {}, endedOn = '2026-11-20') =>
    ask('dossiers.close', {
      by: officer,
      body: { dossierId: dossier.id, endedOn },
      known: { ...known, dossiers: [dossier, ...(known.dossiers ?? [])] },
    });
  const holding = (documents: readonly OfficialDocument[], over: Partial<Dossier> = {}) =>
    aDossier({ maker: officer.id, ...itemsOf(documents), ...over });

  test('ends the file and its open parts in one act', () => {
    const [letter, answer] = [anIncoming({ state: 'filed' }), anOutgoing({ state: 'issued' })];
    const part = aDossier({ maker: officer.id, ...itemsOf([answer]) });
    const ended = aDossier({ state: 'closed' });
    const whole = holding([letter], { parts: [part.id, ended.id] });
    const decision = close(whole, { documents: [letter, answer], dossiers: [part, ended] });
    // Each of its papers stays as it is from then on, and says with which file.
    expect(decision).toMatchObject([
      { type: 'dossierClosed', on: { id: whole.id } },
      { type: 'documentLocked', on: { id: letter.id }, body: { lock: { id: whole.id, kind: 'closed' } } },
      { type: 'dossierClosed', on: { id: part.id } },
      { type: 'documentLocked', on: { id: answer.id }, body: { lock: { id: part.id, name: part.code } } },
    ]);
    expect(after('dossier', whole, decision)).toMatchObject({ state: 'closed', endedOn: '2026-11-20' });
  });

  test('puts down how much lay in each, what was said, and a hash of the hashes in their order', () => {
    const first = anIncoming({ state: 'filed' });
    const twin = { ...anIncoming({ state: 'filed' }), file: first.file };
    const whole = holding([first, twin]);
    const decision = close(whole, { documents: [first, twin] });
    const { closed } = after<Dossier>('dossier', whole, decision);
    const hash = first.file?.hash ?? '';
    expect(closed?.certified).toMatchObject({
      papers: 2,
      fingerprints: hashText(`${hash}  1\n${hash}  2\n`),
      warnings: expect.arrayContaining([{ code: 'dossiers.is-twice', places: [2] }]),
    });
  });

  test.each([
    ['dossiers.is-empty', []],
    ['dossiers.not-handled', [anIncoming({ state: 'directed' })]],
    ['dossiers.draft-left', [anOutgoing({ state: 'draft' })]],
    ['dossiers.draft-left', [anOutgoing({ state: 'abandoned' })]],
    ['dossiers.not-issued', [anOutgoing({ state: 'numbered' })]],
  ] as const)('%s stands against it', (code, documents) => {
    expect(codeOf(close(holding(documents), { documents }))).toBe(code);
  });

  test('open tasks stand against it, wherever in the parts they are', () => {
    const letter = anIncoming({ state: 'filed' });
    const task = aTask({ document: letter.id, state: 'in-progress' });
    const busy = { ...letter, tasks: [task.id] };
    const part = aDossier({ maker: officer.id, ...itemsOf([busy]) });
    const whole = holding([], { parts: [part.id] });
    const known = { documents: [busy], dossiers: [part], tasks: [task] };
    expect(codeOf(close(whole, known))).toBe('dossiers.task-open');
    expect(codeOf(close(whole, { ...known, tasks: [{ ...task, state: 'done' }] }))).toBeNull();
  });

  test('it ends neither before it began nor tomorrow', () => {
    const documents = [anIncoming({ state: 'filed' })];
    expect(codeOf(close(holding(documents), { documents }, '2025-12-31'))).toBe('dossiers.ends-before-start');
    expect(codeOf(close(holding(documents), { documents }, '2026-11-24'))).toBe('dossiers.ends-in-future');
  });

  test('what is there twice, kept too short or lacks a field is said, and stops nobody', () => {
    const file = aFile(7);
    const papers = [
      anIncoming({ state: 'filed', file }),
      anIncoming({ state: 'filed', file }),
      anIncoming({ state: 'filed', fields: someFields({ number: '' }) }),
    ];
    const dossier = holding(papers, { retention: 10 });
    const list = aFileList({ entries: [anEntry({ retention: 'permanent' })], approved });
    const byId = new Map(papers.map((paper) => [paper.id, paper]));
    const found = findingsOf(
      {
        dossier,
        parts: [],
        document: (id) => byId.get(id) ?? null,
        task: () => null,
        person: () => null,
        list,
        reads: () => true,
      },
      { endedOn: day('2026-11-20'), today: mondayMorning },
    );
    expect(found.map(({ refusal, stops, mend }) => [refusal.code, stops, mend])).toEqual([
      ['dossiers.retention-short', false, 'retention'],
      ['dossiers.is-twice', false, 'take-out'],
      ['dossiers.fields-missing', false, 'see-document'],
    ]);
    expect(codeOf(close(dossier, { documents: papers, fileLists: [list] }))).toBeNull();
  });

  test('a paper that whoever closes may not read is told by its place, and by nothing of its own', () => {
    const secretive = anOutgoing({ state: 'draft', people: [], units: [] });
    const dossier = holding([secretive]);
    const decision = close(dossier, { documents: [secretive] });
    expect(decision).toMatchObject({ code: 'dossiers.draft-left', params: { name: '01.VP #1' } });
  });

  test('a closed file is opened again with a reason, a part only once its whole is open', () => {
    const whole = aDossier({ maker: officer.id, state: 'closed' });
    const part = aDossier({ maker: officer.id, state: 'closed', parent: whole.id });
    const reopen = (dossier: Dossier, dossiers: readonly Dossier[]) =>
      ask('dossiers.reopen', {
        by: officer,
        body: { dossierId: dossier.id, reason: 'Còn văn bản đến sau' },
        known: { dossiers },
      });
    expect(codeOf(reopen(part, [part, whole]))).toBe('dossiers.whole-closed');
    expect(after('dossier', whole, reopen(whole, [whole]))).toMatchObject({ state: 'open', endedOn: null });
    expect(codeOf(reopen(part, [part, { ...whole, state: 'open' }]))).toBeNull();
  });
});

describe('a file goes with the work', () => {
  test('to another maker, who sees it from then on; whoever had it goes on seeing it', () => {
    const dossier = aDossier({ maker: officer.id });
    const next = aPerson({ roles: ['officer'] });
    const body = { dossierId: dossier.id, to: next.id, reason: 'Chuyển công tác' };
    const decision = ask('dossiers.passOn', {
      by: officer,
      body,
      known: { dossiers: [dossier], people: [next] },
    });
    expect(after('dossier', dossier, decision)).toMatchObject({
      maker: next.id,
      people: [officer.id, next.id],
    });
  });
});
