import { describe, expect, test } from 'vitest';
import {
  InstantSchema,
  PersonIdSchema,
  VoteIdSchema,
  ref,
  type PersonId,
  type VoteId,
} from '#shared/kernel/public.ts';
import {
  isReminded,
  mostRemindDays,
  resultOfVote,
  twoThirds,
  voteAggregate,
  voteCommands,
  type BodyRules,
  type Choice,
  type SecretBallot,
} from '#shared/meetings/public.ts';
import { scopesOfAggregate, togetherWith } from '#shared/sync/public.ts';
import { plainCalendar } from '../../support/ask.ts';
import { ids } from '../../support/builders.ts';
import { aMeetingDay, type MeetingDay } from '../../support/meeting-day.ts';
import { memoryEngine, openSmallAgency } from '../../support/small-agency.ts';

const side = (said: 'yes' | 'no' | 'abstain'): Choice => ({ is: 'motion', side: said });
const motion = { is: 'motion', words: 'Thông qua phương án' };

/** Five members, of whom `here` are in the room, and one item to vote on. */
function sitting(here: number, rules: Partial<BodyRules> = {}) {
  const agency = openSmallAgency(memoryEngine);
  const day = aMeetingDay(agency, { rules });
  const itemId = day.put();
  day.must(day.secretary, 'invite', { guests: [agency.staff.clerk.id] });
  const marks = day.members.slice(0, here).map((person) => ({ person, how: 'room', reason: '' }));
  day.must(day.secretary, 'markAttendance', { marks });
  day.must(day.chair, 'begin');
  const keeper = PersonIdSchema.parse(agency.engine.log.entriesAfter(0, 1)[0]?.entry.agencyId);
  const open = (over: object = {}) => ({
    voteId: VoteIdSchema.parse(ids.document()),
    itemId,
    question: motion,
    form: 'named',
    askedBy: null,
    special: null,
    until: null,
    decides: true,
    ...over,
  });
  const opened = (over: object = {}): VoteId => {
    const asked = open(over);
    day.must(day.chair, 'openVote', asked);
    return asked.voteId;
  };
  const vote = (id: VoteId) => {
    const found = agency.state(voteAggregate, id);
    if (found === null) throw new Error('There is no such vote');
    return found;
  };
  const cast = (id: VoteId, voter: PersonId, choice: Choice, by = voter) =>
    day.codeOf(by, 'castVote', { voteId: id, voter, choice });
  return { agency, day, itemId, keeper, open, opened, vote, cast, members: membersOf(day) };
}

function membersOf({ members }: MeetingDay): readonly [PersonId, PersonId, PersonId, PersonId, PersonId] {
  const [one, two, three, four, five] = members;
  if (
    one === undefined ||
    two === undefined ||
    three === undefined ||
    four === undefined ||
    five === undefined
  ) {
    throw new Error('There are five members');
  }
  return [one, two, three, four, five];
}

