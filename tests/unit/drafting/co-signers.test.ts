import { expect, test } from 'vitest';
import { readyStep, plannedOf, withCoSigners } from '#renderer/features/drafting/circuit.ts';
import {
  whyNotAppendices,
  whyNotCoSigners,
  type CoSigner,
  type WorkingDraft,
} from '#shared/drafting/public.ts';
import type { Step } from '#shared/documents/public.ts';
import { aPerson, aStep, ids, theHead } from '../../support/builders.ts';

const drafter = aPerson();
const head = theHead();
const deputy = aPerson({ rank: 'deputy', roles: ['leader'] });
const here: CoSigner = { kind: 'here', person: deputy.id, as: '' };
const elsewhere: CoSigner = {
  kind: 'elsewhere',
  agency: 'Sở Tài chính ',
  symbol: 'STC',
  authority: 'KT.',
  of: 'Giám đốc',
  post: 'Phó Giám đốc',
  name: 'Phạm Văn Hòa',
};

function arranged(steps: readonly Step[], coSigners: readonly CoSigner[]): Step[] {
  const planned = withCoSigners(steps.map(plannedOf), coSigners, { drafter, newStepId: ids.step });
  return planned.flatMap((step) => readyStep(step, null) ?? []);
}

const visa = aStep({ kind: 'visa', person: drafter.id });
const lead = aStep({ kind: 'sign', person: head.id });

test('each co-signer gets a signing step of their own, which is theirs and no other’s', () => {
  const steps = arranged([visa, lead], [here, elsewhere]);
  expect(steps.map(({ kind, person, block, elsewhere: away }) => [kind, person, block, away?.name])).toEqual([
    ['visa', drafter.id, undefined, undefined],
    ['sign', head.id, undefined, undefined],
    ['sign', deputy.id, 2, undefined],
    ['sign', drafter.id, 3, 'Phạm Văn Hòa'],
  ]);
  expect(whyNotCoSigners([here, elsewhere], steps)).toBeNull();
});

test('a circuit that was arranged before keeps its order, and loses the steps of who no longer signs', () => {
  const [, first, second] = arranged([visa, lead], [here]);
  if (first === undefined || second === undefined) throw new Error('A step is missing');
  const turned = [visa, second, { ...first, together: true }];
  expect(arranged(turned, [here]).map(({ id, together }) => [id, together])).toEqual([
    [visa.id, undefined],
    [second.id, undefined],
    [first.id, true],
  ]);
  expect(arranged(turned, []).map(({ id }) => id)).toEqual([visa.id, first.id]);
  // Another person in the same place takes the step over.
  expect(arranged(turned, [{ ...here, person: drafter.id }])[1]?.person).toBe(drafter.id);
});

test('a co-signer who is not named in full, or whose step is another’s, holds the draft back', () => {
  const steps = arranged([lead], [here]);
  const code = (coSigners: readonly CoSigner[], given = steps) => whyNotCoSigners(coSigners, given)?.code;
  expect(code([{ ...here, person: null }])).toBe('drafting.no-co-signer');
  expect(code([{ ...here, person: drafter.id }])).toBe('workflow.signature-blocks');
  expect(code([])).toBe('workflow.signature-blocks');
  expect(code([here], [lead])).toBe('workflow.signature-blocks');
  const away = arranged([lead], [elsewhere]);
  expect(code([elsewhere], away)).toBeUndefined();
  expect(code([{ ...elsewhere, of: ' ' }], away)).toBe('drafting.co-signer-unnamed');
  expect(code([{ ...elsewhere, name: 'Người khác' }], away)).toBe('workflow.signature-blocks');
});

test('an appendix without a name is told by its number', () => {
  const draft = { appendices: [{ title: 'Phân công' }, { title: ' ' }] } as unknown as WorkingDraft;
  expect(whyNotAppendices(draft)).toMatchObject({
    code: 'drafting.appendix-unnamed',
    params: { number: 'II' },
  });
});
