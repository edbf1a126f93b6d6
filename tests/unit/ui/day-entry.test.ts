import { describe, expect, test } from 'vitest';
import { readDay } from '#renderer/ui/day-entry.ts';
import { DaySchema, type WorkingCalendar } from '#shared/kernel/public.ts';

const day = (text: string) => DaySchema.parse(text);
const calendar: WorkingCalendar = { holidays: [day('2026-11-24')], extraWorkingDays: [day('2026-11-28')] };
const today = day('2026-11-20'); // a Friday

function typed(text: string, lean: 'ahead' | 'behind' = 'ahead'): string {
  const entry = readDay(text, { today, calendar, lean });
  return entry.kind === 'day' ? entry.day : entry.kind;
}

describe('a day is read as people type it', () => {
  test.each([
    ['hôm nay', '2026-11-20'],
    ['mai', '2026-11-21'],
    ['MAI', '2026-11-21'],
    ['ngày kia', '2026-11-22'],
    ['hom qua', '2026-11-19'],
    ['tuần sau', '2026-11-27'],
    ['cuối tuần', '2026-11-20'],
    ['cuối tháng', '2026-11-30'],
    ['tomorrow', '2026-11-21'],
  ])('%s is %s', (text, expected) => {
    expect(typed(text)).toBe(expected);
  });

  test.each([
    ['thứ 6', '2026-11-27'],
    ['thu hai', '2026-11-23'],
    ['t2', '2026-11-23'],
    ['CN', '2026-11-22'],
    ['chủ nhật', '2026-11-22'],
    ['thứ sáu tuần này', '2026-11-20'],
    ['thứ 2 tuần sau', '2026-11-23'],
    ['thứ 4 tuần trước', '2026-11-11'],
    ['friday', '2026-11-27'],
  ])('the weekday %s is %s', (text, expected) => {
    expect(typed(text)).toBe(expected);
  });

  test('+3 counts working days over a weekend, a holiday and a made-up working day', () => {
    expect(typed('+1')).toBe('2026-11-23');
    expect(typed('+3')).toBe('2026-11-26');
    expect(typed('+6')).toBe('2026-11-30');
    expect(typed('+5')).toBe('2026-11-28');
    expect(typed('-1')).toBe('2026-11-19');
    expect(typed('+0')).toBe('2026-11-20');
  });

  test('with a unit it counts calendar days and weeks', () => {
    expect(typed('+3 ngày')).toBe('2026-11-23');
    expect(typed('+2 tuần')).toBe('2026-12-04');
    expect(typed('+2t')).toBe('2026-12-04');
  });

  test('a date without a year lies ahead for a deadline and behind for the date of a paper', () => {
    expect(typed('5/3', 'ahead')).toBe('2027-03-05');
    expect(typed('5/3', 'behind')).toBe('2026-03-05');
    expect(typed('20/11', 'ahead')).toBe('2026-11-20');
    expect(typed('20/11', 'behind')).toBe('2026-11-20');
    expect(typed('29/2', 'ahead')).toBe('2028-02-29');
    expect(typed('29/2', 'behind')).toBe('2024-02-29');
  });

  test('a bare number is that day of the nearest month', () => {
    expect(typed('5', 'ahead')).toBe('2026-12-05');
    expect(typed('25', 'ahead')).toBe('2026-11-25');
    expect(typed('25', 'behind')).toBe('2026-10-25');
    expect(typed('31', 'ahead')).toBe('2026-12-31');
  });

  test.each(['05/03/2026', '5-3-2026', '5.3.26', 'ngày 5 tháng 3 năm 2026', '2026-03-05'])(
    '%s is 5 March 2026',
    (text) => {
      expect(typed(text)).toBe('2026-03-05');
    },
  );

  test.each(['31/2', '45/1/2026', 'thứ 9', 'bao giờ cũng được', '+', '1/13'])(
    '%s is not understood',
    (text) => {
      expect(typed(text)).toBe('unclear');
    },
  );

  test('nothing typed is no day', () => {
    expect(typed('  ')).toBe('empty');
  });
});
