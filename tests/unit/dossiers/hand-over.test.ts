import { describe, expect, test } from 'vitest';
import {
  archiveChecks,
  findingsOnOffer,
  handOverDue,
  isDueSoon,
  transferDue,
  type Dossier,
  type HandOver,
} from '#shared/dossiers/public.ts';
import { mayRead, readingScope, type Person } from '#shared/directory/public.ts';
import type { OfficialDocument } from '#shared/documents/public.ts';
import { HandOverIdSchema, addMonths } from '#shared/kernel/public.ts';
import { scopesOfAggregate } from '#shared/sync/public.ts';
import { after, ask, codeOf, today, type Known } from '../../support/ask.ts';
import { aPerson, anIncoming, anOutgoing, day, ids, mondayMorning, theHead } from '../../support/builders.ts';
import { aDossier, aFileList, anEntry } from '../../support/dossiers.ts';

const officer = aPerson({ roles: ['officer'] });
const clerk = aPerson({ roles: ['clerk'] });
const archivist = aPerson({ roles: ['archivist'] });
const closed = { by: officer.id, at: mondayMorning };

function ended(over: Partial<Dossier> = {}, documents: readonly OfficialDocument[] = []): Dossier {
  return aDossier({
    maker: officer.id,
    state: 'closed',
    endedOn: day('2026-10-30'),
    closed,
    items: documents.map(({ id }, place) => ({ n: place + 1, document: id })),
    ...over,
  });
}

const handOverId = () => HandOverIdSchema.parse(ids.document());

function offer(dossiers: readonly Dossier[], known: Known = {}, by: Person = officer) {
  const body = { handOverId: handOverId(), dossiers: dossiers.map(({ id }) => id) };
  return ask('handOvers.offer', {
    by,
    body,
    known: { ...known, dossiers: [...dossiers, ...(known.dossiers ?? [])] },
  });
}

function offered(files: readonly Dossier[], from = officer): HandOver {
  return {
    id: handOverId(),
    state: 'offered',
    from: from.id,
    at: mondayMorning,
    people: [from.id],
    units: [from.unit],
    inArchive: files.map(({ id }) => id),
    files: files.map(({ id, code, title }) => ({ dossier: id, code, title, givenBack: null })),
    accepted: null,
  };
}

describe('nộp lưu (NĐ 30 Đ30)', () => {
  test('a file goes with its parts and papers, and the archive reads them from then on', () => {
    const [letter, answer] = [anIncoming({ state: 'filed' }), anOutgoing({ state: 'issued' })];
    const part = ended({ parent: aDossier().id }, [answer]);
    const whole = ended({ parts: [part.id] }, [letter]);
    expect(mayRead(readingScope(archivist), letter)).toBe(false);
    const decision = offer([whole], { dossiers: [part], documents: [letter, answer] });
    for (const file of [whole, part]) {
      expect(after('dossier', file, decision)).toMatchObject({ state: 'offered', inArchive: [file.id] });
    }
    for (const paper of [letter, answer]) {
      expect(mayRead(readingScope(archivist), after('document', paper, decision))).toBe(true);
    }
  });

  test('what is kept for less than five years stays with its unit', () => {
    expect(codeOf(offer([ended({ retention: 4 })]))).toBe('handOvers.kept-by-unit');
    expect(codeOf(offer([ended({ retention: 5 })]))).toBeNull();
  });

  test.each([
    ['dossiers.is-open', { state: 'open' }],
    ['dossiers.is-offered', { state: 'offered' }],
    ['dossiers.is-archived', { state: 'archived' }],
    ['handOvers.only-whole', { parent: aDossier().id }],
    ['dossiers.only-keeper', { maker: clerk.id, units: [] }],
  ] as const)('%s stands against it', (code, over) => {
    expect(codeOf(offer([ended({ ...over, units: [] })]))).toBe(code);
  });

  test('a paper whose work was taken up again stands against it, wherever it lies', () => {
    const busy = anIncoming({ state: 'in-progress' });
    const part = ended({}, [busy]);
    const whole = ended({ parts: [part.id] });
    expect(codeOf(offer([whole], { dossiers: [part], documents: [busy] }))).toBe('dossiers.not-handled');
  });

  test('what the archivist will ask about is said, and stops nobody', () => {
    const list = aFileList({ entries: [anEntry({ code: '01.VP', retention: 'permanent' })] });
    const dates = { startedOn: day('2025-01-05'), endedOn: day('2025-10-30') };
    const file = ended({ ...dates, retention: 20, inList: true });
    const none = { parts: [], document: () => null, task: () => null, person: () => null, reads: () => true };
    const found = findingsOnOffer({ ...none, dossier: file, list }, today);
    expect(found.map(({ refusal, stops, mend }) => [refusal.code, stops, mend])).toEqual([
      ['handOvers.late', false, 'none'],
      ['dossiers.retention-short', false, 'reopen'],
    ]);
    expect(
      findingsOnOffer({ ...none, dossier: ended(), list: null }, today).map(({ refusal }) => refusal.code),
    ).toEqual(['handOvers.outside-list']);
  });
});

