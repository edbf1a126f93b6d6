import type { Choice, Vote, VoteResult } from './vote-model.ts';
import { electedOf, resultOf, type Tally } from './result.ts';

/** What a vote comes to, or would if nobody said anything more: "cần 14, có 13" while it is open. */
export function resultOfVote(vote: Vote, choices: readonly Choice[] = choicesIn(vote)): VoteResult {
  const silent = Math.max(0, vote.electors.length - choices.length);
  return vote.question.is === 'motion'
    ? motion(vote, choices, silent)
    : election(vote, vote.question, { choices, silent });
}

/** The ballots that lie there by name, or once the box is open those without. */
export function choicesIn(vote: Vote): readonly Choice[] {
  if (vote.form === 'secret') return vote.box.map(({ choice }) => choice);
  return Object.values(vote.ballots).map(({ choice }) => choice);
}

function motion(vote: Vote, choices: readonly Choice[], silent: number): VoteResult {
  const count = (side: string) => choices.filter((one) => one.is === 'motion' && one.side === side).length;
  const [yes, no, abstain] = [count('yes'), count('no'), count('abstain')];
  // In writing, silence may be agreement (NĐ 191/2026, as a summary of it tells; here the body's own rule).
  const agreeing = vote.until !== null && vote.silence === 'agrees' ? silent : 0;
  const tally: Tally = {
    all: vote.all,
    present: vote.present,
    yes: yes + agreeing,
    no,
    abstain,
    chair: sideOfChair(vote, agreeing > 0),
  };
  const outcome = resultOf(tally, vote.quorum, vote.rule);
  return { of: 'motion', ...outcome, yes, no, abstain, silent };
}

function sideOfChair({ form, ballots, chair, electors }: Vote, isSilenceYes: boolean): Tally['chair'] {
  if (form === 'secret') return null;
  const choice = ballots[chair]?.choice;
  if (choice?.is === 'motion') return choice.side;
  return isSilenceYes && electors.some(({ voter }) => voter === chair) ? 'yes' : null;
}

type Given = Readonly<{ choices: readonly Choice[]; silent: number }>;

function election(
  { all, present, quorum, rule }: Vote,
  { options, seats }: Extract<Vote['question'], { is: 'choice' }>,
  { choices, silent }: Given,
): VoteResult {
  const marks = choices.flatMap((choice) => (choice.is === 'choice' ? [choice.marks] : []));
  const votes = Object.fromEntries(
    options.map(({ id }) => [id, marks.filter((ballot) => ballot.includes(id)).length]),
  );
  const blank = marks.filter((ballot) => ballot.length === 0).length;
  const marking = marks.length - blank;
  const { chosen, tied, ...outcome } = electedOf(
    { all, present, marking, blank, seats, votes },
    quorum,
    rule,
  );
  return { of: 'choice', ...outcome, chosen: [...chosen], tied: [...tied], votes, blank, silent };
}
