import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { wordsOf } from '#electron/platform/words.ts';
import { VoteIdSchema, type LogEntry, type PersonId } from '#shared/kernel/public.ts';
import {
  minutesKeys,
  minutesOf,
  resultOf,
  voteAggregate,
  type MinutesKey,
  type MinutesSection,
  type Vote,
} from '#shared/meetings/public.ts';
import { ids } from '../../support/builders.ts';
import { aMeetingDay } from '../../support/meeting-day.ts';
import { committeeRule, someRules } from '../../support/meetings.ts';
import { memoryEngine, openSmallAgency } from '../../support/small-agency.ts';

const anyMove = fc.record({ what: fc.nat(15), who: fc.nat(4), item: fc.nat(2), said: fc.nat(2) });
type Move = Readonly<{ what: number; who: number; item: number; said: number }>;

/** Any meeting: whoever is there does whatever they may, and the rest is refused. */
function held(moves: readonly Move[]) {
  const agency = openSmallAgency(memoryEngine);
  const day = aMeetingDay(agency);
  const agenda = [day.put(), day.put(), day.put()];
  day.must(day.secretary, 'invite', { guests: [] });
  const marks = day.members.slice(0, 4).map((person) => ({ person, how: 'room', reason: '' }));
  day.must(day.secretary, 'markAttendance', { marks });
  day.must(day.chair, 'begin');
  let voteId = VoteIdSchema.parse(ids.document());
  const sides = ['yes', 'no', 'abstain'] as const;
  for (const { what, who, item, said } of moves) {
    const person = day.members[who] ?? day.chair;
    const itemId = agenda[item];
    const side = { is: 'motion', side: sides[said] };
    const open = () => {
      voteId = VoteIdSchema.parse(ids.document());
      const question = { is: 'motion', words: 'Thông qua' };
      const asked = {
        voteId,
        itemId,
        question,
        askedBy: null,
        special: null,
        until: null,
        decides: said > 0,
      };
      day.codeOf(day.chair, 'openVote', { ...asked, form: said === 2 ? 'open' : 'named' });
    };
    const absent = { person, how: 'absent', reason: 'Đi công tác' };
    const moved: readonly (() => unknown)[] = [
      () => day.codeOf(person, 'checkIn', { how: 'remote', code: null }),
      () => day.codeOf(person, 'leave', { person }),
      () => day.codeOf(day.secretary, 'markAttendance', { marks: [absent] }),
      () => day.codeOf(person, 'askToSpeak', { item: itemId, kind: 'speech' }),
      () => day.codeOf(day.chair, 'callSpeaker', { n: who + 1, seconds: 60 }),
      () => day.codeOf(day.secretary, 'takeNote', { itemId, words: `Ghi chú ${who}` }),
      () =>
        day.codeOf(day.secretary, 'drawConclusion', {
          itemId,
          conclusion: ids.document(),
          words: `Kết luận ${who}`,
          task: said === 0 ? null : { id: ids.task(), owner: person, dueOn: '2026-12-31' },
        }),
      () => day.codeOf(day.chair, 'settleItem', { itemId, how: 'postponed', words: 'Chờ số liệu' }),
      () => day.codeOf(day.chair, 'closeVote', { voteId }),
      open,
      open,
    ];
    const move =
      moved[what] ?? (() => day.codeOf(person, 'castVote', { voteId, voter: person, choice: side }));
    move();
  }
  for (const itemId of agenda) {
    day.codeOf(day.chair, 'settleItem', { itemId, how: 'chair', words: 'Thống nhất' });
  }
  day.codeOf(day.chair, 'end');
  return { agency, day, agenda };
}

function minutesFrom({ agency, day, agenda }: ReturnType<typeof held>): readonly MinutesSection[] {
  const items = agenda.map(day.item);
  const votes = items.flatMap((item) => item.votes.map((id) => agency.state(voteAggregate, id)));
  return minutesOf({
    meeting: day.meeting(),
    items,
    votes: votes.filter((vote): vote is Vote => vote !== null),
    nameOf: (person) => person,
  });
}

test('the minutes say what the log says, no more and no less, whatever happened', () => {
  fc.assert(
    fc.property(fc.array(anyMove, { minLength: 20, maxLength: 80, size: 'max' }), (moves) => {
      const meeting = held(moves);
      const minutes = minutesFrom(meeting);
      const entries = meeting.agency.engine.log.entriesAfter(0, 10_000).map(({ entry }) => entry);
      const log = readLog(entries, meeting.day.members);
      const said = (key: MinutesKey) => minutes.flat().filter(({ says }) => says === key);
      expect(said('present')[0]?.with).toEqual({ count: log.came.size, all: 5 });
      expect([...said('absent'), ...said('missing')].map((one) => one.with['name'])).toEqual(
        meeting.day.members.filter((person) => !log.came.has(person)),
      );
      expect(wordsIn(said('note'))).toEqual(log.notes.toSorted());
      expect(wordsIn(said('conclusion'))).toEqual(log.conclusions.toSorted());
      expect(said('task-by')).toHaveLength(log.tasks);
      expect(said('spoke')).toHaveLength(log.called);
      expect(said('motion')).toHaveLength(log.opened);
      expect(
        said('motion-counted')
          .map((one) => one.with)
          .toSorted(byText),
      ).toEqual(log.counted.toSorted(byText));
      expect(said('ballot')).toHaveLength(log.namedBallots);
      expect(
        said('decided-vote').length + said('decided-chair').length + said('decided-postponed').length,
      ).toBe(3);
      expect(said('ended')).toHaveLength(1);
    }),
    { numRuns: 60 },
  );
});

