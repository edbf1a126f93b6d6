import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  electedOf,
  leastOf,
  moreThanHalf,
  resultOf,
  twoThirds,
  type ResultRule,
  type Share,
  type Tally,
} from '#shared/meetings/public.ts';
import { committeeRule } from '../../support/meetings.ts';

const rule = (base: ResultRule['base'], share: Share, tie: ResultRule['tie'] = 'rejected'): ResultRule => ({
  base,
  share,
  tie,
});
const half: Share = { parts: 1, of: 2, more: false };

// Luật Tổ chức chính quyền địa phương 77/2015/QH13 Đ91 k3 (read in a quotation of the clause): more than half of all
// deputies; at least two thirds of all of them to remove a deputy. Quorum of two thirds: from memory.
const council = { quorum: twoThirds, usual: rule('all', moreThanHalf), removal: rule('all', twoThirds) };
// The same law Đ117 (k1 read, the majority and the chair's side in a tie from memory), and Đ114 on its quorum.
const committee = { quorum: twoThirds, usual: committeeRule };
// Pallasovka district duma, Regulation of 16/9/2019 No. 12/3 Art. 35 (read): simple majority of those present, a tie
// fails; absolute majority of the set number; qualified two thirds of the set number.
const duma = { simple: rule('present', moreThanHalf), absolute: rule('all', moreThanHalf) };
// Kobe city assembly, Japan's Local Autonomy Act Art. 116 (read): majority of those present, the chair decides a tie.
const kobe = { quorum: half, usual: rule('present', moreThanHalf, 'chair') };

type Row = readonly [
  what: string,
  quorum: Share,
  rule: ResultRule,
  all: number,
  present: number,
  yes: number,
  no: number,
  chair: Tally['chair'],
  outcome: string,
];

/** By hand: how many of how many, and what becomes of it. Whoever is present and says neither abstains. */
const table: readonly Row[] = [
  ['a council of 27 with 13', council.quorum, council.usual, 27, 27, 13, 14, 'no', 'rejected 13/14'],
  ['a council of 27 with 14', council.quorum, council.usual, 27, 27, 14, 13, 'no', 'passed 14/14'],
  ['14 of 18 who came', council.quorum, council.usual, 27, 18, 14, 4, 'yes', 'passed 14/14'],
  [
    'all of 17 who came, where 18 must',
    council.quorum,
    council.usual,
    27,
    17,
    17,
    0,
    'yes',
    'no-quorum 17/14',
  ],
  [
    'a council of 30, half is not more',
    council.quorum,
    council.usual,
    30,
    30,
    15,
    15,
    'yes',
    'rejected 15/16',
  ],
  ['a removal, 27 members, 17', council.quorum, council.removal, 27, 27, 17, 10, 'yes', 'rejected 17/18'],
  ['a removal, 27 members, 18', council.quorum, council.removal, 27, 27, 18, 9, 'yes', 'passed 18/18'],
  ['a removal, 50 members, 33', council.quorum, council.removal, 50, 50, 33, 17, null, 'rejected 33/34'],
  [
    'a committee of 14 level, chair for',
    committee.quorum,
    committee.usual,
    14,
    14,
    7,
    7,
    'yes',
    'passed 7/8',
  ],
  [
    'a committee of 14 level, chair against',
    committee.quorum,
    committee.usual,
    14,
    14,
    7,
    7,
    'no',
    'rejected 7/8',
  ],
  ['level in a secret vote', committee.quorum, committee.usual, 14, 14, 7, 7, null, 'rejected 7/8'],
  ['level, chair silent', committee.quorum, committee.usual, 14, 14, 7, 6, 'abstain', 'rejected 7/8'],
  ['level below half is no tie', committee.quorum, committee.usual, 14, 12, 5, 5, 'yes', 'rejected 5/8'],
  [
    'a committee of 14 with 9, where 10 must',
    committee.quorum,
    committee.usual,
    14,
    9,
    9,
    0,
    'yes',
    'no-quorum 9/8',
  ],
  ['simple majority of those present', half, duma.simple, 20, 11, 6, 5, 'yes', 'passed 6/6'],
  ['a tie of those present fails', half, duma.simple, 20, 12, 6, 6, 'yes', 'rejected 6/7'],
  ['enough of those present, too few of all', half, duma.absolute, 20, 12, 10, 2, 'yes', 'rejected 10/11'],
  [
    'qualified majority of the set number',
    half,
    rule('all', twoThirds),
    20,
    20,
    13,
    7,
    'yes',
    'rejected 13/14',
  ],
  [
    'the chair decides a tie of those present',
    kobe.quorum,
    kobe.usual,
    65,
    40,
    20,
    20,
    'yes',
    'passed 20/21',
  ],
  ['the chair decides it against', kobe.quorum, kobe.usual, 65, 40, 20, 20, 'no', 'rejected 20/21'],
  ['of votes cast, abstentions weigh', half, rule('cast', moreThanHalf), 10, 10, 4, 2, 'no', 'rejected 4/6'],
  ['of yes and no alone they do not', half, rule('decided', moreThanHalf), 10, 10, 4, 2, 'no', 'passed 4/4'],
  ['nobody says anything', half, rule('decided', moreThanHalf), 10, 10, 0, 0, 'abstain', 'rejected 0/1'],
  [
    'everybody must agree',
    half,
    rule('all', { parts: 1, of: 1, more: false }),
    5,
    5,
    4,
    0,
    'yes',
    'rejected 4/5',
  ],
];

