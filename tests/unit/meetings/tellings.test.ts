import { describe, expect, test } from 'vitest';
import { AgendaItemIdSchema, PersonIdSchema, isRefusal, type PersonId } from '#shared/kernel/public.ts';
import { hearersOf, type AgendaItem, type MeetingTelling } from '#shared/meetings/public.ts';
import { aMeetingDay } from '../../support/meeting-day.ts';
import { memoryEngine, openSmallAgency } from '../../support/small-agency.ts';

const someone = PersonIdSchema.parse('01970000-0000-7000-8000-000000000001');

describe('what is told in a meeting', () => {
  const day = aMeetingDay(openSmallAgency(memoryEngine));
  const [head = someone, deputy = someone, unitHead = someone, officer = someone, colleague = someone] =
    day.members;
  const open = day.put();
  const narrow = day.put({ access: { to: 'named', people: [deputy] } });
  day.must(day.secretary, 'invite', { guests: [] });
  const pageOf = (item: AgendaItem['id']): MeetingTelling => ({
    is: 'page',
    shown: { item, paper: null, page: 3 },
  });
  const hearers = (by: PersonId, telling: MeetingTelling, item: AgendaItem | null = null) =>
    hearersOf({ by, telling }, day.meeting(), item);
  const signal = (to: PersonId | null): MeetingTelling => ({
    is: 'signal',
    from: 'one',
    to: to === null ? null : { person: to, window: 'other' },
    signal: { is: 'here' },
  });

  test('nobody hears a page before the meeting has begun', () => {
    expect(hearers(day.chair, pageOf(open), day.item(open))).toMatchObject({ code: 'meetings.not-in-state' });
    day.must(day.chair, 'begin');
  });

  test('a page goes to whoever reads its item, and to nobody else', () => {
    expect(hearers(day.chair, pageOf(open), day.item(open))).toEqual(day.meeting().people);
    const few = hearers(day.chair, pageOf(narrow), day.item(narrow));
    expect(isRefusal(few) ? few : few.toSorted()).toEqual([head, deputy, day.secretary].toSorted());
  });

  test('only the chair and the secretary show pages, and only of the agenda', () => {
    expect(hearers(unitHead, pageOf(open), day.item(open))).toMatchObject({ code: 'meetings.only-chair' });
    const stray = AgendaItemIdSchema.parse('01970000-0000-7000-8000-000000000009');
    expect(hearers(day.chair, pageOf(stray), { ...day.item(open), id: stray })).toMatchObject({
      code: 'meetings.unknown-item',
    });
    expect(hearers(day.chair, pageOf(open), null)).toMatchObject({ code: 'meetings.unknown-item' });
  });

  test('people in the meeting connect to each other, and to nobody outside', () => {
    expect(hearers(officer, signal(null))).toEqual(day.meeting().people);
    expect(hearers(officer, signal(colleague))).toEqual([colleague]);
    expect(hearers(officer, signal(someone))).toMatchObject({ code: 'meetings.not-invited' });
    expect(hearers(someone, signal(null))).toMatchObject({ code: 'meetings.unknown' });
  });
});
