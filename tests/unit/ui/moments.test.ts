import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';
import {
  deadlineState,
  formatClock,
  formatDay,
  formatExact,
  restDayRemark,
  sayDay,
  sayDeadline,
  sayInstant,
} from '#renderer/ui/moments.ts';
import type { Words } from '#renderer/ui/words.ts';
import { DaySchema, InstantSchema, type WorkingCalendar } from '#shared/kernel/public.ts';

const catalogue = z
  .record(z.string(), z.string())
  .parse(JSON.parse(readFileSync(join(import.meta.dirname, '../../../resources/text/vi/ui.json'), 'utf8')));
const words: Words = (key, values = {}) =>
  (catalogue[key] ?? key).replace(/\{\{(\w+)\}\}/g, (_, name: string) => String(values[name]));
const day = (text: string) => DaySchema.parse(text);
const instant = (text: string) => InstantSchema.parse(text);
const calendar: WorkingCalendar = { holidays: [day('2026-11-24')], extraWorkingDays: [] };
const today = day('2026-11-20'); // a Friday
const now = instant('2026-11-20T07:30:00.000Z'); // 14:30 in Hà Nội

test('clocks and days are those of Vietnam', () => {
  expect(formatClock(instant('2026-11-19T18:05:00.000Z'))).toBe('01:05');
  expect(formatExact(instant('2026-11-19T18:05:09.000Z'))).toBe('01:05:09 20/11/2026');
  expect(formatDay(day('2026-03-05'))).toBe('05/03/2026');
  expect(formatDay(day('2026-03-05'), today)).toBe('05/03');
});

test.each([
  ['2026-11-20T07:29:40.000Z', 'vừa xong'],
  ['2026-11-20T07:18:00.000Z', '12 phút trước'],
  ['2026-11-19T07:05:00.000Z', '14:05 hôm qua'],
  ['2026-11-16T01:30:00.000Z', '08:30 thứ Hai 16/11'],
  ['2026-03-05T01:30:00.000Z', '08:30 05/03'],
  ['2025-03-05T01:30:00.000Z', '08:30 05/03/2025'],
])('%s is said as "%s"', (at, expected) => {
  expect(sayInstant(instant(at), now, words)).toBe(expected);
});

test('near days have their names', () => {
  expect(sayDay(today, today, words)).toBe('hôm nay');
  expect(sayDay(day('2026-11-27'), today, words)).toBe('thứ Sáu 27/11');
  expect(sayDay(day('2026-12-31'), today, words)).toBe('31/12');
});

test('a deadline counts working days and knows holidays', () => {
  expect(sayDeadline(day('2026-11-26'), today, calendar, words)).toBe('còn 3 ngày làm việc');
  expect(sayDeadline(today, today, calendar, words)).toBe('hạn hôm nay');
  expect(sayDeadline(day('2026-11-17'), today, calendar, words)).toBe('quá hạn 3 ngày làm việc');
  expect(sayDeadline(day('2026-11-22'), today, calendar, words)).toBe('hạn Chủ nhật 22/11');
});

test('a deadline is soon when the next working day is its last', () => {
  expect(deadlineState(day('2026-11-19'), today, calendar)).toBe('overdue');
  expect(deadlineState(day('2026-11-23'), today, calendar)).toBe('soon');
  expect(deadlineState(day('2026-11-25'), today, calendar)).toBe('ahead');
});

test('a day nobody works is remarked on', () => {
  expect(restDayRemark(day('2026-11-22'), calendar, words)).toContain('Chủ nhật');
  expect(restDayRemark(day('2026-11-24'), calendar, words)).toContain('nghỉ lễ');
  expect(restDayRemark(today, calendar, words)).toBeNull();
});