describe('what becomes of a motion', () => {
  test.each(table)('%s', (...row) => {
    const [, quorum, by, all, present, yes, no, chair, outcome] = row;
    const { is, has, needed } = resultOf(
      { all, present, yes, no, abstain: present - yes - no, chair },
      quorum,
      by,
    );
    expect(`${is} ${has}/${needed}`).toBe(outcome);
  });

  test('the chair is named only where the chair decided', () => {
    const tally = { all: 14, present: 14, yes: 7, no: 7, abstain: 0, chair: 'yes' } as const;
    expect(resultOf(tally, twoThirds, committeeRule)).toMatchObject({ is: 'passed', byChair: true });
    expect(resultOf({ ...tally, yes: 8, no: 6 }, twoThirds, committeeRule).byChair).toBe(false);
    expect(resultOf(tally, twoThirds, rule('all', moreThanHalf)).byChair).toBe(false);
  });
});

const anyShare: fc.Arbitrary<Share> = fc
  .tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 0, max: 9 }), fc.boolean())
  .map(([parts, rest, more]) => ({ parts, of: parts + rest, more: more && rest > 0 }));
const anyRule = fc.record({
  base: fc.constantFrom<ResultRule['base']>('all', 'present', 'cast', 'decided'),
  share: anyShare,
  tie: fc.constantFrom<ResultRule['tie']>('chair', 'rejected'),
});

/** Somebody's vote each; the first is the chair's. */
const anyVotes = fc.array(fc.constantFrom('yes', 'no', 'abstain', 'silent', 'away'), {
  minLength: 1,
  maxLength: 40,
});

function tallyOf(votes: readonly string[]): Tally {
  const count = (what: string) => votes.filter((vote) => vote === what).length;
  const [first] = votes;
  return {
    all: votes.length,
    present: votes.length - count('away'),
    yes: count('yes'),
    no: count('no'),
    abstain: count('abstain'),
    chair: first === 'yes' || first === 'no' || first === 'abstain' ? first : null,
  };
}

describe('whatever the rule and whoever votes', () => {
  test('one more yes never turns passed into not, whoever says it and whatever they said before', () => {
    fc.assert(
      fc.property(anyVotes, anyShare, anyRule, fc.nat(), (votes, quorum, by, who) => {
        const before = resultOf(tallyOf(votes), quorum, by);
        const more = votes.with(who % votes.length, 'yes');
        if (before.is === 'passed') expect(resultOf(tallyOf(more), quorum, by).is).toBe('passed');
      }),
      { numRuns: 3000 },
    );
  });

  test('what is needed is the least that is the share, counted out in whole votes', () => {
    fc.assert(
      fc.property(anyShare, fc.integer({ min: 0, max: 600 }), (share, base) => {
        const isEnough = (votes: number) =>
          share.more ? votes * share.of > base * share.parts : votes * share.of >= base * share.parts;
        let least = 1;
        while (!isEnough(least)) least += 1;
        expect(leastOf(share, base)).toBe(least);
      }),
    );
  });

  test('people leaving can only take the quorum away, people coming only bring it', () => {
    fc.assert(
      fc.property(anyVotes, anyShare, anyRule, (votes, quorum, by) => {
        const tally = tallyOf(votes);
        const met = (present: number) => resultOf({ ...tally, present }, quorum, by).is !== 'no-quorum';
        const line = Array.from({ length: tally.all + 1 }, (_none, present) => met(present));
        expect(line).toEqual(line.toSorted((a, b) => Number(a) - Number(b)));
        expect(line.at(-1)).toBe(true);
      }),
    );
  });
});

describe('an election', () => {
  const base = { all: 20, present: 20, marking: 20, blank: 0 };
  const elect = (seats: number, votes: Record<string, number>, over: object = {}) =>
    electedOf({ ...base, seats, votes, ...over }, twoThirds, rule('all', moreThanHalf));

  test.each([
    ['one seat, one with enough', 1, { an: 11, binh: 9 }, 'elected', ['an'], []],
    ['one seat, nobody with enough', 1, { an: 10, binh: 10 }, 'again', [], []],
    ['two seats, three with enough', 2, { an: 19, binh: 12, chi: 11 }, 'elected', ['an', 'binh'], []],
    ['two seats, the second level', 2, { an: 19, chi: 12, binh: 12 }, 'again', ['an'], ['binh', 'chi']],
    ['one seat, both level', 1, { an: 12, binh: 12 }, 'again', [], ['an', 'binh']],
    ['two seats, both level fill them', 2, { an: 12, binh: 12, chi: 11 }, 'elected', ['an', 'binh'], []],
    ['three seats, two with enough', 3, { an: 19, binh: 12, chi: 10 }, 'again', ['an', 'binh'], []],
  ] as const)('%s', (...row) => {
    const [, seats, votes, is, chosen, tied] = row;
    expect(elect(seats, votes)).toMatchObject({ is, chosen, tied, needed: 11 });
  });

  test('without a quorum nobody is elected', () => {
    expect(elect(1, { an: 13 }, { present: 13, marking: 13 })).toMatchObject({ is: 'no-quorum', chosen: [] });
  });

  test('one more mark never costs anybody their seat, and no more are chosen than there are seats', () => {
    const anyVotesFor = fc.dictionary(fc.constantFrom('an', 'binh', 'chi', 'dung', 'em'), fc.nat(19));
    fc.assert(
      fc.property(anyVotesFor, fc.integer({ min: 1, max: 4 }), anyRule, (votes, seats, by) => {
        const count = (given: Record<string, number>) =>
          electedOf({ ...base, seats, votes: given }, twoThirds, by);
        const { chosen, tied } = count(votes);
        expect(chosen.length).toBeLessThanOrEqual(seats);
        expect(chosen.filter((name) => tied.includes(name))).toEqual([]);
        for (const name of chosen) {
          expect(count({ ...votes, [name]: (votes[name] ?? 0) + 1 }).chosen).toContain(name);
        }
      }),
    );
  });
});
