import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  documentAggregate,
  locksOf,
  incomingEvents,
  incomingStates,
  outgoingEvents,
  outgoingStates,
  whyNotIncoming,
  whyNotOutgoing,
  type Lock,
  type OfficialDocument,
} from '#shared/documents/public.ts';
import { dossierAggregate, type Locking } from '#shared/dossiers/public.ts';
import { LockIdSchema } from '#shared/kernel/public.ts';
import { anyDays, emptyPool, playOn, sameDays } from '../../support/any-day.ts';
import { after, ask, codeOf } from '../../support/ask.ts';
import {
  aPerson,
  anIncoming,
  anOutgoing,
  beginIdsAt,
  ids,
  mondayMorning,
  someFields,
} from '../../support/builders.ts';
import { aDossier, dossierId, someDossierFields } from '../../support/dossiers.ts';
import { memoryEngine, openSmallAgency } from '../../support/small-agency.ts';

const officer = aPerson({ roles: ['officer'] });
const clerk = aPerson({ roles: ['clerk'] });
const archivist = aPerson({ roles: ['archivist'] });
const lockId = () => LockIdSchema.parse(ids.document());
const closed: Lock = { id: dossierId(), kind: 'closed', name: '01.VP', reason: '' };
const freeze: Lock = { id: lockId(), kind: 'freeze', name: 'Đoàn thanh tra số 12', reason: 'QĐ 12/QĐ-TTr' };
const hold: Lock = { ...freeze, id: lockId(), kind: 'hold' };

describe('a paper that lies in a closed file, or is frozen (NĐ 30 PL6 I.8, I.9)', () => {
  const frees: ReadonlySet<string> = new Set([
    'incoming.register',
    'incoming.direct',
    'incoming.start',
    'incoming.finish',
    'incoming.linkReply',
    'incoming.copy',
    'incoming.destroy',
    'outgoing.destroy',
    'outgoing.copy',
    'outgoing.dispatch',
    'outgoing.recall',
    'outgoing.replace',
    'outgoing.correct',
    'outgoing.succeed',
  ]);

  test.each([closed, freeze])('refuses every event but those that only add to its story ($kind)', (lock) => {
    const refused = new Set<string>();
    const taken = new Set<string>();
    const look = (name: string, free: unknown, locked: Readonly<{ code: string }> | null): void => {
      if (free !== null) return;
      if (locked === null) taken.add(name);
      else refused.add(name);
    };
    for (const state of incomingStates) {
      for (const event of incomingEvents) {
        const paper = anIncoming({ state });
        look(
          `incoming.${event}`,
          whyNotIncoming(paper, event),
          whyNotIncoming({ ...paper, locks: [lock] }, event),
        );
      }
    }
    for (const state of outgoingStates) {
      for (const event of outgoingEvents) {
        const paper = anOutgoing({ state });
        look(
          `outgoing.${event}`,
          whyNotOutgoing(paper, event),
          whyNotOutgoing({ ...paper, locks: [lock] }, event),
        );
      }
    }
    expect(taken).toEqual(frees);
    expect(refused.size).toBe(incomingEvents.length + outgoingEvents.length - frees.size);
  });

  test('says which file, or which freeze and why', () => {
    const paper = anIncoming({ state: 'filed' });
    const correct = (locks: readonly Lock[]) =>
      ask('documents.correctRegistration', {
        by: clerk,
        body: { documentId: paper.id, fields: someFields(), reason: 'Gõ nhầm' },
        known: { documents: [{ ...paper, locks: [...locks] }] },
      });
    expect(correct([closed])).toMatchObject({ code: 'documents.in-closed-file', params: { code: '01.VP' } });
    expect(correct([freeze])).toMatchObject({
      code: 'documents.frozen',
      params: { name: 'Đoàn thanh tra số 12', reason: 'QĐ 12/QĐ-TTr' },
    });
    // A case keeps it from being destroyed; work on it goes on.
    expect(codeOf(correct([hold]))).toBeNull();
  });

  test('of a closed file may lie in another one as well; a frozen one is not moved', () => {
    const dossier = aDossier({ maker: officer.id });
    const file = (lock: Lock) => {
      const paper = anIncoming({ state: 'filed', people: [officer.id], locks: [lock] });
      const body = { dossierId: dossier.id, documents: [paper.id] };
      return codeOf(
        ask('dossiers.file', { by: officer, body, known: { dossiers: [dossier], documents: [paper] } }),
      );
    };
    expect(file(closed)).toBeNull();
    expect(file(freeze)).toBe('documents.frozen');
  });

  test('is free again once its file is opened', () => {
    const paper = anIncoming({ state: 'filed' });
    const dossier = aDossier({ maker: officer.id, state: 'closed', items: [{ n: 1, document: paper.id }] });
    const locked = { ...paper, locks: [{ ...closed, id: dossier.id }, freeze] };
    const decision = ask('dossiers.reopen', {
      by: officer,
      body: { dossierId: dossier.id, reason: 'Văn bản đến sau' },
      known: { dossiers: [dossier], documents: [locked] },
    });
    expect(after('document', locked, decision).locks).toEqual([freeze]);
  });
});

