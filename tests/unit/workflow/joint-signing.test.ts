import { describe, expect, test } from 'vitest';
import { fieldOf, openSteps, type CircuitStep, type Outgoing } from '#shared/documents/public.ts';
import { after, ask, codeOf } from '../../support/ask.ts';
import {
  aDelegation,
  aFile,
  aPerson,
  aStep,
  aSummary,
  anOutgoing,
  day,
  hashOf,
  theHead,
} from '../../support/builders.ts';

const drafter = aPerson();
const clerk = aPerson({ roles: ['clerk'] });
const reviewer = aPerson();
const head = theHead();
const deputy = aPerson({ roles: ['leader'], rank: 'deputy' });
const delegation = aDelegation({ from: head.id, to: deputy.id, authority: 'KT.' });
const people = [drafter, clerk, reviewer, head, deputy];
const known = { people, delegations: [delegation] };

const visa = aStep({ kind: 'visa', person: reviewer.id });
const lead = aStep({ kind: 'sign', person: head.id, block: 1 });
const second = aStep({
  kind: 'sign',
  person: deputy.id,
  authority: 'KT.',
  delegation: delegation.id,
  block: 2,
});
const elsewhere = { agency: 'Sở Tài chính', name: 'Phạm Văn Hòa' };

function submit(document: Outgoing, steps: readonly CircuitStep[], kind = 'CV') {
  const summary = aSummary({ kind });
  return ask('workflow.submit', {
    by: drafter,
    body: { documentId: document.id, summary, file: aFile(1), content: hashOf(9), steps },
    known: { documents: [document], ...known },
  });
}

function circulating(steps: readonly CircuitStep[]): Outgoing {
  const draft = anOutgoing({ drafter: drafter.id });
  return after('document', draft, submit(draft, steps));
}

let files = 10;
function sign(document: Outgoing, by: typeof head, step: CircuitStep) {
  const body = {
    documentId: document.id,
    stepId: step.id,
    file: aFile((files += 1)),
    signedOver: document.file?.hash,
    delegation: step.delegation,
  };
  return ask('workflow.signStep', { by, body, known: { documents: [document], ...known } });
}

function signed(document: Outgoing, by: typeof head, step: CircuitStep): Outgoing {
  return after('document', document, sign(document, by, step));
}

function giveBack(document: Outgoing, by: typeof head, step: CircuitStep, toStep: CircuitStep | null) {
  const body = { documentId: document.id, stepId: step.id, toStep: toStep?.id ?? null, reason: 'Sửa Điều 2' };
  return ask('workflow.returnDraft', { by, body, known: { documents: [document], ...known } });
}

function number(document: Outgoing) {
  const body = { documentId: document.id, book: 'all', issuedOn: day('2026-11-23') };
  return ask('documents.number', { by: clerk, body, known: { documents: [document], ...known } });
}

describe('a joint paper', () => {
  test('has a block of its own for each leader, the first of this agency, and nobody twice', () => {
    const draft = anOutgoing({ drafter: drafter.id });
    expect(codeOf(submit(draft, [visa, lead, second]))).toBeNull();
    expect(codeOf(submit(draft, [second, lead]))).toBeNull();
    expect(codeOf(submit(draft, [lead, visa, second]))).toBe('workflow.signers-last');
    expect(codeOf(submit(draft, [lead, { ...second, block: 1 }]))).toBe('workflow.signature-blocks');
    expect(codeOf(submit(draft, [lead, { ...second, block: 3 }]))).toBe('workflow.signature-blocks');
    expect(codeOf(submit(draft, [{ ...lead, elsewhere }]))).toBe('workflow.lead-signs-here');
    expect(codeOf(submit(draft, [lead, { ...second, person: head.id }]))).toBe('workflow.signs-twice');
  });

  test('asks of every leader the right to sign it; only who attests minutes needs none', () => {
    const draft = anOutgoing({ drafter: drafter.id });
    const officer = { ...second, person: reviewer.id, authority: null, delegation: null };
    expect(codeOf(submit(draft, [lead, officer]))).toBe('directory.needs-delegation');
    expect(codeOf(submit(draft, [lead, officer], 'BB'))).toBeNull();
    expect(
      codeOf(
        submit(
          draft,
          [
            { ...officer, block: 1 },
            { ...lead, block: 2 },
          ],
          'BB',
        ),
      ),
    ).toBe('directory.needs-delegation');
  });

  test('binds each signing step to the field of its block, whatever the order of signing', () => {
    const steps = [second, lead];
    expect(steps.map((step) => fieldOf(steps, step))).toEqual(['leader-2', 'leader']);
  });

  test('is signed in the order of its circuit, and numbered only after the last leader', () => {
    let document = circulating([lead, second]);
    expect(codeOf(number(document))).toBe('documents.not-in-state');
    expect(codeOf(sign(document, deputy, second))).toBe('workflow.not-your-turn');
    document = signed(document, head, lead);
    expect(document).toMatchObject({ state: 'circulating', holder: { kind: 'person', id: deputy.id } });
    expect(document.signedAt).toBeNull();
    expect(codeOf(number(document))).toBe('documents.not-in-state');
    document = signed(document, deputy, second);
    expect(document).toMatchObject({ state: 'signed', holder: { kind: 'role', role: 'clerk' } });
    expect(document.signedAt).not.toBeNull();
    expect(document.versions.map(({ ended }) => ended)).toEqual(['signed']);
  });

  test('is signed in any order where its circuit says so, each over the signature before', () => {
    const together = { ...second, together: true };
    let document = circulating([visa, lead, together]);
    document = after(
      'document',
      document,
      ask('workflow.passStep', {
        by: reviewer,
        body: { documentId: document.id, stepId: visa.id, words: '' },
        known: { documents: [document], ...known },
      }),
    );
    expect(openSteps(document.circuit).map(({ id }) => id)).toEqual([lead.id, second.id]);
    const before = document;
    document = signed(document, deputy, together);
    expect(document.state).toBe('circulating');
    // The other leader had the page open as it was before.
    expect(
      codeOf(
        ask('workflow.signStep', {
          by: head,
          body: {
            documentId: document.id,
            stepId: lead.id,
            file: aFile(99),
            signedOver: before.file?.hash,
            delegation: null,
          },
          known: { documents: [document], ...known },
        }),
      ),
    ).toBe('workflow.signed-other-bytes');
    // Nobody signs in the other's place.
    expect(codeOf(sign(document, deputy, lead))).toBe('workflow.not-your-turn');
    expect(signed(document, head, lead).state).toBe('signed');
  });
});

