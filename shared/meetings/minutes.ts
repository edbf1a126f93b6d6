import { writtenDay, writtenMoment, type Day, type PersonId } from '../kernel/public.ts';
import type { AgendaItem } from './item-model.ts';
import { inviteeOf, type Meeting } from './meeting-model.ts';
import { secondsSpoken } from './speaking.ts';
import { resultOfVote } from './tally.ts';
import { votersOf } from './electorate.ts';
import type { Vote } from './vote-model.ts';

/** Everything that happened, as the states of a meeting have it. */
export type Happened = Readonly<{
  meeting: Meeting;
  items: readonly AgendaItem[];
  votes: readonly Vote[];
  nameOf: (person: PersonId) => string;
}>;

/** One sentence, by its key under `minutes.`; its words are a language's. */
export type MinutesLine = Readonly<{
  says: MinutesKey;
  with: Readonly<Record<string, string | number>>;
  /** Values that are words of the office themselves, by their keys. */
  words: Readonly<Record<string, string>>;
}>;
export type MinutesSection = readonly MinutesLine[];

export const minutesKeys = [
  'called',
  'began',
  'presided',
  'present',
  'in-room',
  'remote',
  'absent',
  'missing',
  'substitute',
  'proxy',
  'guests',
  'item',
  'excluded',
  'reported',
  'paper',
  'replaced',
  'spoke',
  'note',
  'motion',
  'choice',
  'electors',
  'motion-counted',
  'choice-counted',
  'passed',
  'rejected',
  'by-chair',
  'elected',
  'again',
  'no-quorum',
  'dropped-vote',
  'box-lost',
  'secret-by',
  'ballot',
  'paper-ballot',
  'decided-block',
  'decided-vote',
  'decided-chair',
  'decided-noted',
  'decided-postponed',
  'decided-dropped',
  'conclusion',
  'task',
  'task-by',
  'ended',
] as const;
export type MinutesKey = (typeof minutesKeys)[number];

/** The draft of the minutes, built from what happened and nothing else: the meeting, each item in its order, the end. */
export function minutesOf(happened: Happened): readonly MinutesSection[] {
  const { meeting, items } = happened;
  const sections = items.map((item, place) => itemSection(item, place + 1, happened));
  const end = meeting.endedAt === null ? [] : [[line('ended', { at: writtenMoment(meeting.endedAt) })]];
  return [opening(happened), attendance(happened), ...sections, ...end];
}

function line(
  says: MinutesKey,
  params: MinutesLine['with'] = {},
  words: MinutesLine['words'] = {},
): MinutesLine {
  return { says, with: params, words };
}

function opening({ meeting, nameOf }: Happened): MinutesSection {
  const { title, place, begunAt, chair, secretary } = meeting;
  return [
    line('called', { title }),
    ...(begunAt === null ? [] : [line('began', { at: writtenMoment(begunAt), place })]),
    line('presided', { chair: nameOf(chair), secretary: nameOf(secretary) }),
  ];
}

function attendance({ meeting, nameOf }: Happened): MinutesSection {
  const { invitees, presence, proxies } = meeting;
  const voters = votersOf(meeting);
  const came = (person: PersonId) => (presence[person]?.turns.length ?? 0) > 0;
  const names = (people: readonly PersonId[]) => people.map(nameOf).join(', ');
  const sitting = invitees.filter(({ as }) => as !== 'guest').map(({ person }) => person);
  const by = (how: 'room' | 'remote') =>
    sitting.filter((person) => came(person) && presence[person]?.how === how);
  const guests = invitees.filter(({ as, person }) => as === 'guest' && came(person));
  const listed = (says: MinutesKey, people: readonly PersonId[]) =>
    people.length === 0 ? [] : [line(says, { count: people.length, names: names(people) })];
  return [
    line('present', { count: voters.filter(came).length, all: voters.length }),
    ...listed('in-room', by('room')),
    ...listed('remote', by('remote')),
    ...voters
      .filter((person) => !came(person))
      .map((person) => {
        const reason = whyAway(meeting, person);
        return reason === ''
          ? line('missing', { name: nameOf(person) })
          : line('absent', { name: nameOf(person), reason });
      }),
    ...invitees.flatMap((one) =>
      one.for === null || !came(one.person)
        ? []
        : [line('substitute', { name: nameOf(one.person), for: nameOf(one.for) })],
    ),
    ...proxies.map(({ from, to }) => line('proxy', { from: nameOf(from), to: nameOf(to) })),
    ...listed(
      'guests',
      guests.map(({ person }) => person),
    ),
  ];
}

