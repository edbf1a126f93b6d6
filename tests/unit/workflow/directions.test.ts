import { describe, expect, test } from 'vitest';
import { isRefusal } from '#shared/kernel/public.ts';
import type { Incoming } from '#shared/documents/public.ts';
import { after, ask, codeOf } from '../../support/ask.ts';
import { aPerson, aUnit, anIncoming, anOutgoing, day, ids, theHead } from '../../support/builders.ts';

const head = theHead();
const officer = aPerson();
const helper = aPerson();
const gone = aPerson({ active: false });
const unit = aUnit({ id: ids.unit() });

type Row = Readonly<{ role: 'lead' | 'support'; to: object; dueOn?: string | null }>;

const person = (id: string) => ({ kind: 'person', id });
const lead: Row = { role: 'lead', to: person(officer.id), dueOn: '2026-11-30' };
const support: Row = { role: 'support', to: { kind: 'unit', id: unit.id } };

function direct(document: Incoming, rows: readonly Row[], inform: readonly string[] = []) {
  return ask('workflow.direct', {
    by: head,
    body: {
      documentId: document.id,
      words: 'Chủ trì, tham mưu trả lời',
      assignments: rows.map((row) => ({ task: ids.task(), dueOn: null, ...row })),
      inform,
    },
    known: { documents: [document], people: [officer, helper, gone], units: [unit] },
  });
}

describe('a direction', () => {
  test('names who leads, who helps and who is to know, and each gets a task of their own', () => {
    const document = anIncoming({ state: 'registered', people: [head.id] });
    const decision = direct(document, [lead, support], [helper.id]);
    if (isRefusal(decision)) throw new Error(decision.code);
    expect(decision.map(({ type }) => type)).toEqual(['directionGiven', 'taskGiven', 'taskGiven']);
    expect(after('document', document, decision)).toMatchObject({
      state: 'directed',
      holder: { kind: 'person', id: officer.id },
      dueOn: '2026-11-30',
      people: [head.id, officer.id, helper.id],
      units: [unit.id],
    });
  });

  test('has exactly one lead the first time, and none after', () => {
    const fresh = anIncoming({ state: 'registered' });
    expect(codeOf(direct(fresh, [support]))).toBe('workflow.one-lead');
    expect(codeOf(direct(fresh, [lead, { ...lead, to: person(helper.id) }]))).toBe('workflow.one-lead');
    const led = anIncoming({ state: 'in-progress', leadTask: ids.task() });
    expect(codeOf(direct(led, [lead]))).toBe('workflow.one-lead');
    expect(codeOf(direct(led, [support]))).toBeNull();
  });

  test('names nobody twice, nobody who is gone, no unit that is not there, no day that has passed', () => {
    const fresh = anIncoming({ state: 'registered' });
    expect(codeOf(direct(fresh, [lead, { ...lead, role: 'support' }]))).toBe('workflow.assigned-twice');
    expect(codeOf(direct(fresh, [{ ...lead, to: person(gone.id) }]))).toBe('directory.unknown-person');
    expect(codeOf(direct(fresh, [lead], [gone.id]))).toBe('directory.unknown-person');
    expect(codeOf(direct(fresh, [lead, { ...support, to: { kind: 'unit', id: ids.unit() } }]))).toBe(
      'directory.unknown-unit',
    );
    expect(codeOf(direct(fresh, [{ ...lead, dueOn: '2026-11-22' }]))).toBe('workflow.due-in-past');
    expect(codeOf(direct(fresh, [{ ...lead, dueOn: '2026-11-23' }]))).toBeNull();
  });
});

describe('an answer', () => {
  const link = (asked: Incoming, replyState: 'issued' | 'sealed', by = head) => {
    const reply = anOutgoing({ state: replyState });
    return codeOf(
      ask('workflow.linkReply', {
        by,
        body: { documentId: asked.id, replyId: reply.id },
        known: { documents: [asked, reply] },
      }),
    );
  };

  test('is linked once it is issued, by somebody who may read both', () => {
    const asked = anIncoming({ state: 'in-progress', people: [officer.id], dueOn: day('2026-11-30') });
    expect(link(asked, 'issued')).toBeNull();
    expect(link(asked, 'sealed')).toBe('workflow.reply-not-issued');
    expect(link(asked, 'issued', officer)).toBe('documents.unknown');
  });
});