describe('when a file is due', () => {
  test('a year after the work ended, three months for construction, and never below five years', () => {
    expect(handOverDue(ended())).toBe('2027-10-30');
    expect(handOverDue(ended({ endedOn: day('2028-02-29') }))).toBe('2029-02-28');
    expect(handOverDue(ended({ endedOn: day('2026-11-30'), construction: true }))).toBe('2027-02-28');
    expect(handOverDue(ended({ retention: 2 }))).toBeNull();
    expect(addMonths(day('2026-12-31'), 2)).toBe('2027-02-28');
    // A Saturday: no term of law waits for a working day.
    expect(handOverDue(ended({ endedOn: day('2026-10-30') }))).toBe('2027-10-30');
  });

  test('it waits for its maker from thirty days before, while it is closed', () => {
    const file = ended({ endedOn: day('2026-01-30') });
    expect(isDueSoon(file, day('2026-12-30'))).toBe(false);
    expect(isDueSoon(file, day('2026-12-31'))).toBe(true);
    expect(isDueSoon({ ...file, state: 'offered' }, day('2027-01-30'))).toBe(false);
  });

  test('the head lets it be kept back, two years at most', () => {
    const file = ended();
    const keep = (until: string, one = file) =>
      ask('handOvers.keepBack', {
        by: theHead(),
        body: { dossierId: one.id, until, reason: 'Còn dùng để quyết toán' },
        known: { dossiers: [one] },
      });
    expect(handOverDue(after('dossier', file, keep('2029-10-30')))).toBe('2029-10-30');
    expect(codeOf(keep('2029-10-31'))).toBe('handOvers.kept-too-long');
    expect(codeOf(keep(today))).toBe('handOvers.kept-too-long');
    const short = ended({ retention: 3 });
    expect(codeOf(keep('2027-01-01', short))).toBe('handOvers.never-due');
  });

  test('only what is kept for ever goes on, by the end of the fifth year', () => {
    expect(transferDue('permanent', day('2026-11-23'))).toBe('2031-12-31');
    expect(transferDue(70, day('2026-11-23'))).toBeNull();
  });
});

