import { isRefusal, ref, refuse, type Act, type CommandDefinition } from '#shared/kernel/public.ts';
import { resultOfVote, voteAggregate, voteCommands, type Vote } from '#shared/meetings/public.ts';

/** What makes a vote right, each of which a test can take away to see that the stories notice. */
export const meetingGuardNames = ['electorate', 'open-only', 'all-counted', 'last-counts', 'quorum'] as const;
export type MeetingGuard = (typeof meetingGuardNames)[number];

type Rules = ReadonlyMap<string, CommandDefinition>;

/** The rules of the office as a server applies them that lacks one. */
export function rulesWithout(guard: MeetingGuard | null): (rules: Rules) => Rules {
  return (rules) => {
    if (guard === null) return rules;
    const { castVote, closeVote, openVote } = voteCommands;
    const replaced: Readonly<Record<MeetingGuard, readonly [string, Decide]>> = {
      electorate: [castVote.name, castsDespite('meetings.not-in-electorate')],
      'open-only': [castVote.name, castsDespite('meetings.vote-not-open')],
      'all-counted': [closeVote.name, closesWithoutSome],
      'last-counts': [castVote.name, castsOnce],
      quorum: [openVote.name, opensWithoutQuorum],
    };
    const [name, decide] = replaced[guard];
    const known = rules.get(name);
    if (known === undefined) throw new Error(`There is no ${name}`);
    return new Map([...rules, [name, { ...known, decide: (asked) => decide(known, asked) }]]);
  };
}

type Asked = Parameters<CommandDefinition['decide']>[0];
type Decide = (known: CommandDefinition, asked: Asked) => ReturnType<CommandDefinition['decide']>;
type Cast = Readonly<{ voteId: Vote['id']; voter: string; choice: Vote['ballots'][string]['choice'] }>;

const castsDespite =
  (code: string): Decide =>
  (known, asked) => {
    const acts = known.decide(asked);
    const { voteId, voter, choice } = asked.body as Cast;
    const isThere = asked.states.of(voteAggregate, voteId) !== null;
    if (!isRefusal(acts) || acts.code !== code || !isThere) return acts;
    const ballot = { choice, by: asked.ctx.actor, at: asked.ctx.recordedAt, paper: null };
    return [{ type: 'ballotCast', on: ref('vote', voteId), body: { voter, ballot } }];
  };

/** The first that voted is not counted: it may have been long ago. */
const closesWithoutSome: Decide = (known, asked) => {
  const acts = known.decide(asked);
  const vote = asked.states.of(voteAggregate, (asked.body as Cast).voteId);
  if (isRefusal(acts) || vote === null) return acts;
  const result = resultOfVote({
    ...vote,
    ballots: Object.fromEntries(Object.entries(vote.ballots).slice(1)),
  });
  return acts.map((act): Act =>
    act.type === 'voteClosed' ? { ...act, body: { at: asked.ctx.recordedAt, result } } : act,
  );
};

/** Who thinks better of it finds the door shut, and is told that they were heard. */
const castsOnce: Decide = (known, asked) => {
  const { voteId, voter } = asked.body as Cast;
  const acts = known.decide(asked);
  const before = asked.states.of(voteAggregate, voteId)?.ballots[voter];
  return before === undefined || isRefusal(acts) ? acts : [];
};

const opensWithoutQuorum: Decide = (known, asked) => {
  const acts = known.decide({
    ...asked,
    states: {
      of: (aggregate, id) => {
        const state = asked.states.of(aggregate, id);
        if (aggregate.kind !== 'meeting' || state === null) return state;
        const { rules } = state as { rules: object | null };
        if (rules === null) return state;
        return { ...state, rules: { ...rules, quorum: { parts: 1, of: 1000, more: false } } };
      },
    },
  });
  return isRefusal(acts) ? refuse(acts.code) : acts;
};
