import { expect, test } from 'vitest';
import { bestMatches, foldText, matchRank } from '#renderer/ui/fold.ts';

test('folding takes off every diacritic and makes đ a d', () => {
  expect(foldText('  Đặng  Đình ĐỨC ')).toBe('dang dinh duc');
  expect(foldText('Quyết định số 15/QĐ-UBND')).toBe('quyet dinh so 15/qd-ubnd');
  expect(foldText('ưỡng')).toBe('uong');
});

test('two letters without diacritics find a name by any of its words or by its initials', () => {
  expect(matchRank('an', 'Nguyễn Văn An')).toBe(1);
  expect(matchRank('ng va', 'Nguyễn Văn An')).toBe(1);
  expect(matchRank('nva', 'Nguyễn Văn An')).toBe(2);
  expect(matchRank('đức', 'Đặng Đình Đức')).toBe(1);
  expect(matchRank('xy', 'Nguyễn Văn An')).toBeNull();
});

test('what begins as typed comes first, and equals keep their order', () => {
  const names = ['Trần Văn Anh', 'An Thị Hoa', 'Nguyễn Văn An'];
  expect(bestMatches('an', names, (name) => name)).toEqual(['An Thị Hoa', 'Trần Văn Anh', 'Nguyễn Văn An']);
});

test('nothing typed keeps everything', () => {
  expect(bestMatches('', ['b', 'a'], (name) => name)).toEqual(['b', 'a']);
});
