import { aggregates } from '#shared/commands.ts';
import { personAggregate } from '#shared/directory/public.ts';
import type { LogEntry } from '#shared/kernel/public.ts';
import type { Choice, Meeting, Vote, VoteResult } from '#shared/meetings/public.ts';
import type { World } from '../world.ts';

type Side = 'yes' | 'no' | 'abstain';
type Counting = {
  readonly voters: ReadonlyMap<string, boolean>;
  readonly all: number;
  readonly chair: string;
  readonly ballots: Map<string, Side>;
  isOpen: boolean;
};

/** What must hold of every vote, told again from the entries of the log alone and not by the office's own arithmetic. */
export function meetingFaults(world: World): readonly string[] {
  const faults: string[] = [];
  const meetings = new Map<string, Meeting>();
  const votes = new Map<string, Counting>();
  for (const { entry } of world.entries()) {
    for (const act of entry.acts) {
      const body = act.body as Record<string, unknown>;
      if (act.on.kind === 'meeting') {
        const before = meetings.get(act.on.id) ?? null;
        meetings.set(act.on.id, aggregates.meeting.evolve(before, act) as Meeting);
      }
      if (act.on.kind !== 'vote') continue;
      const vote = votes.get(act.on.id);
      if (act.type === 'voteOpened') {
        const opened = openedIn(meetings.get(String(body['meeting'])), body as unknown as Vote);
        votes.set(act.on.id, opened.counting);
        faults.push(...opened.faults);
      } else if (vote === undefined) faults.push('something happened to a vote that was not opened');
      else if (act.type === 'ballotCast') faults.push(...taken(vote, body, entry));
      else if (act.type === 'voteDropped') vote.isOpen = false;
      else if (act.type === 'voteClosed') {
        vote.isOpen = false;
        world.setting.count(`vote counted: ${(body['result'] as VoteResult).is}`);
        faults.push(...recounted(vote, body['result'] as VoteResult));
      }
    }
    faults.push(...unheard(votes, entry));
  }
  return [...faults, ...differing(world, votes)];
}

/** Who votes is who was there, of those who have a vote; two thirds of all have to be. */
function openedIn(meeting: Meeting | undefined, vote: Vote) {
  const invited = (meeting?.invitees ?? []).filter((one) => one.votes);
  const here = invited.filter(({ person }) => meeting?.presence[person]?.here === true);
  const told = vote.electors.map(({ voter }) => voter).toSorted();
  const wanted = here.map(({ person }) => person).toSorted();
  const faults = [
    ...(told.join(' ') === wanted.join(' ') ? [] : ['another electorate than was there']),
    ...(here.length * 3 >= invited.length * 2 ? [] : ['a vote was opened without a quorum']),
    ...(meeting?.state === 'in-session' ? [] : ['a vote was opened outside a session']),
  ];
  const counting: Counting = {
    voters: new Map(here.map(({ person }) => [person, true])),
    all: invited.length,
    chair: meeting?.chair ?? '',
    ballots: new Map(),
    isOpen: true,
  };
  return { counting, faults };
}

function taken(vote: Counting, body: Record<string, unknown>, { command }: LogEntry): string[] {
  const voter = String(body['voter']);
  const { choice } = body['ballot'] as { choice: Choice };
  vote.ballots.set(voter, sideOf(choice));
  const isOwn = command.name !== 'meetings.castVote' || command.actor === voter;
  return [
    ...(vote.isOpen ? [] : ['a ballot was taken after the vote was closed']),
    ...(vote.voters.has(voter) ? [] : ['a ballot of somebody outside the electorate was taken']),
    ...(isOwn ? [] : ['somebody voted for another']),
  ];
}

/** Whoever was told that their vote was taken has it standing there. */
function unheard(votes: ReadonlyMap<string, Counting>, { command, refusal }: LogEntry): string[] {
  if (command.name !== 'meetings.castVote' || refusal !== null) return [];
  const { voteId, voter, choice } = command.body as { voteId: string; voter: string; choice: Choice };
  return votes.get(voteId)?.ballots.get(voter) === sideOf(choice) ? [] : ['a ballot that was taken is lost'];
}

function recounted({ ballots, voters, all, chair }: Counting, result: VoteResult): string[] {
  if (result.of !== 'motion') return ['a motion was counted as something else'];
  const count = (side: Side) => [...ballots.values()].filter((one) => one === side).length;
  const [yes, no, abstain] = [count('yes'), count('no'), count('abstain')];
  const silent = voters.size - ballots.size;
  const isTied = yes * 2 === all && ballots.get(chair) === 'yes';
  const is = yes * 2 > all || isTied ? 'passed' : 'rejected';
  const own = [yes, no, abstain, silent, is].join(' ');
  const told = [result.yes, result.no, result.abstain, result.silent, result.is].join(' ');
  return own === told ? [] : [`counted again it is ${own}, and the result says ${told}`];
}

/** Every desk that may see a vote and owes nothing has the ballots that the log has. */
function differing({ desks, stateOf }: World, votes: ReadonlyMap<string, Counting>): string[] {
  return [...votes].flatMap(([id, { ballots }]) =>
    desks.flatMap(({ db, link, person }) => {
      const row = db.prepare("SELECT state FROM aggregate WHERE kind = 'vote' AND id = ?").get(id);
      if (row === undefined || link.state().kind !== 'even') return [];
      if (stateOf(personAggregate, person.id)?.active !== true) return [];
      const { ballots: own } = JSON.parse((row as { state: string }).state) as Vote;
      const told = Object.entries(own).map(([voter, { choice }]) => `${voter} ${sideOf(choice)}`);
      const wanted = [...ballots].map(([voter, side]) => `${voter} ${side}`);
      return told.toSorted().join() === wanted.toSorted().join() ? [] : ['a desk counts other ballots'];
    }),
  );
}

function sideOf(choice: Choice): Side {
  if (choice.is !== 'motion') throw new Error('It was a motion');
  return choice.side;
}