describe('the archive decides', () => {
  const onItsWay = (paper: OfficialDocument): Dossier => {
    const file = ended({ state: 'offered' }, [paper]);
    const handing = { handOver: handOverId(), returned: null, archived: null, transferred: null };
    return { ...file, inArchive: [file.id], handing };
  };
  const [letter, answer] = [anIncoming({ state: 'filed' }), anIncoming({ state: 'filed' })];
  const [first, second] = [onItsWay(letter), onItsWay(answer)];
  const one = { ...letter, inArchive: [first.id] };
  const other = { ...answer, inArchive: [second.id] };
  const handOver = offered([first, second]);
  const known = { dossiers: [first, second], documents: [one, other], handOvers: [handOver] };
  const why = { reasons: ['metadata' as const], words: 'Thiếu trích yếu văn bản số 1' };
  const decide = (name: string, more: object, by: Person = archivist, over: Known = {}) =>
    ask(name, { by, body: { handOverId: handOver.id, ...more }, known: { ...known, ...over } });

  test('gives a file back with reasons, reads it no longer, and the others go on waiting', () => {
    const decision = decide('handOvers.giveBack', { files: [{ dossier: first.id, ...why }] });
    expect(after('dossier', first, decision)).toMatchObject({
      state: 'closed',
      inArchive: [],
      handing: { returned: { ...why, by: archivist.id } },
    });
    expect(after('handOver', handOver, decision)).toMatchObject({
      state: 'offered',
      files: [{ givenBack: why }, { givenBack: null }],
    });
    expect(mayRead(readingScope(archivist), after('document', one, decision))).toBe(false);
    expect(mayRead(readingScope(archivist), after('document', other, decision))).toBe(true);
    // Its past stays whole in the archive's scope for when it comes again.
    const state = after('document', one, decision);
    expect(scopesOfAggregate({ kind: 'document', id: one.id }, () => state as never)).toContain('archive');
  });

  test('a hand-over of which every file was given back is over', () => {
    const all = [first, second].map(({ id }) => ({ dossier: id, ...why }));
    const decision = decide('handOvers.giveBack', { files: all });
    const returned = after('handOver', handOver, decision);
    expect(returned.state).toBe('returned');
    const more = { handOvers: [returned] };
    expect(codeOf(decide('handOvers.accept', { checked: archiveChecks }, archivist, more))).toBe(
      'handOvers.is-returned',
    );
    const twice = [...all, ...all];
    expect(codeOf(decide('handOvers.giveBack', { files: twice }))).toBe('handOvers.not-waiting');
  });

  test('takes the rest once every point of the list was looked at', () => {
    const some = archiveChecks.slice(1);
    expect(codeOf(decide('handOvers.accept', { checked: some }))).toBe('handOvers.check-first');
    const kept = after(
      'handOver',
      handOver,
      decide('handOvers.giveBack', { files: [{ dossier: first.id, ...why }] }),
    );
    const decision = decide('handOvers.accept', { checked: archiveChecks }, archivist, { handOvers: [kept] });
    expect(decision).toMatchObject([
      { type: 'handOverAccepted' },
      { type: 'dossierArchived', on: { id: second.id } },
    ]);
    expect(after('dossier', second, decision)).toMatchObject({ state: 'archived' });
  });

  test('whoever gave does not take, and only they withdraw', () => {
    const both = aPerson({ roles: ['officer', 'archivist'] });
    const own = { handOvers: [{ ...handOver, from: both.id }] };
    expect(codeOf(decide('handOvers.accept', { checked: archiveChecks }, both, own))).toBe('handOvers.own');
    expect(codeOf(decide('handOvers.withdraw', { reason: 'Sửa' }, clerk))).toBe('handOvers.only-giver');
    const decision = decide('handOvers.withdraw', { reason: 'Sửa' }, officer);
    expect(after('dossier', first, decision)).toMatchObject({ state: 'closed', inArchive: [] });
    expect(after('handOver', handOver, decision).state).toBe('withdrawn');
  });
});

describe('lưu trữ lịch sử (Luật Lưu trữ 33/2024)', () => {
  test('what is kept for ever is recorded as taken there, with the number of its minutes', () => {
    const file = ended({
      state: 'archived',
      retention: 'permanent',
      handing: { handOver: handOverId(), returned: null, archived: closed, transferred: null },
    });
    const receipt = { to: 'Lưu trữ lịch sử tỉnh An Bình', number: '12/BBGN', on: today };
    const record = (one: Dossier, over: object = {}) =>
      ask('handOvers.recordReceipt', {
        by: archivist,
        body: { dossiers: [one.id], receipt: { ...receipt, ...over } },
        known: { dossiers: [one] },
      });
    expect(after('dossier', file, record(file))).toMatchObject({
      state: 'transferred',
      handing: { transferred: receipt },
    });
    expect(codeOf(record({ ...file, retention: 20 }))).toBe('handOvers.not-permanent');
    expect(codeOf(record({ ...file, state: 'closed' }))).toBe('handOvers.not-archived');
    expect(codeOf(record(file, { on: '2026-12-24' }))).toBe('handOvers.receipt-in-future');
  });
});

describe('a file goes with the work', () => {
  test('and its next maker reads the papers that whoever passed it on reads', () => {
    const own = anOutgoing({ state: 'issued', people: [officer.id] });
    const hidden = anOutgoing({ state: 'issued', people: [], units: [] });
    const part = aDossier({ maker: officer.id });
    const others = aDossier({ maker: clerk.id });
    const file = aDossier({
      maker: officer.id,
      parts: [part.id, others.id],
      items: [own, hidden].map(({ id }, place) => ({ n: place + 1, document: id })),
    });
    const next = aPerson({ roles: ['officer'] });
    const decision = ask('dossiers.passOn', {
      by: officer,
      body: { dossierId: file.id, to: next.id, reason: 'Chuyển công tác' },
      known: { dossiers: [file, part, others], documents: [own, hidden], people: [next] },
    });
    const reads = (paper: OfficialDocument, who: Person) =>
      mayRead(readingScope(who), after('document', paper, decision));
    expect([reads(own, next), reads(own, officer), reads(hidden, next)]).toEqual([true, true, false]);
    expect(after('dossier', part, decision).maker).toBe(next.id);
    expect(after('dossier', others, decision).maker).toBe(clerk.id);
  });
});
