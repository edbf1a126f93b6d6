import { expect, test } from 'vitest';
import { readHour } from '#renderer/ui/hour-entry.ts';

test.each([
  ['8', '08:00'],
  ['8h', '08:00'],
  ['8h30', '08:30'],
  ['8 giờ 30', '08:30'],
  ['14:05', '14:05'],
  ['830', '08:30'],
  ['1405', '14:05'],
  ['2h chiều', '14:00'],
  ['12h chiều', '12:00'],
  ['7h30 tối', '19:30'],
  ['23.59', '23:59'],
])('%s is %s', (typed, expected) => {
  expect(readHour(typed)).toBe(expected);
});

test.each(['', '24', '8h75', 'sáng', '8:3', '12345'])('%s is no hour', (typed) => {
  expect(readHour(typed)).toBeNull();
});
