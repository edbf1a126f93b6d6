import { describe, expect, test } from 'vitest';
import {
  AuthoritySchema,
  whyNotSignAs,
  type Authority,
  type Delegation,
  type Person,
} from '#shared/directory/public.ts';
import { after, ask, codeOf, type Known } from '../../support/ask.ts';
import { aDelegation, aPerson, day, ids, instant, mondayMorning, theHead } from '../../support/builders.ts';

const head = theHead();
const deputy = aPerson({ roles: ['leader'], rank: 'deputy' });
const chief = aPerson({ roles: ['chief'] });
const officer = aPerson();
const administrator = aPerson({ roles: ['administrator'] });
const gone = aPerson({ active: false });
const people = [head, deputy, chief, officer, gone];

type Given = Partial<Omit<Delegation, 'id' | 'revokedAt'>>;

function delegate(by: Person, given: Given, parent: Delegation | null = null, known: Known = {}) {
  const { id, revokedAt: _now, ...details } = aDelegation({ from: head.id, to: deputy.id, ...given });
  return ask('directory.delegate', {
    by,
    body: { delegationId: id, details, parentId: parent?.id ?? null },
    known: { people, delegations: parent === null ? [] : [parent], ...known },
  });
}

describe('giving the right to sign (NĐ 30 Đ13)', () => {
  test('is the head’s, or is put on record by the administrator', () => {
    expect(codeOf(delegate(head, {}))).toBeNull();
    expect(codeOf(delegate(administrator, {}))).toBeNull();
    expect(codeOf(delegate(chief, {}))).toBe('directory.not-yours-to-give');
  });

  test('nobody gives what they do not have', () => {
    expect(codeOf(delegate(chief, { from: chief.id, to: officer.id }))).toBe('directory.only-head-gives');
    expect(codeOf(delegate(deputy, { from: deputy.id, to: officer.id }))).toBe('directory.only-head-gives');
    expect(codeOf(delegate(administrator, { from: chief.id, to: officer.id }))).toBe(
      'directory.only-head-gives',
    );
  });

  test('TUQ. has a last day and is not given on', () => {
    const tuq = { authority: 'TUQ.', to: chief.id } as const;
    expect(codeOf(delegate(head, tuq))).toBe('directory.needs-end-day');
    expect(codeOf(delegate(head, { ...tuq, toDay: day('2026-12-31') }))).toBeNull();
    const parent = aDelegation({ from: head.id, ...tuq, toDay: day('2026-12-31') });
    const further = { from: chief.id, to: officer.id };
    for (const authority of AuthoritySchema.options) {
      const toDay = day('2026-12-31');
      expect(codeOf(delegate(chief, { ...further, authority, toDay }, parent))).toBe(
        'directory.no-further-delegation',
      );
    }
  });

  test('TL. is handed down only to a deputy who signs KT., by the one who holds it, while it stands', () => {
    const parent = aDelegation({ from: head.id, to: chief.id, authority: 'TL.' });
    const further = { from: chief.id, to: officer.id } as const;
    expect(codeOf(delegate(chief, { ...further, authority: 'KT.' }, parent))).toBeNull();
    expect(codeOf(delegate(chief, { ...further, authority: 'TL.' }, parent))).toBe(
      'directory.only-head-gives',
    );
    const revoked = { ...parent, revokedAt: mondayMorning };
    expect(codeOf(delegate(chief, { ...further, authority: 'KT.' }, revoked))).toBe(
      'directory.delegation-revoked',
    );
    const ofAnother = { ...parent, to: officer.id };
    expect(codeOf(delegate(chief, { ...further, authority: 'KT.' }, ofAnother))).toBe(
      'directory.only-head-gives',
    );
    const missing = delegate(chief, { ...further, authority: 'KT.' }, parent, { delegations: [] });
    expect(codeOf(missing)).toBe('directory.unknown-delegation');
  });

  test('goes to somebody else who is here, for days in their order, once', () => {
    expect(codeOf(delegate(head, { to: head.id }))).toBe('directory.delegation-to-self');
    expect(codeOf(delegate(head, { to: gone.id }))).toBe('directory.unknown-person');
    expect(codeOf(delegate(head, { to: ids.person() }))).toBe('directory.unknown-person');
    expect(codeOf(delegate(head, { toDay: day('2025-12-31') }))).toBe('directory.dates-reversed');
    const there = aDelegation({ from: head.id, to: deputy.id });
    const { id, revokedAt: _now, ...details } = there;
    const again = ask('directory.delegate', {
      by: head,
      body: { delegationId: id, details, parentId: null },
      known: { people, delegations: [there] },
    });
    expect(codeOf(again)).toBe('directory.delegation-there');
  });

  test('is taken back by the giver or the administrator, once', () => {
    const there = aDelegation({ from: head.id, to: deputy.id });
    const revoke = (by: Person, delegation: Delegation) =>
      ask('directory.revokeDelegation', {
        by,
        body: { delegationId: delegation.id, reason: 'Thay đổi phân công' },
        known: { delegations: [delegation] },
      });
    expect(after('delegation', there, revoke(head, there)).revokedAt).toBe(mondayMorning);
    expect(codeOf(revoke(administrator, there))).toBeNull();
    expect(codeOf(revoke(deputy, there))).toBe('directory.not-yours-to-give');
    expect(codeOf(revoke(head, { ...there, revokedAt: mondayMorning }))).toBe('directory.delegation-revoked');
  });
});

