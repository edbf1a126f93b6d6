import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  DaySchema,
  InstantSchema,
  addDays,
  addWorkingDays,
  dayOf,
  instantFrom,
  isWorkingDay,
  weekdayOf,
  workingDaysBetween,
  yearOf,
  type Day,
  type WorkingCalendar,
} from '#shared/kernel/public.ts';
import { day, instant } from '../../support/builders.ts';

const dayMs = 86_400_000;
const anyDay = fc
  .integer({ min: Date.parse('1990-01-01') / dayMs, max: Date.parse('2090-12-31') / dayMs })
  .map((n): Day => day(new Date(n * dayMs).toISOString().slice(0, 10)));

/** A calendar with up to forty days off and made-up days around a start. */
const aroundDay = anyDay.chain((start) =>
  fc.record({
    start: fc.constant(start),
    calendar: fc.record({
      holidays: fc.array(
        fc.integer({ min: -30, max: 60 }).map((n) => addDays(start, n)),
        { maxLength: 40 },
      ),
      extraWorkingDays: fc.array(
        fc.integer({ min: -30, max: 60 }).map((n) => addDays(start, n)),
        {
          maxLength: 5,
        },
      ),
    }),
  }),
);

describe('a day in Vietnam', () => {
  test('begins at 17:00 UTC of the day before', () => {
    expect(dayOf(instant('2026-11-22T16:59:59.999Z'))).toBe('2026-11-22');
    expect(dayOf(instant('2026-11-22T17:00:00.000Z'))).toBe('2026-11-23');
    expect(yearOf(dayOf(instant('2026-12-31T17:00:00.000Z')))).toBe(2027);
  });

  test.each(['2026-02-29', '2026-13-01', '2026-00-10', '2026-1-1', '26-01-01', '2026-11-31'])(
    'is not %s',
    (text) => {
      expect(DaySchema.safeParse(text).success).toBe(false);
    },
  );

  test.each([
    '2026-11-23T02:00:00Z',
    '2026-11-23T02:00:00.000+07:00',
    '2026-11-23',
    '2026-11-23T25:00:00.000Z',
  ])('%s is no instant of the log', (text) => {
    expect(InstantSchema.safeParse(text).success).toBe(false);
  });

  test('the weekdays are counted from Monday', () => {
    expect(['2026-11-23', '2026-11-28', '2026-11-29'].map((text) => weekdayOf(day(text)))).toEqual([1, 6, 7]);
  });

  test('adding days and taking them away again comes back', () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: -4000, max: 4000 }), (start, count) => {
        expect(addDays(addDays(start, count), -count)).toBe(start);
        expect(weekdayOf(addDays(start, 7 * count))).toBe(weekdayOf(start));
      }),
    );
  });

  test('every instant of a day is of that day', () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: 0, max: dayMs - 1 }), (start, ms) => {
        expect(dayOf(instantFrom(Date.parse(`${start}T00:00:00+07:00`) + ms))).toBe(start);
      }),
    );
  });
});

describe('working days', () => {
  const plain: WorkingCalendar = { holidays: [], extraWorkingDays: [] };
  // Quốc khánh 2026: Wednesday and Thursday off; a Saturday made up.
  const september: WorkingCalendar = {
    holidays: [day('2026-09-02'), day('2026-09-03')],
    extraWorkingDays: [day('2026-09-12')],
  };

  test('pass over weekends and days off, and count a made-up Saturday', () => {
    expect(addWorkingDays(day('2026-11-27'), 1, plain)).toBe('2026-11-30');
    expect(addWorkingDays(day('2026-09-01'), 1, september)).toBe('2026-09-04');
    expect(addWorkingDays(day('2026-09-11'), 1, september)).toBe('2026-09-12');
    expect(addWorkingDays(day('2026-09-07'), -2, september)).toBe('2026-09-01');
    expect(workingDaysBetween(day('2026-09-01'), day('2026-09-14'), september)).toBe(8);
  });

  test('from any day, the n-th working day is a working day and lies n working days away', () => {
    fc.assert(
      fc.property(aroundDay, fc.integer({ min: 1, max: 15 }), ({ start, calendar }, count) => {
        const later = addWorkingDays(start, count, calendar);
        expect(isWorkingDay(later, calendar)).toBe(true);
        expect(workingDaysBetween(start, later, calendar)).toBe(count);
        expect(workingDaysBetween(later, start, calendar)).toBe(-count);
        const earlier = addWorkingDays(start, -count, calendar);
        expect(isWorkingDay(earlier, calendar)).toBe(true);
        expect(earlier < start && start < later).toBe(true);
      }),
    );
  });

  test('add up over any day between', () => {
    fc.assert(
      fc.property(aroundDay, fc.nat(40), fc.nat(40), ({ start, calendar }, a, b) => {
        const middle = addDays(start, a);
        const end = addDays(middle, b);
        const sum = workingDaysBetween(start, middle, calendar) + workingDaysBetween(middle, end, calendar);
        expect(workingDaysBetween(start, end, calendar)).toBe(sum);
      }),
    );
  });
});
