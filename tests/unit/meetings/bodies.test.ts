import { expect, test } from 'vitest';
import {
  bodyCommands,
  mostKeepDays,
  seatOf,
  seatsOn,
  usualKeepDays,
  type Body,
  type Seat,
} from '#shared/meetings/public.ts';
import { after, ask, codeOf } from '../../support/ask.ts';
import { aPerson, day } from '../../support/builders.ts';
import { aBody, aSeat, committeeRule, someRules } from '../../support/meetings.ts';

const secretary = aPerson({ roles: ['meeting-secretary'] });
const [first, second, third] = [aPerson(), aPerson(), aPerson()];
const people = [first, second, third];

function seated(body: Body, ...seats: Seat[]) {
  const asked = { bodyId: body.id, seats };
  return ask('meetings.seatMembers', { by: secretary, body: asked, known: { bodies: [body], people } });
}

test('a body is set up with its rules, and its rules may be written anew without touching its members', () => {
  const body = aBody({ seats: [aSeat({ person: first.id })] });
  const rules = someRules({ silence: 'abstains' });
  const asked = { bodyId: body.id, name: 'Hội đồng khoa học', rules };
  const decision = ask('meetings.setUpBody', { by: secretary, body: asked, known: { bodies: [body] } });
  expect(after('meetingBody', body, decision)).toEqual({ ...body, name: 'Hội đồng khoa học', rules });
  const special = [1, 2].map((n) => ({ id: 'bai-nhiem', name: `Bãi nhiệm ${n}`, rule: committeeRule }));
  const twice = { ...asked, rules: someRules({ special }) };
  expect(codeOf(ask('meetings.setUpBody', { by: secretary, body: twice }))).toBe('meetings.rule-twice');
});

test('a body says how long notes and copies of papers stay at a desk, within what the rule allows', () => {
  const body = aBody();
  const kept = (keepDays: number) => {
    const asked = { bodyId: body.id, name: body.name, rules: someRules({ keepDays }) };
    return bodyCommands.setUpBody.body.safeParse(asked).success;
  };
  expect([0, usualKeepDays, mostKeepDays].map(kept)).toEqual([true, true, true]);
  expect([-1, mostKeepDays + 1, 1.5].map(kept)).toEqual([false, false, false]);
});

test('terms follow one another, one person presides at a time, and a day tells who sits', () => {
  const body = aBody();
  const past = aSeat({ person: first.id, post: 'chair', to: day('2026-06-30') });
  const now = aSeat({ person: second.id, post: 'chair', from: day('2026-07-01') });
  const both = after('meetingBody', body, seated(body, past, now));
  expect(seatsOn(both, day('2026-06-30'))).toEqual([past]);
  expect(seatsOn(both, day('2026-07-01'))).toEqual([now]);
  expect(seatOf(both, first.id, day('2026-07-01'))).toBeNull();
  const again = aSeat({ person: first.id, from: day('2026-07-01') });
  expect(codeOf(seated(both, again))).toBeNull();
  expect(codeOf(seated(both, { ...again, post: 'chair' }))).toBe('meetings.post-taken');
  expect(codeOf(seated(both, aSeat({ person: second.id, from: day('2027-01-01') })))).toBe(
    'meetings.seated-already',
  );
  expect(codeOf(seated(both, { ...again, to: day('2026-06-01') }))).toBe('meetings.term-backwards');
});

test('a member ends today or later, and sits until the end of that day', () => {
  const body = aBody({ seats: [aSeat({ person: first.id })] });
  const end = (on: string, person = first.id) =>
    ask('meetings.endTerm', {
      by: secretary,
      body: { bodyId: body.id, person, on },
      known: { bodies: [body] },
    });
  expect(codeOf(end('2026-11-22'))).toBe('meetings.day-past');
  expect(codeOf(end('2026-11-30', second.id))).toBe('meetings.no-seat');
  const ended = after('meetingBody', body, end('2026-11-30'));
  expect(seatOf(ended, first.id, day('2026-11-30'))).toEqual(
    aSeat({ person: first.id, to: day('2026-11-30') }),
  );
  expect(seatOf(ended, first.id, day('2026-12-01'))).toBeNull();
});

test('whoever sits in for a member has no seat of their own and reads papers', () => {
  const body = aBody({ seats: [aSeat({ person: first.id }), aSeat({ person: second.id })] });
  const name = (substitutes: string[], known = people) =>
    ask('meetings.nameSubstitutes', {
      by: secretary,
      body: { bodyId: body.id, person: first.id, substitutes },
      known: { bodies: [body], people: known },
    });
  expect(codeOf(name([second.id]))).toBe('meetings.substitute-seated');
  expect(codeOf(name([third.id], [{ ...third, roles: ['archivist'] }]))).toBe('directory.reads-no-papers');
  expect(after('meetingBody', body, name([third.id])).seats[0]?.substitutes).toEqual([third.id]);
  const seat = aSeat({ person: third.id, substitutes: [third.id] });
  expect(codeOf(seated(body, seat))).toBe('meetings.substitute-seated');
});