/** What was said of an absence: by the secretary, else with the invitation. */
function whyAway(meeting: Meeting, person: PersonId): string {
  const said = meeting.presence[person]?.reason ?? '';
  const answer = inviteeOf(meeting, person)?.answer;
  return said !== '' || answer == null || answer.is === 'accepts' ? said : answer.reason;
}

function itemSection(item: AgendaItem, n: number, happened: Happened): MinutesSection {
  const { nameOf, votes, meeting } = happened;
  const spoken = meeting.speeches.filter(({ item: on, calledAt }) => on === item.id && calledAt !== null);
  return [
    line('item', { n, title: item.title }),
    ...item.excluded.map(({ person, reason }) => line('excluded', { name: nameOf(person), reason })),
    ...(item.rapporteur === null ? [] : [line('reported', { name: nameOf(item.rapporteur) })]),
    ...item.papers.flatMap(({ name, versions }) =>
      versions.map(({ n: version, reason }) =>
        version === 1 ? line('paper', { name }) : line('replaced', { name, n: version - 1, reason }),
      ),
    ),
    ...spoken.map((speech) =>
      line('spoke', { name: nameOf(speech.person), minutes: Math.ceil(secondsSpoken(speech) / 60) }),
    ),
    ...item.notes.map(({ words }) => line('note', { words })),
    ...item.votes.flatMap((id) =>
      votes.filter((vote) => vote.id === id).flatMap((vote) => voteLines(vote, nameOf)),
    ),
    ...decisionLines(item),
    ...item.conclusions.flatMap(({ words, owner, dueOn }) => [
      line('conclusion', { words }),
      ...(owner === null ? [] : [taskLine(nameOf(owner), dueOn)]),
    ]),
  ];
}

function taskLine(name: string, dueOn: Day | null): MinutesLine {
  return dueOn === null ? line('task', { name }) : line('task-by', { name, day: writtenDay(dueOn) });
}

function decisionLines({ decision }: AgendaItem): MinutesSection {
  return decision === null ? [] : [line(`decided-${decision.how}`, { words: decision.words })];
}

function voteLines(vote: Vote, nameOf: Happened['nameOf']): MinutesSection {
  const { question, form, electors, askedBy, droppedBecause } = vote;
  const asked = line(question.is, { words: question.words }, { form: `vote-form.${form}` });
  if (droppedBecause !== null) return [asked, line('dropped-vote', { reason: droppedBecause })];
  if (vote.state === 'dropped') return [asked, line('box-lost')];
  return [
    asked,
    ...(askedBy === null ? [] : [line('secret-by', { name: nameOf(askedBy) })]),
    line('electors', { count: electors.length, all: vote.all }),
    ...(vote.result === null ? [] : resultLines(vote)),
    ...(form === 'named' ? ballotLines(vote, nameOf) : []),
  ];
}

function resultLines(vote: Vote): MinutesSection {
  const result = vote.result ?? resultOfVote(vote);
  const { needed, silent } = result;
  if (result.of === 'motion') {
    const { yes, no, abstain, has, is, byChair } = result;
    return [
      line('motion-counted', { yes, no, abstain, silent, needed, has }),
      line(is),
      ...(byChair ? [line('by-chair')] : []),
    ];
  }
  const named = (ids: readonly string[]) =>
    vote.question.is === 'choice'
      ? vote.question.options.filter(({ id }) => ids.includes(id)).map(({ name }) => name)
      : [];
  const each = vote.question.is === 'choice' ? vote.question.options : [];
  const counts = each.map(({ id, name }) => `${name}: ${result.votes[id] ?? 0}`).join('; ');
  return [
    line('choice-counted', { counts, blank: result.blank, silent, needed }),
    line(result.is, { names: named(result.is === 'again' ? result.tied : result.chosen).join(', ') }),
  ];
}

/** Only of a vote by name: who said what, and which came on paper before whom. */
function ballotLines({ ballots, electors, question }: Vote, nameOf: Happened['nameOf']): MinutesSection {
  return electors.flatMap(({ voter }) => {
    const ballot = ballots[voter];
    if (ballot === undefined) return [];
    const { choice, paper } = ballot;
    const says = paper === null ? 'ballot' : 'paper-ballot';
    const by = { name: nameOf(voter), ...(paper === null ? {} : { witness: nameOf(paper.witness) }) };
    if (choice.is === 'motion') return [line(says, by, { said: `vote-side.${choice.side}` })];
    const marked =
      question.is === 'choice' ? question.options.filter(({ id }) => choice.marks.includes(id)) : [];
    return [line(says, { ...by, said: marked.map(({ name }) => name).join(', ') })];
  });
}
