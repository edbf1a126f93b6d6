import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { fromEditor, numbered, roman, toEditor, type Block } from '#shared/drafting/public.ts';

const text = (words: string) => [{ text: words, bold: false, italic: false }];
const labels = (
  kinds: readonly (
    'part' | 'chapter' | 'section' | 'article' | 'heading' | 'clause' | 'point' | 'paragraph'
  )[],
) => numbered(kinds.map((kind): Block => ({ kind, runs: text('…') }))).map((block) => block.label);

test('articles run on through chapters; clauses and points begin again', () => {
  expect(
    labels([
      'chapter',
      'article',
      'clause',
      'point',
      'point',
      'clause',
      'point',
      'chapter',
      'article',
      'clause',
    ]),
  ).toEqual(['Chương I', 'Điều 1.', '1.', 'a)', 'b)', '2.', 'a)', 'Chương II', 'Điều 2.', '1.']);
});

test('chapters run on through parts; the headings of a part begin again', () => {
  expect(labels(['part', 'chapter', 'heading', 'part', 'chapter', 'heading'])).toEqual([
    'Phần I',
    'Chương I',
    'I.',
    'Phần II',
    'Chương II',
    'I.',
  ]);
});

test('no two points under a clause bear the same letter, however many there are', () => {
  const letters = labels(Array.from({ length: 200 }, () => 'point' as const));
  expect(new Set(letters).size).toBe(200);
  expect(letters.slice(22, 25)).toEqual(['y)', 'aa)', 'ab)']);
});

test('points go by the Vietnamese alphabet, đ after d and without f, j, w, z', () => {
  expect(labels(Array.from({ length: 10 }, () => 'point' as const))).toEqual([
    'a)',
    'b)',
    'c)',
    'd)',
    'đ)',
    'e)',
    'g)',
    'h)',
    'i)',
    'k)',
  ]);
});

test('a paragraph has no number', () => {
  expect(labels(['paragraph', 'article'])).toEqual(['', 'Điều 1.']);
});

test('Roman numbers are the ones everybody writes', () => {
  expect([1, 4, 9, 14, 40, 90, 99, 449, 1994].map(roman)).toEqual([
    'I',
    'IV',
    'IX',
    'XIV',
    'XL',
    'XC',
    'XCIX',
    'CDXLIX',
    'MCMXCIV',
  ]);
});

const run = fc.oneof(
  fc.record({
    text: fc.string({ minLength: 1 }).filter((words) => words !== '\n'),
    bold: fc.boolean(),
    italic: fc.boolean(),
  }),
  fc.constant({ text: '\n', bold: false, italic: false }),
);
const cell = fc.record({
  runs: fc.array(run),
  colspan: fc.integer({ min: 1, max: 4 }),
  rowspan: fc.integer({ min: 1, max: 4 }),
  header: fc.boolean(),
});
const block: fc.Arbitrary<Block> = fc.oneof(
  fc.record({
    kind: fc.constantFrom(
      'part',
      'chapter',
      'section',
      'subsection',
      'article',
      'heading',
      'clause',
      'point',
    ),
    runs: fc.array(run),
  }),
  fc.record({ kind: fc.constantFrom('paragraph', 'item'), runs: fc.array(run) }),
  fc.record({
    kind: fc.constant('table' as const),
    rows: fc.array(fc.array(cell, { minLength: 1 }), { minLength: 1 }),
  }),
) as fc.Arbitrary<Block>;

test('what goes through the editor comes back as it was', () => {
  fc.assert(
    fc.property(fc.array(block, { minLength: 1 }), (blocks) => {
      expect(fromEditor(toEditor(blocks))).toEqual(blocks);
    }),
  );
});

test('anything at all is read without a fault', () => {
  fc.assert(fc.property(fc.anything(), (value) => Array.isArray(fromEditor(value))));
});
