import { describe, expect, test } from 'vitest';
import { currentStep, type CircuitStep, type Outgoing } from '#shared/documents/public.ts';
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
  ids,
  instant,
  theHead,
} from '../../support/builders.ts';

const drafter = aPerson();
const colleague = aPerson();
const reviewer = aPerson();
const deputy = aPerson({ roles: ['leader'], rank: 'deputy' });
const head = theHead();
const people = [drafter, colleague, reviewer, deputy, head];

const opinion = aStep({ kind: 'opinion', person: colleague.id });
const initials = aStep({ kind: 'initials', person: reviewer.id });
const sign = aStep({ kind: 'sign', person: head.id });

function submit(document: Outgoing, steps: readonly CircuitStep[], over: object = {}) {
  return ask('workflow.submit', {
    by: drafter,
    body: {
      documentId: document.id,
      summary: aSummary(),
      file: aFile(1),
      content: hashOf(9),
      steps,
      ...over,
    },
    known: { documents: [document], people, delegations: [delegation] },
  });
}

const delegation = aDelegation({ from: head.id, to: deputy.id, authority: 'KT.', kinds: ['CV'] });

function circulating(steps: readonly CircuitStep[] = [opinion, initials, sign]): Outgoing {
  const draft = anOutgoing({ drafter: drafter.id });
  return after('document', draft, submit(draft, steps));
}

function take(document: Outgoing, by: typeof head, over: object = {}) {
  const step = currentStep(document.circuit);
  const isSigning = step?.kind === 'sign' || step?.kind === 'initials';
  const body = isSigning
    ? {
        documentId: document.id,
        stepId: step.id,
        file: aFile(5 + document.circuit.indexOf(step)),
        signedOver: document.file?.hash,
        delegation: step.delegation,
      }
    : { documentId: document.id, stepId: step?.id, words: 'Đồng ý' };
  return ask(isSigning ? 'workflow.signStep' : 'workflow.passStep', {
    by,
    body: { ...body, ...over },
    known: { documents: [document], people, delegations: [delegation] },
  });
}

function giveBack(document: Outgoing, by: typeof head, toStep: string | null) {
  return ask('workflow.returnDraft', {
    by,
    body: {
      documentId: document.id,
      stepId: currentStep(document.circuit)?.id,
      toStep,
      reason: 'Thiếu căn cứ',
    },
    known: { documents: [document] },
  });
}

describe('a circuit', () => {
  test('starts with a signer, who comes last, and no step twice', () => {
    const draft = anOutgoing({ drafter: drafter.id });
    expect(codeOf(submit(draft, [opinion]))).toBe('workflow.signers-last');
    expect(codeOf(submit(draft, [sign, opinion]))).toBe('workflow.signers-last');
    expect(codeOf(submit(draft, [opinion, opinion, sign]))).toBe('workflow.step-twice');
    expect(codeOf(submit(draft, [opinion, sign]))).toBeNull();
  });

  test('names only people who are here, and starts only with a subject', () => {
    const draft = anOutgoing({ drafter: drafter.id });
    expect(codeOf(submit(draft, [aStep({ person: ids.person() }), sign]))).toBe('directory.unknown-person');
    expect(codeOf(submit(draft, [sign], { summary: aSummary({ subject: '' }) }))).toBe('drafting.no-subject');
  });

  test('is signed in their own right by the head alone; a deputy signs KT. under a record that covers the kind', () => {
    const draft = anOutgoing({ drafter: drafter.id });
    const byDeputy = (over: Partial<CircuitStep>) => [aStep({ kind: 'sign', person: deputy.id, ...over })];
    expect(codeOf(submit(draft, byDeputy({})))).toBe('directory.needs-delegation');
    expect(codeOf(submit(draft, byDeputy({ authority: 'KT.' })))).toBe('directory.needs-delegation');
    const recorded = byDeputy({ authority: 'KT.', delegation: delegation.id });
    expect(codeOf(submit(draft, recorded))).toBeNull();
    expect(codeOf(submit(draft, recorded, { summary: aSummary({ kind: 'QĐ' }) }))).toBe(
      'directory.delegation-other-kind',
    );
  });

  test('gives each person the turn, and everybody on it may read', () => {
    const document = circulating();
    expect(document.holder).toEqual({ kind: 'person', id: colleague.id });
    expect(document.people).toEqual([drafter.id, colleague.id, reviewer.id, head.id]);
    expect(codeOf(take(document, head))).toBe('workflow.not-your-turn');
    const next = after('document', document, take(document, colleague));
    expect(next.holder).toEqual({ kind: 'person', id: reviewer.id });
    expect(next.circuit[0]).toMatchObject({ outcome: 'passed', words: 'Đồng ý' });
  });

  test('takes a signature where one is due, and only there', () => {
    const document = circulating();
    const onOpinion = { stepId: opinion.id, documentId: document.id };
    expect(
      codeOf(
        ask('workflow.signStep', {
          by: colleague,
          body: { ...onOpinion, file: aFile(5), signedOver: document.file?.hash, delegation: null },
          known: { documents: [document], people },
        }),
      ),
    ).toBe('workflow.step-without-signature');
    const atInitials = after('document', document, take(document, colleague));
    expect(
      codeOf(
        ask('workflow.passStep', {
          by: reviewer,
          body: { documentId: document.id, stepId: initials.id, words: '' },
          known: { documents: [atInitials] },
        }),
      ),
    ).toBe('workflow.step-needs-signature');
  });

  test('refuses a signature over bytes that are no longer in circulation', () => {
    const document = circulating([sign]);
    expect(codeOf(take(document, head, { signedOver: hashOf(77) }))).toBe('workflow.signed-other-bytes');
    expect(codeOf(take(document, head))).toBeNull();
  });

  test('refuses a signature under another record than the one the circuit names', () => {
    const document = circulating([
      aStep({ kind: 'sign', person: deputy.id, authority: 'KT.', delegation: delegation.id }),
    ]);
    expect(codeOf(take(document, deputy, { delegation: null }))).toBe('directory.unknown-delegation');
    const revoked = { ...delegation, revokedAt: instant('2026-11-22T00:00:00.000Z') };
    const late = { ...delegation, toDay: day('2026-11-22') };
    const signUnder = (record: typeof delegation, ...above: (typeof delegation)[]) => {
      const step = document.circuit[0];
      return ask('workflow.signStep', {
        by: deputy,
        body: {
          documentId: document.id,
          stepId: step?.id,
          file: aFile(5),
          signedOver: document.file?.hash,
          delegation: delegation.id,
        },
        known: { documents: [document], delegations: [record, ...above] },
      });
    };
    expect(codeOf(signUnder(delegation))).toBeNull();
    expect(codeOf(signUnder(revoked))).toBe('directory.delegation-revoked');
    expect(codeOf(signUnder(late))).toBe('directory.delegation-out-of-time');
    // What it was handed down from is read as well, though the command does not name it.
    const above = aDelegation({ from: head.id, to: colleague.id, authority: 'TL.' });
    const handedDown = { ...delegation, from: colleague.id, parentId: above.id };
    const takenBack = { ...above, revokedAt: instant('2026-11-22T00:00:00.000Z') };
    expect(codeOf(signUnder(handedDown, above))).toBeNull();
    expect(codeOf(signUnder(handedDown, takenBack))).toBe('directory.delegation-revoked');
  });
});