describe('a vote by name', () => {
  test('is over those who were there when it was opened, says what it needs, and decides the item', () => {
    const { day, itemId, opened, vote, cast, members } = sitting(4);
    const [one, two, three, four, five] = members;
    const id = opened();
    day.must(day.secretary, 'markAttendance', { marks: [{ person: five, how: 'remote', reason: '' }] });
    expect(cast(id, five, side('yes'))).toBe('meetings.not-in-electorate');
    day.must(four, 'leave', { person: four });
    expect(vote(id)).toMatchObject({ all: 5, present: 4 });
    expect([cast(id, one, side('yes')), cast(id, two, side('yes'))]).toEqual([null, null]);
    expect(resultOfVote(vote(id))).toMatchObject({ is: 'rejected', needed: 3, has: 2, silent: 2 });
    // Whoever left after the opening is still one of those who vote.
    expect(cast(id, four, side('yes'))).toBeNull();
    expect(cast(id, three, side('no'))).toBeNull();
    day.must(day.chair, 'closeVote', { voteId: id });
    expect(vote(id).result).toMatchObject({ is: 'passed', needed: 3, has: 3, yes: 3, no: 1, silent: 0 });
    expect(day.item(itemId).decision).toMatchObject({ how: 'vote', vote: id, passed: true });
    expect(cast(id, three, side('yes'))).toBe('meetings.vote-not-open');
  });

  test('a ballot counts once however often it is sent; which one, the rules say', () => {
    const last = sitting(4);
    const id = last.opened();
    const [one] = last.members;
    for (const said of ['yes', 'yes', 'no', 'no'] as const) expect(last.cast(id, one, side(said))).toBeNull();
    expect(resultOfVote(last.vote(id))).toMatchObject({ yes: 0, no: 1, silent: 3 });
    const first = sitting(4, { counts: 'first' });
    const other = first.opened();
    const [voter] = first.members;
    expect(first.cast(other, voter, side('yes'))).toBeNull();
    expect(first.cast(other, voter, side('yes'))).toBeNull();
    expect(first.cast(other, voter, side('no'))).toBe('meetings.voted-already');
    expect(resultOfVote(first.vote(other))).toMatchObject({ yes: 1, no: 0 });
  });

  test('nobody votes for another, except as their proxy, who is told apart; the principal no longer does', () => {
    const { day, open, vote, cast, members } = sitting(3, { proxies: { most: 2, inQuorum: true } });
    const [one, two, , four] = members;
    expect(day.codeOf(day.chair, 'openVote', open())).toBe('meetings.no-quorum');
    day.must(four, 'giveProxy', { to: one });
    const asked = open();
    day.must(day.chair, 'openVote', asked);
    const id = asked.voteId;
    expect(vote(id).electors.at(-1)).toEqual({ voter: four, holder: one, as: 'proxy' });
    day.must(four, 'checkIn', { how: 'remote', code: null });
    expect(cast(id, four, side('no'))).toBe('meetings.not-in-electorate');
    expect(cast(id, four, side('yes'), two)).toBe('meetings.not-in-electorate');
    expect(cast(id, four, side('yes'), one)).toBeNull();
    expect(vote(id).ballots[four]).toMatchObject({ by: one });
  });

  test('whoever is kept out of an item neither votes on it nor is voted for', () => {
    const { day, open, vote, members, itemId } = sitting(5);
    const [, two] = members;
    const fields = { ...day.item(itemId), excluded: [{ person: two, reason: 'Liên quan' }] };
    day.must(day.secretary, 'putItem', { itemId, fields });
    const asked = open();
    day.must(day.chair, 'openVote', asked);
    expect(vote(asked.voteId)).toMatchObject({ all: 5, present: 4 });
    expect(vote(asked.voteId).electors.map(({ voter }) => voter)).not.toContain(two);
  });

  test('a paper ballot is entered by the chair or the secretary, seen by somebody else, and stays', () => {
    const { day, opened, vote, cast, members } = sitting(4);
    const [one, two, three] = members;
    const id = opened();
    const paper = (over: object = {}) => ({
      voteId: id,
      voter: two,
      choice: side('no'),
      witness: three,
      ...over,
    });
    expect(day.codeOf(one, 'castOnPaper', paper({ witness: one }))).toBe('meetings.needs-witness');
    expect(day.codeOf(three, 'castOnPaper', paper())).toBe('meetings.only-chair');
    day.must(day.secretary, 'castOnPaper', paper());
    expect(vote(id).ballots[two]?.paper).toEqual({ enteredBy: day.secretary, witness: three });
    expect(day.codeOf(day.secretary, 'castOnPaper', paper({ choice: side('yes') }))).toBe(
      'meetings.voted-already',
    );
    expect(cast(id, two, side('yes'))).toBe('meetings.voted-already');
    expect(cast(id, two, side('no'))).toBeNull();
  });

  test('without what the rule wants an item falls; a special rule is chosen by its name', () => {
    const special = [
      {
        id: 'bai-nhiem',
        name: 'Bãi nhiệm',
        rule: { base: 'all', share: twoThirds, tie: 'rejected' } as const,
      },
    ];
    const { day, itemId, opened, open, cast, members } = sitting(5, { special });
    expect(day.codeOf(day.chair, 'openVote', open({ special: 'khac' }))).toBe('meetings.unknown-rule');
    const id = opened({ special: 'bai-nhiem' });
    const [one, two, three] = members;
    for (const voter of [one, two, three]) cast(id, voter, side('yes'));
    const { acts } = day.must(day.chair, 'closeVote', { voteId: id });
    expect(acts[0]?.body).toMatchObject({ result: { is: 'rejected', needed: 4, has: 3 } });
    expect(day.item(itemId).decision).toMatchObject({ how: 'vote', passed: false });
  });

  test('candidates: nobody marks more than allowed, or whom nobody named; a tie is voted on again', () => {
    const { day, itemId, opened, vote, cast, members } = sitting(4);
    const options = ['an', 'binh', 'chi'].map((id) => ({ id, name: id }));
    const id = opened({ question: { is: 'choice', words: 'Bầu tổ trưởng', options, seats: 1, most: 2 } });
    const marks = (...names: string[]): Choice => ({ is: 'choice', marks: names });
    const [one, two, three, four] = members;
    expect(cast(id, one, marks('an', 'binh', 'chi'))).toBe('meetings.no-answer');
    expect(cast(id, one, marks('an', 'an'))).toBe('meetings.no-answer');
    expect(cast(id, one, marks('em'))).toBe('meetings.no-answer');
    expect(cast(id, one, side('yes'))).toBe('meetings.no-answer');
    for (const voter of [one, two, three]) expect(cast(id, voter, marks('an', 'binh'))).toBeNull();
    expect(cast(id, four, marks())).toBeNull();
    day.must(day.chair, 'closeVote', { voteId: id });
    expect(vote(id).result).toMatchObject({ is: 'again', chosen: [], tied: ['an', 'binh'], blank: 1 });
    expect(day.item(itemId).decision).toBeNull();
    expect(day.codeOf(day.chair, 'end')).toBe('meetings.item-undecided');
  });
});