const wordsIn = (lines: MinutesSection) => lines.map((one) => String(one.with['words'])).toSorted();

const byText = (a: object, b: object) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1);

/** The same facts read out of the raw acts, by other means than the folding that the minutes rest on. */
function readLog(entries: readonly LogEntry[], members: readonly PersonId[]) {
  const acts = entries.flatMap((entry) => entry.acts);
  // Each kind of act has the one body that its room gives it.
  const actsOf = <Body>(type: string) =>
    acts.filter((act) => act.type === type).map((act) => ({ id: act.on.id, ...(act.body as Body) }));
  const marks = actsOf<{ marks: { person: PersonId; how: string }[] }>('attendanceMarked').flatMap(
    (one) => one.marks,
  );
  const came = new Set(marks.filter(({ how }) => how !== 'absent').map(({ person }) => person));
  const openings = actsOf<{ present: number; electors: unknown[]; form: string }>('voteOpened');
  const closed = new Set(actsOf('voteClosed').map(({ id }) => id));
  const last = new Map<string, Map<string, string>>();
  for (const { id, voter, ballot } of actsOf<{ voter: string; ballot: { choice: { side: string } } }>(
    'ballotCast',
  )) {
    last.set(id, (last.get(id) ?? new Map<string, string>()).set(voter, ballot.choice.side));
  }
  const counted = openings
    .filter(({ id }) => closed.has(id))
    .map(({ id, electors, present }) => {
      const sides = [...(last.get(id) ?? new Map<string, string>()).values()];
      const count = (side: string) => sides.filter((one) => one === side).length;
      const [yes, no, abstain] = [count('yes'), count('no'), count('abstain')];
      const tally = { all: members.length, present, yes, no, abstain, chair: null };
      const { needed, has } = resultOf(tally, someRules().quorum, committeeRule);
      return { yes, no, abstain, silent: electors.length - sides.length, needed, has };
    });
  const named = openings.filter(({ form }) => form === 'named');
  return {
    came,
    counted,
    opened: openings.length,
    namedBallots: named.reduce((sum, { id }) => sum + (last.get(id)?.size ?? 0), 0),
    notes: actsOf<{ note: { words: string } }>('noteTaken').map(({ note }) => note.words),
    conclusions: actsOf<{ conclusion: { words: string } }>('conclusionDrawn').map(
      (one) => one.conclusion.words,
    ),
    tasks: actsOf('taskGiven').length,
    called: actsOf('speechCalled').length,
  };
}

test('every sentence of the minutes is there in both languages, with the values it is given', () => {
  const { says: _says, ...known } = { says: 0, ...blanksOf('vi') };
  expect(blanksOf('en')).toEqual(known);
  expect(Object.values(known).every((sentence) => sentence !== null)).toBe(true);
});

function blanksOf(language: 'vi' | 'en'): Readonly<Record<string, string | null>> {
  const say = wordsOf(language);
  const values = Object.fromEntries(
    'title at place chair secretary count all names name reason for from to n words form said witness minutes yes no abstain silent needed has counts blank day'
      .split(' ')
      .map((name) => [name, `<${name}>`]),
  );
  return Object.fromEntries(
    minutesKeys.map((key) => {
      const sentence = say(`minutes.${key}`, values);
      const blanks = [...new Set(sentence.match(/<\w+>/gu) ?? [])].toSorted().join(' ');
      return [key, sentence === `minutes.${key}` || sentence.includes('{{') ? null : blanks];
    }),
  );
}

test('of a secret vote the minutes tell the numbers, of one by show of hands no names, and of a round its silence', () => {
  const meeting = held([
    { what: 9, who: 0, item: 0, said: 2 },
    { what: 11, who: 0, item: 0, said: 0 },
    { what: 11, who: 1, item: 0, said: 1 },
    { what: 8, who: 0, item: 0, said: 0 },
  ]);
  const lines = minutesFrom(meeting).flat();
  expect(lines.filter(({ says }) => says === 'ballot')).toEqual([]);
  expect(lines.find(({ says }) => says === 'motion')?.words).toEqual({ form: 'vote-form.open' });
  expect(lines.find(({ says }) => says === 'motion-counted')?.with).toEqual({
    yes: 1,
    no: 1,
    abstain: 0,
    silent: 2,
    needed: 3,
    has: 1,
  });
  const secret = meeting.agenda.map(meeting.day.item);
  const vote = secret[0]?.votes.map((id) => meeting.agency.state(voteAggregate, id))[0];
  if (vote == null) throw new Error('There was a vote');
  const told = minutesOf({
    meeting: meeting.day.meeting(),
    items: secret,
    votes: [{ ...vote, form: 'secret' }],
    nameOf: (person) => person,
  }).flat();
  expect(told.filter(({ says }) => says === 'ballot')).toEqual([]);
});
