import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { AgendaItemIdSchema, addDays, weekdayOf, type Day } from '#shared/kernel/public.ts';
import {
  nextDays,
  proposalAggregate,
  proposalEvents,
  proposalStates,
  proposalTransitions,
  whyNotProposal,
  type Series,
} from '#shared/meetings/public.ts';
import { day, ids } from '../../support/builders.ts';
import { aMeetingDay } from '../../support/meeting-day.ts';
import { memoryEngine, openSmallAgency } from '../../support/small-agency.ts';

const fields = {
  title: 'Đặt tên đường mới',
  purpose: 'decide',
  minutes: 15,
  words: 'Xin ý kiến Ủy ban',
  dossier: null,
} as const;

function raised() {
  const agency = openSmallAgency(memoryEngine);
  const meeting = aMeetingDay(agency);
  const { officer, clerk } = agency.staff;
  const proposalId = ids.document();
  const bodyId = meeting.meeting().body;
  const code = (by: string, verb: string, body: object = {}) =>
    agency.send(by as typeof officer.id, `meetings.${verb}`, { proposalId, ...body }).refusal?.code ?? null;
  const proposed = { bodyId, fields, papers: [] };
  expect(code(officer.id, 'propose', proposed)).toBeNull();
  const state = () => agency.state(proposalAggregate, proposalId);
  return { agency, meeting, officer, clerk, proposalId, proposed, code, state };
}

describe('a proposal', () => {
  test('goes to those who preside and keep the minutes, is returned with a reason, and comes again', () => {
    const { meeting, officer, clerk, code, state, proposed } = raised();
    const [head, deputy] = meeting.members;
    expect(state()?.deciders).toEqual([head, deputy, meeting.secretary]);
    expect(code(clerk.id, 'returnProposal', { reason: 'Thiếu tờ trình' })).toBe('meetings.unknown-proposal');
    expect(code(officer.id, 'returnProposal', { reason: 'Thiếu tờ trình' })).toBe(
      'meetings.not-your-proposal',
    );
    expect(code(meeting.secretary, 'returnProposal', { reason: 'Thiếu tờ trình' })).toBeNull();
    expect(state()).toMatchObject({ state: 'returned', returnedBecause: 'Thiếu tờ trình' });
    expect(code(officer.id, 'propose', proposed)).toBeNull();
    expect(state()).toMatchObject({ state: 'submitted', returnedBecause: null });
    expect(code(officer.id, 'withdrawProposal')).toBeNull();
    expect(code(officer.id, 'propose', proposed)).toBe('meetings.proposal-not-in-state');
  });

  test('becomes an item that whoever proposed it presents', () => {
    const { meeting, officer, code, state } = raised();
    const itemId = AgendaItemIdSchema.parse(ids.document());
    const sent = { meetingId: meeting.meetingId, itemId };
    expect(code(officer.id, 'scheduleProposal', sent)).toBe('meetings.unknown');
    expect(code(meeting.secretary, 'scheduleProposal', sent)).toBeNull();
    expect(state()?.scheduled).toEqual({ meeting: meeting.meetingId, item: itemId });
    expect(meeting.item(itemId)).toMatchObject({ title: fields.title, rapporteur: officer.id });
    expect(meeting.item(itemId).readers).toContain(officer.id);
    expect(code(meeting.secretary, 'scheduleProposal', sent)).toBe('meetings.proposal-not-in-state');
  });

  const { state } = raised();
  const cases = proposalStates.flatMap((one) => proposalEvents.map((event) => [one, event] as const));
  test.each(cases)('that is %s: %s', (one, event) => {
    const found = state();
    if (found === null) throw new Error('It was raised');
    const [head = found.proposer] = found.deciders;
    const actor = event === 'return' ? head : found.proposer;
    const not = whyNotProposal({ ...found, state: one }, event, actor);
    expect(not === null).toBe(proposalTransitions[event][one] !== undefined);
  });
});

describe('a series', () => {
  const series = (over: Partial<Series>): Series => ({
    every: 'week',
    weekday: 2,
    nth: 1,
    hour: '08:00',
    minutes: 120,
    place: '',
    ...over,
  });

  test('falls on its weekday of every week, or of every month', () => {
    const after = day('2026-11-24');
    expect(nextDays(series({}), after, 2)).toEqual(['2026-12-01', '2026-12-08']);
    expect(nextDays(series({ every: 'month' }), after, 2)).toEqual(['2026-12-01', '2027-01-05']);
    expect(nextDays(series({ every: 'month', nth: 'last', weekday: 5 }), after, 3)).toEqual([
      '2026-11-27',
      '2026-12-25',
      '2027-01-29',
    ]);
  });

  test('never misses a day of its own and never has another, whatever the day it is asked on', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 3000 }),
        fc.integer({ min: 1, max: 7 }),
        fc.constantFrom(1, 2, 3, 4, 'last' as const),
        (shift, weekday, nth) => {
          const after = addDays(day('2026-01-01'), shift);
          const days = nextDays(series({ every: 'month', weekday, nth }), after, 4);
          const months = new Set(days.map((one) => one.slice(0, 7)));
          expect(months.size).toBe(4);
          for (const one of days) {
            expect(weekdayOf(one)).toBe(weekday);
            const week = (other: Day) => other.slice(0, 7) === one.slice(0, 7);
            if (nth === 'last') expect(week(addDays(one, 7))).toBe(false);
            else {
              expect(week(addDays(one, -7 * (nth - 1)))).toBe(true);
              expect(week(addDays(one, -7 * nth))).toBe(false);
            }
          }
        },
      ),
    );
  });
});
