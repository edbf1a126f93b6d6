import { describe, expect, test } from 'vitest';
import type { Lock, OfficialDocument } from '#shared/documents/public.ts';
import type { Disposal, Dossier } from '#shared/dossiers/public.ts';
import { DisposalIdSchema, LockIdSchema, type Decision } from '#shared/kernel/public.ts';
import { after, ask, codeOf, type Known } from '../../support/ask.ts';
import { aPerson, anIncoming, anOutgoing, day, ids, mondayMorning, theHead } from '../../support/builders.ts';
import { aDossier } from '../../support/dossiers.ts';

const archivist = aPerson({ roles: ['archivist'] });
const head = theHead();
const hold: Lock = {
  id: LockIdSchema.parse(ids.document()),
  kind: 'hold',
  name: 'Vụ án số 5',
  reason: 'Cơ quan điều tra yêu cầu',
};
const disposalId = DisposalIdSchema.parse(ids.document());
const closed = { state: 'closed', endedOn: day('2015-06-30'), retention: 10 } as const;

function itemsOf(documents: readonly OfficialDocument[]): Pick<Dossier, 'items'> {
  return { items: documents.map(({ id }, place) => ({ n: place + 1, document: id })) };
}

const propose = (dossier: Dossier, known: Known = {}, more: object = {}) =>
  ask('disposals.propose', {
    by: archivist,
    body: {
      disposalId,
      items: [
        { dossier: dossier.id, verdict: 'destroy', newRetention: null, reason: 'Hết giá trị', ...more },
      ],
    },
    known: { ...known, dossiers: [dossier, ...(known.dossiers ?? [])] },
  });

describe('a file goes on the list when its term is over', () => {
  test('counted from the end of its work, to the end of that year; everything that may be wrong is said', () => {
    const due = aDossier(closed);
    expect(after('dossier', due, propose(due))).toMatchObject({
      state: 'considered',
      disposal: { id: disposalId, from: 'closed' },
    });
    expect(codeOf(propose(aDossier({ ...closed, endedOn: day('2016-01-01') })))).toBe('disposals.not-due');
    expect(codeOf(propose(aDossier({ ...closed, retention: 'permanent' })))).toBe('disposals.kept-for-ever');
    expect(codeOf(propose(aDossier()))).toBe('disposals.not-kept');
    expect(codeOf(propose(aDossier({ ...closed, parent: due.id })))).toBe('holds.only-whole');
    expect(codeOf(propose(after('dossier', due, propose(due))))).toBe('disposals.listed-already');
  });

  test('by the day, where the agency counts so', () => {
    const dossier = aDossier({ ...closed, endedOn: day('2016-11-01') });
    expect(codeOf(propose(dossier))).toBe('disposals.not-due');
    const body = { counting: 'day' as const, rules: [] };
    expect(codeOf(propose(dossier, { retention: body }))).toBeNull();
  });

  test('a part that is kept longer keeps the whole', () => {
    const part = aDossier({ ...closed, retention: 20 });
    const whole = aDossier({ ...closed, parts: [part.id] });
    expect(codeOf(propose(whole, { dossiers: [part] }))).toBe('disposals.not-due');
  });

  test('a case refuses it by its name; it may still be kept longer', () => {
    const held = aDossier({ ...closed, locks: [hold] });
    expect(propose(held)).toMatchObject({
      code: 'dossiers.is-held',
      params: { code: '01.VP', name: 'Vụ án số 5', reason: 'Cơ quan điều tra yêu cầu' },
    });
    const longer = { verdict: 'longer', newRetention: 20 };
    expect(codeOf(propose(held, {}, longer))).toBeNull();
    expect(codeOf(propose(aDossier(closed), {}, { ...longer, newRetention: 10 }))).toBe(
      'disposals.term-missing',
    );
    expect(codeOf(propose(aDossier(closed), {}, { newRetention: 20 }))).toBe('disposals.term-missing');
  });
});