test('a vote lies on the desks of those who read its item, and of nobody for reading every paper', () => {
  const { agency, day, opened, itemId, members } = sitting(4);
  const [one, two] = members;
  const id = opened();
  const scopes = (kind: 'meeting' | 'agendaItem' | 'vote', of: string) =>
    scopesOfAggregate(ref(kind, of), agency.state);
  const guest = agency.staff.clerk.id;
  const everybody = [...members, day.secretary, guest].map((person) => `person:${person}`).toSorted();
  expect(scopes('meeting', day.meetingId).toSorted()).toEqual(everybody);
  expect(scopes('vote', id).toSorted()).toEqual(everybody);
  const fields = { ...day.item(itemId), access: { to: 'named', people: [one] } };
  day.must(day.secretary, 'putItem', { itemId, fields });
  expect(scopes('agendaItem', itemId)).not.toContain(`person:${two}`);
  expect(scopes('vote', id)).toEqual(scopes('agendaItem', itemId));
  expect(togetherWith(ref('agendaItem', itemId), agency.state)).toEqual([ref('vote', id)]);
});

describe('a round in writing', () => {
  const until = '2026-12-01T09:00:00.000Z';

  function round(silence: BodyRules['silence'], rules: Partial<BodyRules> = {}) {
    const agency = openSmallAgency(memoryEngine);
    const day = aMeetingDay(agency, { rules: { silence, ...rules }, kind: 'round' });
    const itemId = day.put();
    day.must(day.secretary, 'invite', { guests: [] });
    const voteId = VoteIdSchema.parse(ids.document());
    const asked = {
      voteId,
      itemId,
      question: motion,
      form: 'named',
      askedBy: null,
      special: null,
      decides: true,
    };
    day.must(day.chair, 'openVote', { ...asked, until });
    const wait = () => agency.send(day.chair, 'meetings.leave', {}, 60 * 24 * 20);
    return { agency, day, itemId, voteId, wait };
  }

  test.each([
    ['agrees', true, { is: 'passed', has: 3, yes: 1, no: 2, silent: 2 }],
    ['abstains', false, { is: 'rejected', has: 1, yes: 1, no: 2, silent: 2 }],
  ] as const)('where silence %s', (silence, passed, result) => {
    const { agency, day, itemId, voteId, wait } = round(silence);
    const [one, two, three, four] = day.members;
    const cast = (voter: PersonId | undefined, said: 'yes' | 'no') =>
      day.codeOf(voter ?? day.chair, 'castVote', { voteId, voter, choice: side(said) });
    expect([cast(one, 'yes'), cast(two, 'no'), cast(three, 'no')]).toEqual([null, null, null]);
    expect(day.codeOf(day.chair, 'closeVote', { voteId })).toBe('meetings.still-time');
    expect(day.codeOf(day.chair, 'begin')).toBe('meetings.round-has-no-session');
    wait();
    expect(cast(four, 'no')).toBe('meetings.vote-not-open');
    day.must(day.chair, 'closeVote', { voteId });
    expect(agency.state(voteAggregate, voteId)?.result).toMatchObject(result);
    expect(day.item(itemId).decision).toMatchObject({ passed });
    day.must(day.chair, 'end');
    expect(day.meeting().state).toBe('ended');
  });

  test.each([
    // The last day is a Tuesday: the working day before it is Monday, and the third before it Thursday.
    [undefined, '2026-11-29T09:00:00.000Z', '2026-11-30T01:00:00.000Z'],
    [3, '2026-11-25T09:00:00.000Z', '2026-11-26T01:00:00.000Z'],
    [0, '2026-11-30T16:59:00.000Z', '2026-11-30T17:00:00.000Z'],
  ] as const)('reminds those who have not answered %s working days before', (remindDays, early, near) => {
    const { agency, day, voteId } = round('agrees', remindDays === undefined ? {} : { remindDays });
    const [one = day.chair, two = day.chair] = day.members;
    day.must(one, 'castVote', { voteId, voter: one, choice: side('yes') });
    const reminded = (person: PersonId, at: string) => {
      const vote = agency.state(voteAggregate, voteId);
      if (vote === null) throw new Error('There is no such vote');
      return isReminded(vote, { person, now: InstantSchema.parse(at), calendar: plainCalendar });
    };
    expect(reminded(two, early)).toBe(false);
    expect(reminded(two, near)).toBe(true);
    expect(reminded(one, near)).toBe(false);
    expect(reminded(day.secretary, near)).toBe(false);
    expect(reminded(two, '2026-12-01T09:00:01.000Z')).toBe(false);
  });

  test('is reminded of at once when the chair or the secretary asks for it, once a day, while somebody is silent', () => {
    const { agency, day, voteId } = round('agrees');
    const [one = day.chair, two = day.chair, three = day.chair] = day.members;
    const vote = () => agency.state(voteAggregate, voteId);
    expect(day.codeOf(three, 'remindVoters', { voteId })).toBe('meetings.only-chair');
    expect(vote()?.remindedAt).toBeUndefined();
    day.must(day.secretary, 'remindVoters', { voteId });
    const now = vote()?.remindedAt;
    const known = vote();
    if (known === null || now === undefined) throw new Error('It was reminded of');
    expect(isReminded(known, { person: two, now, calendar: plainCalendar })).toBe(true);
    expect(day.codeOf(one, 'remindVoters', { voteId })).toBe('meetings.reminded-today');
    const again = agency.send(one, 'meetings.remindVoters', { voteId }, 60 * 24);
    expect(again.refusal).toBeNull();
    for (const voter of day.members) {
      day.must(voter, 'castVote', { voteId, voter, choice: side('yes') });
    }
    const none = agency.send(one, 'meetings.remindVoters', { voteId }, 60 * 24);
    expect(none.refusal?.code).toBe('meetings.all-answered');
    day.must(day.chair, 'closeVote', { voteId });
    expect(day.codeOf(one, 'remindVoters', { voteId })).toBe('meetings.vote-not-open');
  });

  test('says for itself how early it reminds, where it is not as the body does', () => {
    const { agency, day } = round('agrees', { remindDays: 2 });
    const opened = (over: object) => {
      const voteId = VoteIdSchema.parse(ids.document());
      const asked = { question: motion, form: 'named', askedBy: null, special: null, decides: true, until };
      day.must(day.chair, 'openVote', { voteId, itemId: day.put(), ...asked, ...over });
      return agency.state(voteAggregate, voteId)?.remindDays;
    };
    expect([opened({}), opened({ remindDays: 5 })]).toEqual([2, 5]);
    expect(voteCommands.openVote.body.shape.remindDays.safeParse(mostRemindDays + 1).success).toBe(false);
  });
});