describe('freezes and cases', () => {
  const paper = anIncoming({ state: 'filed', people: [officer.id] });
  const part = aDossier({ maker: officer.id, items: [{ n: 1, document: paper.id }] });
  const whole = aDossier({ maker: officer.id, parts: [part.id], retention: 20 });
  const inner = { ...part, parent: whole.id };
  const known = { dossiers: [whole, inner], documents: [paper] };
  const title = 'Thanh tra chuyên đề đất đai';
  const opening = { title, basis: 'QĐ 12/QĐ-TTr', askedBy: 'Thanh tra tỉnh', reason: 'Đang thanh tra' };
  const open = (dossiers: readonly string[], id = lockId()) =>
    ask('holds.open', { by: archivist, body: { lockId: id, ...opening, dossiers }, known });

  test('reach the file, its parts and every paper in them, and leave all of them again', () => {
    const id = lockId();
    const laid = open([whole.id], id);
    const locks = [{ id, kind: 'hold', name: title, reason: 'Đang thanh tra' }];
    const [held, heldPart] = [after('dossier', whole, laid), after('dossier', inner, laid)];
    const heldPaper = after('document', paper, laid);
    expect([held.locks, heldPart.locks, heldPaper.locks]).toEqual([locks, locks, locks]);
    const lock: Locking = {
      ...opening,
      id,
      kind: 'hold',
      dossiers: [whole.id],
      documents: [],
      by: archivist.id,
      at: mondayMorning,
      lifted: null,
    };
    const released = ask('holds.release', {
      by: archivist,
      body: { lockId: id, reason: 'Thanh tra đã kết luận' },
      known: { locks: [lock], dossiers: [held, heldPart], documents: [heldPaper] },
    });
    expect(after('dossier', held, released).locks).toEqual([]);
    expect(after('dossier', heldPart, released).locks).toEqual([]);
    expect(after('document', heldPaper, released).locks).toEqual([]);
    expect(after('lock', lock, released).lifted).toMatchObject({ reason: 'Thanh tra đã kết luận' });
    const again = { lockId: id, reason: 'Nhầm' };
    const done = { ...lock, lifted: { by: archivist.id, at: mondayMorning, reason: '' } };
    expect(codeOf(ask('holds.release', { by: archivist, body: again, known: { locks: [done] } }))).toBe(
      'holds.lifted-already',
    );
    expect(codeOf(ask('freezes.lift', { by: archivist, body: again, known: { locks: [lock] } }))).toBe(
      'holds.unknown',
    );
  });

  test('are laid on whole files only, and on something', () => {
    expect(codeOf(open([inner.id]))).toBe('holds.only-whole');
    expect(codeOf(open([dossierId()]))).toBe('dossiers.unknown');
    const nothing = { lockId: lockId(), title, reason: 'x', dossiers: [], documents: [] };
    expect(codeOf(ask('freezes.set', { by: archivist, body: nothing }))).toBe('holds.of-nothing');
  });

  test('a held file keeps its papers and its term, may be kept longer, and what comes into it is held with it', () => {
    const dossier = aDossier({
      maker: officer.id,
      retention: 20,
      locks: [hold],
      items: [{ n: 1, document: paper.id }],
    });
    const keepFor = (retention: number | 'permanent') => {
      const { code: _code, ...fields } = someDossierFields({ retention });
      const body = { dossierId: dossier.id, fields };
      return codeOf(ask('dossiers.describe', { by: officer, body, known: { dossiers: [dossier] } }));
    };
    expect([keepFor(10), keepFor(20), keepFor('permanent')]).toEqual(['dossiers.is-held', null, null]);
    const fresh = anIncoming({ state: 'done', people: [officer.id] });
    const move = (name: string, document: OfficialDocument, more: object = {}) =>
      ask(name, {
        by: officer,
        body: { dossierId: dossier.id, documents: [document.id], ...more },
        known: { dossiers: [dossier], documents: [document] },
      });
    expect(codeOf(move('dossiers.takeOut', paper, { reason: 'Trùng' }))).toBe('dossiers.is-held');
    expect(after('document', fresh, move('dossiers.file', fresh)).locks).toEqual([hold]);
  });

  test('a frozen file is neither changed nor moved nor opened again', () => {
    const frozen = aDossier({ maker: officer.id, locks: [freeze] });
    const on = (name: string, body: object, dossier = frozen) =>
      codeOf(
        ask(name, {
          by: officer,
          body: { dossierId: dossier.id, ...body },
          known: { dossiers: [dossier], people: [clerk], documents: [paper] },
        }),
      );
    const { code: _code, ...fields } = someDossierFields();
    expect(on('dossiers.describe', { fields })).toBe('dossiers.is-frozen');
    expect(on('dossiers.file', { documents: [paper.id] })).toBe('dossiers.is-frozen');
    expect(on('dossiers.passOn', { to: clerk.id, reason: 'x' })).toBe('dossiers.is-frozen');
    expect(on('dossiers.close', { endedOn: '2026-11-20' })).toBe('dossiers.is-frozen');
    expect(on('dossiers.reopen', { reason: 'x' }, { ...frozen, state: 'closed' })).toBe('dossiers.is-frozen');
  });
});