describe('from the proposal to the minutes', () => {
  const [letter, answer] = [anIncoming({ state: 'filed' }), anOutgoing({ state: 'issued' })];
  const kept = aDossier(itemsOf([answer]));
  const dossier = aDossier({ ...closed, ...itemsOf([letter, answer]) });
  const documents = [
    { ...letter, dossiers: [dossier.id], locks: [lockOf(dossier)] },
    { ...answer, dossiers: [dossier.id, kept.id], locks: [lockOf(dossier)] },
  ];
  const considered = after('dossier', dossier, propose(dossier));
  const proposed: Disposal = {
    id: disposalId,
    state: 'proposed',
    items: [
      {
        dossier: dossier.id,
        code: dossier.code,
        title: dossier.title,
        retention: 10,
        keptUntil: day('2025-12-31'),
        verdict: 'destroy',
        newRetention: null,
        reason: 'Hết giá trị',
      },
    ],
    proposed: { by: archivist.id, at: mondayMorning },
    appraisal: null,
    decision: null,
    minutes: null,
    dismissed: null,
  };
  const step = (name: string, disposal: Disposal, more: object, known: Known = {}): Decision =>
    ask(name, {
      by: name === 'disposals.approve' ? head : archivist,
      body: { disposalId, ...more },
      known: { dossiers: [considered, kept], documents, disposals: [disposal], ...known },
    });
  const opinion = { words: 'Đồng ý hủy', reference: 'Biên bản họp Hội đồng ngày 10/11/2026, có chữ ký' };
  const decision = { number: '45/QĐ-SNV', on: '2026-11-20' };
  const minutes = { witnesses: ['Đỗ Thị Lan', 'Bùi Thị Ngọc'], place: 'Kho lưu trữ' };
  const appraised = after('disposal', proposed, step('disposals.appraise', proposed, opinion));
  const approved = after('disposal', appraised, step('disposals.approve', appraised, decision));
  const done = step('disposals.carryOut', approved, minutes);

  test('the council speaks before the head decides, and the head before anything is destroyed', () => {
    expect(codeOf(step('disposals.approve', proposed, decision))).toBe('disposals.not-in-state');
    expect(codeOf(step('disposals.carryOut', appraised, minutes))).toBe('disposals.not-in-state');
    const deputy = aPerson({ roles: ['leader'], rank: 'deputy' });
    const asDeputy = ask('disposals.approve', {
      by: deputy,
      body: { disposalId, ...decision },
      known: { dossiers: [considered], disposals: [appraised] },
    });
    expect(codeOf(asDeputy)).toBe('disposals.only-head');
    expect(codeOf(step('disposals.approve', appraised, { ...decision, on: '2026-11-24' }))).toBe(
      'disposals.decided-in-future',
    );
    expect(approved.decision).toMatchObject({ number: '45/QĐ-SNV', by: head.id });
  });

  test('what is destroyed says by which decision; what lies in another file stays, and is free of this one', () => {
    expect(after('disposal', approved, done)).toMatchObject({
      state: 'carried-out',
      minutes: { ...minutes, destroyed: 1, kept: 1 },
    });
    const by = { disposal: disposalId, number: '45/QĐ-SNV', decidedOn: '2026-11-20' };
    expect(after('dossier', considered, done)).toMatchObject({ state: 'destroyed', destroyed: by });
    const [gone, stays] = documents.map((one) => after('document', one as OfficialDocument, done));
    expect(gone).toMatchObject({ state: 'destroyed', destroyed: by, holder: null });
    expect(stays).toMatchObject({ state: 'issued', locks: [] });
    expect(stays?.destroyed).toBeUndefined();
  });

  test('two people have to have seen it', () => {
    expect(() => step('disposals.carryOut', approved, { ...minutes, witnesses: ['Đỗ Thị Lan'] })).toThrow();
  });

  test.each([
    ['the file', { dossiers: [{ ...considered, locks: [hold] }, kept] }, 'dossiers.is-held'],
    [
      'the file',
      { dossiers: [{ ...considered, locks: [{ ...hold, kind: 'freeze' as const }] }, kept] },
      'dossiers.is-frozen',
    ],
    [
      'a paper of it',
      { documents: documents.map((one) => ({ ...one, locks: [hold] })) },
      'disposals.paper-locked',
    ],
  ] as const)('a case or freeze that came after the decision stops it: %s', (_what, known, code) => {
    expect(codeOf(step('disposals.carryOut', approved, minutes, known as unknown as Known))).toBe(code);
  });

  test('a case that holds another file with the same paper keeps the paper, and stops nothing else', () => {
    const [first, second] = documents;
    const held = [
      first,
      { ...second, locks: [...(second?.locks ?? []), hold] },
    ] as readonly OfficialDocument[];
    const over = step('disposals.carryOut', approved, minutes, { documents: held });
    expect(after('document', held[1] as OfficialDocument, over)).toMatchObject({
      state: 'issued',
      locks: [hold],
    });
  });

  test('what was decided to be kept goes back to the shelf with its new term', () => {
    const items = proposed.items.map((item) => ({
      ...item,
      verdict: 'permanent' as const,
      newRetention: 'permanent' as const,
    }));
    const keeping = step('disposals.approve', { ...appraised, items }, decision);
    expect(after('dossier', considered, keeping)).toMatchObject({
      state: 'closed',
      disposal: null,
      retention: 'permanent',
    });
  });

  test('a list that is stopped gives every file back, and says why', () => {
    const stopped = step('disposals.dismiss', approved, { reason: 'Xem lại giá trị' });
    expect(after('dossier', considered, stopped)).toMatchObject({
      state: 'closed',
      disposal: null,
      retention: 10,
    });
    expect(after('disposal', approved, stopped)).toMatchObject({
      state: 'dismissed',
      dismissed: { reason: 'Xem lại giá trị' },
    });
    const over = after('disposal', approved, done);
    expect(codeOf(step('disposals.dismiss', over, { reason: 'Muộn' }))).toBe('disposals.not-in-state');
  });
});

function lockOf({ id, code }: Dossier): Lock {
  return { id, kind: 'closed', name: code, reason: '' };
}