describe('signing under a record', () => {
  const record = aDelegation({
    from: head.id,
    to: deputy.id,
    kinds: ['CV', 'BC'],
    fromDay: day('2026-11-23'),
    toDay: day('2026-11-27'),
  });
  const why = (over: Partial<Parameters<typeof whyNotSignAs>[0]> = {}) =>
    whyNotSignAs({
      signer: deputy,
      authority: 'KT.',
      delegation: record,
      delegationOf: () => null,
      kind: 'CV',
      at: mondayMorning,
      ...over,
    })?.code ?? null;

  test('holds from its first day to its last, by the calendar of Vietnam', () => {
    expect(why()).toBeNull();
    expect(why({ at: instant('2026-11-22T16:59:59.999Z') })).toBe('directory.delegation-out-of-time');
    expect(why({ at: instant('2026-11-22T17:00:00.000Z') })).toBeNull();
    expect(why({ at: instant('2026-11-27T16:59:59.999Z') })).toBeNull();
    expect(why({ at: instant('2026-11-27T17:00:00.000Z') })).toBe('directory.delegation-out-of-time');
  });

  test('holds for its kinds; none named means all', () => {
    expect(why({ kind: 'BC' })).toBeNull();
    expect(why({ kind: 'QĐ' })).toBe('directory.delegation-other-kind');
    expect(why({ kind: 'QĐ', delegation: { ...record, kinds: [] } })).toBeNull();
  });

  test('holds for its own signer, its own way of signing, and until it is taken back', () => {
    expect(why({ signer: officer })).toBe('directory.delegation-of-another');
    expect(why({ authority: 'TL.' })).toBe('directory.delegation-of-another');
    expect(why({ delegation: { ...record, revokedAt: mondayMorning } })).toBe('directory.delegation-revoked');
    expect(why({ delegation: null })).toBe('directory.needs-delegation');
  });

  test('ends with the record it was handed down from, and reaches no further', () => {
    const given = aDelegation({ from: head.id, to: chief.id, authority: 'TL.', kinds: ['CV'] });
    const delegation = aDelegation({ from: chief.id, to: deputy.id, parentId: given.id });
    const under = (above: Partial<Delegation>) =>
      why({ delegation, delegationOf: (id) => (id === given.id ? { ...given, ...above } : null) });
    expect(under({})).toBeNull();
    expect(under({ revokedAt: mondayMorning })).toBe('directory.delegation-revoked');
    expect(under({ toDay: day('2026-11-20') })).toBe('directory.delegation-out-of-time');
    expect(under({ kinds: ['BC'] })).toBe('directory.delegation-other-kind');
    expect(why({ delegation })).toBe('directory.unknown-delegation');
    // A record that names itself is damaged, and does not keep anybody waiting.
    expect(
      why({ delegation: { ...delegation, parentId: delegation.id }, delegationOf: () => delegation }),
    ).toBe('directory.unknown-delegation');
  });

  test('is not needed by the head, and cannot be done without by anybody else', () => {
    const own: readonly (Authority | null)[] = [null, 'TM.', 'Q.'];
    for (const authority of own) {
      expect(why({ signer: head, authority, delegation: null })).toBeNull();
      for (const signer of [deputy, chief, officer]) {
        expect(why({ signer, authority, delegation: null })).toBe('directory.needs-delegation');
        expect(why({ signer, authority, delegation: record })).toBe('directory.needs-delegation');
      }
    }
  });
});
