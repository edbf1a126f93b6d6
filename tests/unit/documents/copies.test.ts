import { describe, expect, test } from 'vitest';
import {
  copyForms,
  formsFor,
  whyNotPages,
  type CopyForm,
  type OfficialDocument,
} from '#shared/documents/public.ts';
import { after, ask, codeOf } from '../../support/ask.ts';
import {
  aCopyBody,
  aFile,
  aPerson,
  anIncoming,
  anOutgoing,
  hashOf,
  theHead,
} from '../../support/builders.ts';

const clerk = aPerson({ roles: ['clerk'] });
const head = theHead();
const officer = aPerson();

const letter = anIncoming({ state: 'directed' });
const decision = anOutgoing({ state: 'issued' });

type Asking = Readonly<{ of?: OfficialDocument; by?: typeof clerk; last?: number }>;

function make(over: object = {}, { of = decision, by = clerk, last = 0 }: Asking = {}) {
  const registers = last === 0 ? [] : [{ book: 'copies', year: 2026, last }];
  return ask('documents.makeCopy', {
    by,
    body: aCopyBody({ documentId: of.id, source: of.file?.hash, decidedBy: head.id, ...over }),
    known: { documents: [of], people: [head, officer], registers },
  });
}

describe('a copy in electronic form (NĐ 30 Đ25–27)', () => {
  const fromPaper = { medium: 'paper', pages: null } as const;

  test.each([
    ['sao-y', fromPaper, '01/SY-SKHCN'],
    ['sao-luc', fromPaper, '01/SL-SKHCN'],
    ['trich-sao', { medium: 'paper' }, '01/TrS-SKHCN'],
  ] as const)('%s has the symbol of its form', (form, over, notation) => {
    expect(make({ form, ...over }, { of: letter })).toMatchObject([
      { type: 'numberGiven', body: { book: 'copies', year: 2026, number: 1, document: letter.id } },
      { type: 'copyMade', body: { form, notation, number: 1, year: 2026 } },
    ]);
  });

  test('takes the next number of the one series of its year, whatever its form', () => {
    expect(make({}, { last: 11 })).toMatchObject([{}, { body: { number: 12, notation: '12/TrS-SKHCN' } }]);
  });

  test('leads from paper to electronic form, or is an extract', () => {
    const electronic = (form: CopyForm) =>
      codeOf(make({ form, pages: form === 'trich-sao' ? [1] : null, medium: 'electronic' }));
    expect(copyForms.map(electronic)).toEqual([
      'documents.copy-of-electronic',
      'documents.copy-of-electronic',
      null,
    ]);
  });

  test.each([
    [
      'sao-y',
      {
        'paper→paper': true,
        'electronic→paper': true,
        'paper→electronic': true,
        'electronic→electronic': false,
      },
    ],
    [
      'sao-luc',
      {
        'paper→paper': true,
        'electronic→paper': true,
        'paper→electronic': true,
        'electronic→electronic': false,
      },
    ],
    [
      'trich-sao',
      {
        'paper→paper': true,
        'electronic→paper': true,
        'paper→electronic': true,
        'electronic→electronic': true,
      },
    ],
  ] as const)('%s is made where the decree lets it', (form, table) => {
    for (const medium of ['paper', 'electronic'] as const) {
      for (const target of ['paper', 'electronic'] as const) {
        const pages = form === 'trich-sao' ? [1] : null;
        const is = codeOf(make({ form, pages, medium, target })) === null;
        expect([medium, target, is]).toEqual([medium, target, table[`${medium}→${target}`]]);
      }
    }
  });

  test('of one electronic page there is none but itself', () => {
    expect(formsFor('electronic', 'electronic', 1)).toEqual([]);
    expect(formsFor('electronic', 'electronic', 2)).toEqual(['trich-sao']);
    expect(formsFor('paper', 'electronic', 1)).toEqual(['sao-y', 'sao-luc']);
    expect(formsFor('paper', 'electronic', 2)).toEqual([...copyForms]);
  });

  test('is made by the clerk, of the bytes that stand there, for somebody, as a leader decided', () => {
    expect(codeOf(make({}, { by: officer }))).toBe('documents.only-clerk');
    expect(codeOf(make({ source: hashOf(77) }))).toBe('documents.unknown-file');
    expect(codeOf(make({ recipients: [] }))).toBe('documents.copy-for-nobody');
    expect(codeOf(make({ decidedBy: officer.id }))).toBe('documents.copy-decided-by-leader');
  });

  test('leaves the document where it stands, and is kept with it', () => {
    const made = make();
    const { state, holder, certifiedCopies } = after('document', decision, made);
    expect([state, holder]).toEqual([decision.state, decision.holder]);
    expect(certifiedCopies).toMatchObject([
      { notation: '01/TrS-SKHCN', decidedBy: head.id, file: aFile(5), voidedBecause: null },
    ]);
  });

  test('is undone by voiding it once, with a reason, and its number stays', () => {
    const copied = after('document', decision, make());
    const annul = (of: OfficialDocument, number = 1, by = clerk) =>
      ask('documents.voidCopy', {
        by,
        body: { documentId: of.id, number, year: 2026, reason: 'Sao nhầm văn bản' },
        known: { documents: [of] },
      });
    expect(codeOf(annul(copied, 2))).toBe('documents.unknown-copy');
    expect(codeOf(annul(copied, 1, officer))).toBe('documents.only-clerk');
    const voided = after('document', copied, annul(copied));
    expect(voided.certifiedCopies).toMatchObject([
      { number: 1, notation: '01/TrS-SKHCN', voidedBecause: 'Sao nhầm văn bản' },
    ]);
    expect(codeOf(annul(voided))).toBe('documents.copy-voided');
    expect(make({}, { of: voided, last: 1 })).toMatchObject([{}, { body: { number: 2 } }]);
  });
});

describe('the pages of an extract', () => {
  test.each([
    [[1], null],
    [[1, 3, 4], null],
    [[2, 3], 'documents.extract-first-page'],
    [[1, 2, 3, 4, 5], 'documents.extract-of-everything'],
    [[1, 6], 'documents.extract-pages'],
    [[1, 1], 'documents.extract-pages'],
    [[1, 3, 2], 'documents.extract-pages'],
    [[], 'documents.extract-pages'],
    [null, 'documents.extract-pages'],
  ])('%j of five: %s', (pages, code) => {
    expect(whyNotPages('trich-sao', pages, 5)?.code ?? null).toBe(code);
  });

  test('are named for an extract alone', () => {
    expect(whyNotPages('sao-y', [1], 5)?.code).toBe('documents.copy-is-whole');
    expect(whyNotPages('sao-y', null, 5)).toBeNull();
  });
});
