import { expect, test } from 'vitest';
import { wordsOf } from '#electron/platform/words.ts';
import { kindCodes } from '#shared/documents/public.ts';
import { maintenanceCode, modeCode, typeCode } from '#shared/dossiers/public.ts';

const nameOf = (code: string): string => wordsOf('vi')(`kind.${code}`);

test('every kind of NĐ 30 has a code of its own in TT 05/2025, by its abbreviation and in words', () => {
  const codes = kindCodes.map((kind) => typeCode(kind, nameOf));
  const all = Array.from({ length: 29 }, (_none, place) => String(place + 1).padStart(2, '0'));
  expect(codes.toSorted()).toEqual(all);
  expect(kindCodes.map((kind) => typeCode(` ${nameOf(kind).toUpperCase()} `, nameOf))).toEqual(codes);
  expect([typeCode('CV', nameOf), typeCode('Quyết định', nameOf)]).toEqual(['22', '02']);
  expect([typeCode('ĐA', nameOf), typeCode('DA', nameOf)]).toEqual(['12', '13']);
  expect(typeCode('Đơn thư', nameOf)).toBe('32');
});

test('a term has the code of the circular, any other term the last', () => {
  expect((['permanent', 70, 50, 30, 20, 10, 5, 15] as const).map(maintenanceCode)).toEqual([
    '01',
    '02',
    '03',
    '04',
    '05',
    '06',
    '07',
    '07',
  ]);
  expect([modeCode('open'), modeCode('conditional')]).toEqual(['01', '02']);
});
