import { isExactly, leastOf, type Share } from './shares.ts';
import type { ResultRule } from './body-model.ts';

/** Everything the outcome of a motion depends on. Nobody is counted in two of `yes`, `no` and `abstain`. */
export type Tally = Readonly<{
  /** All who have a vote in the body, and those of them who counted as present when the vote was opened. */
  all: number;
  present: number;
  yes: number;
  no: number;
  abstain: number;
  /** On which side the chair voted; null in a secret vote, and where the chair has none. */
  chair: 'yes' | 'no' | 'abstain' | null;
}>;

export type Counted = Readonly<{ needed: number; has: number }>;

export type Outcome = Counted &
  Readonly<{
    is: 'passed' | 'rejected' | 'no-quorum';
    quorum: Counted;
    /** Only because the chair was on that side. */
    byChair: boolean;
  }>;

/** Whether so many present are enough to decide anything. */
export function quorumOf(quorum: Share, all: number, present: number): Counted & Readonly<{ met: boolean }> {
  const needed = leastOf(quorum, all);
  return { needed, has: present, met: present >= needed };
}

/** "Cần 14, có 13": what a motion needs, what it has, and what becomes of it if nobody says anything more. */
export function resultOf(tally: Tally, quorum: Share, rule: ResultRule): Outcome {
  const { needed: least, has: here, met } = quorumOf(quorum, tally.all, tally.present);
  const base = baseOf(rule, tally);
  const counted = { needed: leastOf(rule.share, base), has: tally.yes };
  const decided = met ? decide(tally, rule, counted.needed, base) : null;
  const is = decided === null ? 'no-quorum' : decided.passed ? 'passed' : 'rejected';
  return { ...counted, is, quorum: { needed: least, has: here }, byChair: decided?.byChair ?? false };
}

/**
 * A tie gives way to the chair's side only at exactly the share that has to be passed: a motion that lacks more than one
 * vote is no tie, else one more yes could undo what the chair had carried.
 */
function decide({ yes, chair }: Tally, { share, tie }: ResultRule, needed: number, base: number) {
  if (yes >= needed) return { passed: true, byChair: false };
  const isTied = share.more && yes > 0 && isExactly(share, base, yes);
  if (!isTied || tie === 'rejected' || chair === null || chair === 'abstain') {
    return { passed: false, byChair: false };
  }
  return { passed: chair === 'yes', byChair: true };
}

function baseOf({ base }: Pick<ResultRule, 'base'>, tally: Omit<Tally, 'chair'>): number {
  switch (base) {
    case 'all':
      return tally.all;
    case 'present':
      return tally.present;
    case 'cast':
      return tally.yes + tally.no + tally.abstain;
    case 'decided':
      return tally.yes + tally.no;
  }
}

/** An election or a choice: how often each was marked, on so many ballots. */
export type Marks = Readonly<{
  all: number;
  present: number;
  /** Ballots that mark somebody, and those that mark nobody. */
  marking: number;
  blank: number;
  seats: number;
  votes: Readonly<Record<string, number>>;
}>;

export type Elected = Readonly<{
  is: 'elected' | 'again' | 'no-quorum';
  needed: number;
  quorum: Counted;
  chosen: readonly string[];
  /** Those with enough votes for whom, being level, there are too few seats: they are voted on again. */
  tied: readonly string[];
}>;

/** Whoever has what the rule wants, the most votes first, as long as there are seats; never by lot or by order of the list. */
export function electedOf(marks: Marks, quorum: Share, rule: ResultRule): Elected {
  const { needed: least, has: here, met } = quorumOf(quorum, marks.all, marks.present);
  const tally = { ...marks, yes: marks.marking, no: 0, abstain: marks.blank };
  const needed = leastOf(rule.share, baseOf(rule, tally));
  const shown = { needed, quorum: { needed: least, has: here } };
  if (!met) return { is: 'no-quorum', ...shown, chosen: [], tied: [] };
  const enough = Object.entries(marks.votes).filter(([, votes]) => votes >= needed);
  const chosen: string[] = [];
  let tied: string[] = [];
  for (const votes of [...new Set(enough.map(([, count]) => count))].toSorted((a, b) => b - a)) {
    const level = enough.filter(([, count]) => count === votes).map(([name]) => name);
    if (chosen.length + level.length > marks.seats) {
      if (chosen.length < marks.seats) tied = level.toSorted();
      break;
    }
    chosen.push(...level.toSorted());
  }
  return { is: chosen.length === marks.seats ? 'elected' : 'again', ...shown, chosen, tied };
}