describe('a return', () => {
  test('to an earlier step goes back to the bytes as they were before it', () => {
    let document = circulating();
    const submitted = document.file;
    document = after('document', document, take(document, colleague));
    document = after('document', document, take(document, reviewer));
    expect(document.file).not.toEqual(submitted);
    const back = after('document', document, giveBack(document, head, initials.id));
    expect(back).toMatchObject({ state: 'circulating', file: submitted, returnedBecause: 'Thiếu căn cứ' });
    expect(back.holder).toEqual({ kind: 'person', id: reviewer.id });
    expect(back.circuit.map(({ outcome }) => outcome)).toEqual(['passed', 'waiting', 'returned']);
  });

  test('goes only backwards', () => {
    const document = circulating();
    expect(codeOf(giveBack(document, colleague, sign.id))).toBe('workflow.not-an-earlier-step');
    expect(codeOf(giveBack(document, colleague, opinion.id))).toBe('workflow.not-an-earlier-step');
    expect(codeOf(giveBack(document, colleague, ids.step()))).toBe('workflow.not-an-earlier-step');
  });

  test('to the drafter ends the version; the next one starts with nobody’s consent', () => {
    let document = circulating();
    document = after('document', document, take(document, colleague));
    document = after('document', document, giveBack(document, reviewer, null));
    expect(document).toMatchObject({ state: 'draft', file: null, returnedBecause: 'Thiếu căn cứ' });
    expect(document.holder).toEqual({ kind: 'person', id: drafter.id });
    expect(document.circuit[1]).toMatchObject({ outcome: 'returned', words: 'Thiếu căn cứ' });
    const again = after('document', document, submit(document, [opinion, sign]));
    expect(again.versions.map(({ n, ended }) => [n, ended])).toEqual([
      [1, 'returned'],
      [2, 'open'],
    ]);
    expect(again.circuit.every(({ outcome, words }) => outcome === 'waiting' && words === null)).toBe(true);
    expect(again.returnedBecause).toBeNull();
  });

  test('twice from the same step keeps what was said last', () => {
    let document = circulating();
    document = after('document', document, take(document, colleague));
    document = after('document', document, giveBack(document, reviewer, opinion.id));
    document = after('document', document, take(document, colleague));
    document = after('document', document, giveBack(document, reviewer, null));
    expect(document.circuit[1]).toMatchObject({ outcome: 'returned', words: 'Thiếu căn cứ' });
  });

  test('by the drafter puts no words in the mouth of who had the turn', () => {
    const document = circulating();
    const decision = ask('workflow.withdraw', {
      by: drafter,
      body: { documentId: document.id, reason: 'Sửa số liệu' },
      known: { documents: [document] },
    });
    const back = after('document', document, decision);
    expect(back).toMatchObject({ state: 'draft', file: null, returnedBecause: null });
    expect(back.circuit[0]).toMatchObject({ outcome: 'waiting', words: null });
    expect(back.versions.map(({ ended }) => ended)).toEqual(['withdrawn']);
  });
});