test('whatever is tried, what a frozen paper is and says stays, and so does where it lies', () => {
  let kept = 0;
  fc.assert(
    fc.property(anyDays, anyDays, (before, later) => {
      beginIdsAt(40_000_000);
      const agency = openSmallAgency(memoryEngine);
      const pool = emptyPool(agency);
      playOn(pool, before);
      const papers = pool.documents.filter((id) => agency.state(documentAggregate, id) !== null);
      const files = pool.files.filter((id) => agency.state(dossierAggregate, id)?.parent === null);
      if (papers.length === 0) return;
      const body = {
        lockId: lockId(),
        title: 'Điều tra',
        reason: 'Vụ án',
        dossiers: files,
        documents: papers,
      };
      const { archivist: keeper, chief } = agency.staff;
      // Whoever of them is still there.
      const set = [keeper, chief].map(({ id }) => agency.send(id, 'freezes.set', body).refusal);
      if (!set.includes(null)) return;
      const registered = new Set(
        papers.filter((id) => {
          const paper = agency.state(documentAggregate, id);
          return paper?.direction === 'incoming' && paper.fields !== null;
        }),
      );
      const look = () => papers.map((id) => essence(agency.state(documentAggregate, id), registered.has(id)));
      const lies = () => files.map((id) => agency.state(dossierAggregate, id));
      const [papersBefore, filesBefore] = [look(), lies()];
      playOn(pool, later);
      expect(look()).toEqual(papersBefore);
      expect(lies()).toEqual(filesBefore);
      kept += papers.length;
    }),
    { ...sameDays, numRuns: 12, endOnFailure: true },
  );
  expect(kept).toBeGreaterThan(50);
});

/** What a paper is and says, without the story that goes on around it. */
function essence(document: OfficialDocument | null, isRegistered: boolean) {
  if (document === null) return null;
  const { file, dossiers } = document;
  // That another file it lies in was closed is said of it as well.
  const locks = locksOf(document).filter(({ kind }) => kind !== 'closed');
  if (document.direction === 'incoming') {
    const { attachments, refusedBecause, recalledBecause } = document;
    const fields = isRegistered ? document.fields : null;
    return { file, dossiers, locks, attachments, refusedBecause, recalledBecause, fields };
  }
  const { summary, attachments, versions, number, recipients, sealedAttachments } = document;
  return { file, dossiers, locks, summary, attachments, versions, number, recipients, sealedAttachments };
}