describe('a secret vote', () => {
  const ballot = (letter: string, choice: Choice): SecretBallot => ({
    serial: letter.repeat(43),
    prefix: 'AA==',
    token: 'AA==',
    choice,
    signature: `${'A'.repeat(86)}==`,
  });
  const blinded = (n: number) => Buffer.alloc(384, n).toString('base64');
  const publicKey = Buffer.alloc(400).toString('base64');

  test('gives each voter one token, takes no name, and opens its box once, in order', () => {
    const { agency, day, itemId, keeper, opened, vote, cast, members } = sitting(4);
    const [one, two, three, , five] = members;
    const id = opened({ form: 'secret' });
    const token = (voter: PersonId, n: number) =>
      day.codeOf(voter, 'takeToken', { voteId: id, voter, publicKey, blinded: blinded(n) });
    const asKeeper = (name: string, body: object) =>
      agency.send(keeper, `meetings.${name}`, { voteId: id, ...body }).refusal?.code ?? null;
    expect(token(one, 1)).toBe('meetings.vote-not-open');
    expect(day.codeOf(day.chair, 'keyVote', { voteId: id, publicKey })).toBe('directory.only-the-server');
    expect(asKeeper('keyVote', { publicKey })).toBeNull();
    expect([token(one, 1), token(one, 1), token(two, 2), token(three, 3)]).toEqual([null, null, null, null]);
    expect(token(one, 4)).toBe('meetings.token-taken');
    expect(token(five, 5)).toBe('meetings.not-in-electorate');
    expect(cast(id, one, side('yes'))).toBe('meetings.secret-has-no-names');
    const box = [ballot('a', side('yes')), ballot('b', side('yes')), ballot('c', side('yes'))];
    expect(asKeeper('openBox', { ballots: box })).toBe('meetings.vote-not-open');
    day.must(day.chair, 'closeVote', { voteId: id });
    expect(vote(id)).toMatchObject({ state: 'counting', result: null });
    expect(asKeeper('openBox', { ballots: box.toReversed() })).toBe('meetings.box-in-order');
    expect(asKeeper('openBox', { ballots: [...box, ballot('d', side('no'))] })).toBe('meetings.box-too-full');
    expect(asKeeper('openBox', { ballots: box })).toBeNull();
    expect(asKeeper('openBox', { ballots: box })).toBe('meetings.vote-not-open');
    expect(vote(id).result).toMatchObject({ is: 'passed', needed: 3, has: 3, silent: 1, byChair: false });
    expect(day.item(itemId).decision).toMatchObject({ how: 'vote', passed: true });
  });

  test('is asked for by a member only where the rules say so', () => {
    const chair = sitting(4);
    const [, two] = chair.members;
    expect(chair.day.codeOf(chair.day.chair, 'openVote', chair.open({ form: 'secret', askedBy: two }))).toBe(
      'meetings.secret-by-chair',
    );
    const any = sitting(4, { secretBy: 'any-member' });
    const [, asking] = any.members;
    expect(any.vote(any.opened({ form: 'secret', askedBy: asking })).askedBy).toBe(asking);
  });

  test('a vote that was put wrongly is dropped, and its item stays open', () => {
    const { day, itemId, opened, vote } = sitting(4);
    const id = opened();
    day.must(day.chair, 'dropVote', { voteId: id, reason: 'Câu hỏi chưa rõ' });
    expect(vote(id).state).toBe('dropped');
    expect(day.item(itemId).decision).toBeNull();
    expect(day.codeOf(day.chair, 'closeVote', { voteId: id })).toBe('meetings.vote-not-open');
  });
});
