import { describe, expect, test } from 'vitest';
import {
  codeFormOf,
  codeOn,
  documentIdOf,
  kindOfType,
  readDocumentId,
  statusCodeOf,
  statusCodes,
  statusMeanings,
  statuses,
  urgencyOf,
} from '#shared/exchange/public.ts';
import { DaySchema } from '#shared/kernel/public.ts';
import { connection } from '../../support/edxml/messages.ts';

const day = (text: string) => DaySchema.parse(text);

describe('the codes of agencies', () => {
  test.each([
    ['000.00.00.H41', 'old13'],
    ['002.00.20.H13', 'old13'],
    ['H41', 'qd20'],
    ['H37.64.33', 'qd20'],
    ['Z01ABC123', 'qd20'],
    ['0301234567', 'qd20'],
    ['0301234567-001', 'qd20'],
    // Both stand in real traffic of the national axis.
    ['28.22.H17', 'other'],
    ['14.00.W00', 'other'],
    ['Z01.AB', 'other'],
    ['h41', 'other'],
    [`H41.${'A'.repeat(32)}`, 'other'],
  ])('%s is in the form %s', (code, form) => {
    expect(codeFormOf(code)).toBe(form);
  });

  test('hold for their days: a merged commune is written to under its new one', () => {
    const codes = [
      {
        form: 'old13' as const,
        code: '002.00.20.H13',
        validFrom: day('2015-01-01'),
        validTo: day('2025-06-30'),
      },
      { form: 'qd20' as const, code: 'H13.64.33', validFrom: day('2020-09-15'), validTo: null },
    ];
    expect(codeOn({ codes }, day('2019-01-01'), 'qd20')).toBe('002.00.20.H13');
    expect(codeOn({ codes }, day('2021-01-01'), 'qd20')).toBe('H13.64.33');
    expect(codeOn({ codes }, day('2021-01-01'), 'old13')).toBe('002.00.20.H13');
    expect(codeOn({ codes }, day('2026-01-01'), 'old13')).toBe('H13.64.33');
    expect(codeOn({ codes }, day('2014-01-01'), 'old13')).toBeNull();
  });
});

describe('the name of a document between agencies', () => {
  test('is agency, day and notation, and gives them back', () => {
    const parts = { agency: '000.00.00.G22', on: day('2015-09-30'), notation: '7816/VPCP-TTĐT' };
    expect(documentIdOf(parts)).toBe('000.00.00.G22,2015/09/30,7816/VPCP-TTĐT');
    expect(readDocumentId(documentIdOf(parts))).toEqual(parts);
  });

  test.each(['9fbfbad2-f1f8-4256-a2eb-50fb1061cddb', '000.00.00.G22,2014/02/30,7806/VPCP-TTĐT', '', ',,'])(
    '%s is one too, and says nothing of itself',
    (id) => {
      expect(readDocumentId(id)).toBeNull();
    },
  );
});

describe('the codes of an axis', () => {
  test('of statuses are those that could be confirmed, each with a meaning of its own', () => {
    expect(statusCodes.map((code) => statuses[code].meaning)).toEqual([...statusMeanings]);
    expect(['1', '01', '16', '7', '07', '14', '', '001', 'constructor'].map(statusCodeOf)).toEqual([
      '01',
      '01',
      '16',
      null,
      null,
      null,
      null,
      null,
      null,
    ]);
  });

  test('of urgency and kinds differ from one to the next and are read from its table', () => {
    const [national, provincial] = [connection('national'), connection('provincial')];
    expect(['0', '1', '3', '5', '9', 'toString', null].map((one) => urgencyOf(national, one))).toEqual([
      'normal',
      'urgent',
      'flash',
      'normal',
      null,
      null,
      null,
    ]);
    expect([
      kindOfType(national, { code: '1', detail: '7' }),
      kindOfType(provincial, { code: '1', detail: null }),
    ]).toEqual(['CV', null]);
    expect(kindOfType(provincial, { code: '18', detail: null })).toBe('CV');
  });
});