describe('a joint paper that goes back after its first leader signed', () => {
  test('to the drafter becomes a new version that everybody signs anew', () => {
    let document = circulating([lead, second]);
    document = signed(document, head, lead);
    document = after('document', document, giveBack(document, deputy, second, null));
    expect(document).toMatchObject({ state: 'draft', file: null });
    const again = after('document', document, submit(document, [lead, second]));
    expect(again.versions.map(({ n, ended }) => [n, ended])).toEqual([
      [1, 'returned'],
      [2, 'open'],
    ]);
    expect(again.circuit.every(({ outcome, fileAfter }) => outcome === 'waiting' && fileAfter === null)).toBe(
      true,
    );
  });

  test('to the leader before goes back to the page without that signature', () => {
    let document = circulating([lead, second]);
    const submitted = document.file;
    document = signed(document, head, lead);
    const back = after('document', document, giveBack(document, deputy, second, lead));
    expect(back).toMatchObject({ state: 'circulating', file: submitted });
    expect(back.holder).toEqual({ kind: 'person', id: head.id });
  });

  test('among those who sign in any order takes all their signatures off, for they stand on each other', () => {
    let document = circulating([lead, { ...second, together: true }]);
    const submitted = document.file;
    document = signed(document, deputy, second);
    expect(codeOf(giveBack(document, head, lead, lead))).toBe('workflow.not-an-earlier-step');
    const back = after('document', document, giveBack(document, head, lead, second));
    expect(back.file).toEqual(submitted);
    expect(openSteps(back.circuit).map(({ id }) => id)).toEqual([lead.id, second.id]);
  });

  test('by the drafter, who takes it back, is a draft again', () => {
    let document = circulating([lead, second]);
    document = signed(document, head, lead);
    const body = { documentId: document.id, reason: 'Bổ sung phụ lục' };
    const back = after(
      'document',
      document,
      ask('workflow.withdraw', { by: drafter, body, known: { documents: [document], ...known } }),
    );
    expect(back).toMatchObject({ state: 'draft', file: null, signedAt: null });
    expect(back.versions.map(({ ended }) => ended)).toEqual(['withdrawn']);
  });
});

describe('the leader of another agency', () => {
  const away = aStep({ kind: 'sign', person: drafter.id, block: 2, elsewhere });
  const bring = (document: Outgoing, over: object = {}) =>
    ask('workflow.takeSigned', {
      by: drafter,
      body: {
        documentId: document.id,
        stepId: away.id,
        file: aFile((files += 1)),
        signedOver: document.file?.hash,
        ...over,
      },
      known: { documents: [document], ...known },
    });

  test('signs there; whoever holds the step brings the page back', () => {
    let document = circulating([lead, away]);
    expect(codeOf(bring(document))).toBe('workflow.not-your-turn');
    document = signed(document, head, lead);
    expect(codeOf(sign(document, drafter, away))).toBe('workflow.signed-elsewhere');
    expect(codeOf(bring(document, { signedOver: hashOf(77) }))).toBe('workflow.signed-other-bytes');
    expect(after('document', document, bring(document)).state).toBe('signed');
  });

  test('does not sign where one of this agency does', () => {
    const document = circulating([lead, away]);
    const body = {
      documentId: document.id,
      stepId: lead.id,
      file: aFile(50),
      signedOver: document.file?.hash,
    };
    expect(
      codeOf(ask('workflow.takeSigned', { by: head, body, known: { documents: [document], ...known } })),
    ).toBe('workflow.signed-here');
  });
});
