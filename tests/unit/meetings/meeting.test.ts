import { describe, expect, test } from 'vitest';
import { TaskIdSchema } from '#shared/kernel/public.ts';
import {
  electorsOf,
  isUncontested,
  liveQuorum,
  meetingEvents,
  meetingStates,
  meetingTransitions,
  secondsSpoken,
  speakingNow,
  waitingToSpeak,
  whyNotMeeting,
  type AgendaItem,
} from '#shared/meetings/public.ts';
import { taskAggregate } from '#shared/workflow/public.ts';
import { after, ask, codeOf, type Known } from '../../support/ask.ts';
import { aFile, ids } from '../../support/builders.ts';
import { aDossier } from '../../support/dossiers.ts';
import { aMeetingDay } from '../../support/meeting-day.ts';
import { memoryEngine, openSmallAgency } from '../../support/small-agency.ts';

function aDay(options: Parameters<typeof aMeetingDay>[1] = {}) {
  const agency = openSmallAgency(memoryEngine);
  return { agency, ...aMeetingDay(agency, options) };
}

/** Invited, begun, and everybody in the room. */
function inSession(options: Parameters<typeof aMeetingDay>[1] = {}, items = 1) {
  const day = aDay(options);
  const agenda = Array.from({ length: items }, () => day.put());
  day.must(day.secretary, 'invite', { guests: [] });
  const marks = day.members.map((person) => ({ person, how: 'room', reason: '' }));
  day.must(day.secretary, 'markAttendance', { marks });
  day.must(day.chair, 'begin');
  return { ...day, agenda };
}

describe('what may happen when', () => {
  const day = inSession();
  const cases = meetingStates.flatMap((state) => meetingEvents.map((event) => [state, event] as const));
  test.each(cases)('a meeting that is %s: %s', (state, event) => {
    const not = whyNotMeeting({ ...day.meeting(), state }, event, day.chair);
    expect(not === null).toBe(meetingTransitions[event][state] !== undefined);
    expect(whyNotMeeting({ ...day.meeting(), state }, event, day.agency.staff.archivist.id)?.code).toBe(
      'meetings.unknown',
    );
  });
});

describe('before the meeting', () => {
  test('nobody hears of it before they are invited, then every member of that day is', () => {
    const day = aDay();
    expect(day.codeOf(day.secretary, 'invite', { guests: [] })).toBe('meetings.agenda-empty');
    const item = day.put();
    const [, , member = day.chair] = day.members;
    expect(day.codeOf(member, 'takePosition', { itemId: item, stance: 'agrees', words: '' })).toBe(
      'meetings.unknown-item',
    );
    expect(day.item(item).readers).not.toContain(member);
    day.must(day.secretary, 'invite', { guests: [day.agency.staff.clerk.id] });
    expect(day.meeting().people).toEqual(expect.arrayContaining([...day.members, day.agency.staff.clerk.id]));
    expect(day.item(item).readers).toEqual(day.meeting().people.toSorted());
    expect(day.codeOf(day.secretary, 'invite', { guests: [day.agency.staff.administrator.id] })).toBe(
      'directory.reads-no-papers',
    );
  });

  test('an item is its readers alone: a member with an interest in it, and guests of others, do not have it', () => {
    const day = aDay();
    const [, , concerned = day.chair, named = day.chair] = day.members;
    const guest = day.agency.staff.clerk.id;
    const open = day.put();
    const members = day.put({
      access: { to: 'members' },
      excluded: [{ person: concerned, reason: 'Là bên liên quan' }],
    });
    const few = day.put({ access: { to: 'named', people: [named] } });
    day.must(day.secretary, 'invite', { guests: [guest] });
    const reads = (person: string) =>
      [open, members, few].map((id) => (day.item(id).readers as readonly string[]).includes(person));
    expect([concerned, named, guest, day.chair].map(reads)).toEqual([
      [true, false, false],
      [true, true, true],
      [true, false, false],
      [true, true, true],
    ]);
    expect(day.codeOf(concerned, 'takePosition', { itemId: members, stance: 'agrees', words: '' })).toBe(
      'meetings.unknown-item',
    );
    const fields = { ...day.item(open), excluded: [{ person: day.chair, reason: 'Liên quan' }] };
    expect(day.codeOf(day.secretary, 'putItem', { itemId: open, fields })).toBe(
      'meetings.presiding-not-excluded',
    );
  });

  test('an item takes only a file that is there, and keeps one that whoever prepares the meeting does not see', () => {
    const day = aDay();
    const dossier = aDossier();
    const [itemId, other] = [day.put(), day.put()];
    const raised = { ...day.item(itemId), dossier: dossier.id };
    const known = { meetings: [day.meeting()], items: [raised, day.item(other)] };
    const put = (item: AgendaItem, more: Known = {}) =>
      ask('meetings.putItem', {
        by: day.agency.staff.chief,
        body: { meetingId: day.meetingId, itemId: item.id, fields: { ...item, title: 'Sửa tên' } },
        known: { ...known, ...more },
      });
    expect(after('agendaItem', raised, put(raised))).toMatchObject({
      title: 'Sửa tên',
      dossier: dossier.id,
    });
    const chosen = { ...day.item(other), dossier: dossier.id };
    expect(codeOf(put(chosen))).toBe('dossiers.unknown');
    expect(codeOf(put(chosen, { dossiers: [dossier] }))).toBeNull();
  });

  test('a member accepts, declines with a reason, or sends a substitute named beforehand, who has no vote', () => {
    const day = aDay();
    const item = day.put();
    day.must(day.secretary, 'invite', { guests: [] });
    const [, deputy = day.chair, member = day.chair] = day.members;
    const substitute = day.agency.staff.clerk.id;
    const sends = (person: string) => ({
      answer: { is: 'sends', substitute: person, reason: 'Đi công tác' },
    });
    expect(day.codeOf(deputy, 'answer', sends(substitute))).toBe('meetings.not-your-substitute');
    day.must(member, 'answer', sends(substitute));
    expect(day.meeting().invitees.at(-1)).toEqual({
      person: substitute,
      as: 'substitute',
      votes: false,
      for: member,
      answer: { is: 'accepts' },
    });
    expect(day.item(item).readers).toContain(substitute);
    day.must(member, 'answer', { answer: { is: 'accepts' } });
    expect(day.meeting().invitees.some(({ as }) => as === 'substitute')).toBe(false);
    expect(day.item(item).readers).not.toContain(substitute);
  });

  test('a late paper stands in for the one before, with its reason, and both stay to be read', () => {
    const day = aDay();
    const itemId = day.put();
    const paper = ids.document();
    const keep = (n: number, reason: string) => ({
      itemId,
      paper,
      name: 'Tờ trình',
      document: null,
      file: aFile(n),
      reason,
    });
    day.must(day.secretary, 'keepPaper', keep(1, ''));
    expect(day.codeOf(day.secretary, 'keepPaper', keep(2, ''))).toBe('meetings.replacing-needs-reason');
    expect(day.codeOf(day.secretary, 'keepPaper', keep(1, 'Sửa'))).toBe('meetings.same-file');
    day.must(day.secretary, 'keepPaper', keep(2, 'Sửa số liệu bảng 3'));
    expect(day.item(itemId).papers[0]?.versions).toMatchObject([
      { n: 1, file: aFile(1), reason: '' },
      { n: 2, file: aFile(2), reason: 'Sửa số liệu bảng 3' },
    ]);
  });
});

describe('while they sit', () => {
  test('presence by code, from elsewhere, leaving and coming back: the quorum lives with it', () => {
    const day = aDay();
    day.put();
    day.must(day.secretary, 'invite', { guests: [] });
    const [one = day.chair, two = day.chair, three = day.chair, four = day.chair] = day.members;
    day.must(day.secretary, 'openCheckIn', { code: '1234' });
    expect(day.codeOf(one, 'checkIn', { how: 'room', code: '9999' })).toBe('meetings.wrong-code');
    day.must(one, 'checkIn', { how: 'room', code: '1234' });
    day.must(two, 'checkIn', { how: 'remote', code: null });
    day.must(three, 'checkIn', { how: 'remote', code: null });
    expect(liveQuorum(day.meeting())).toEqual({ needed: 4, has: 3, met: false });
    day.must(four, 'checkIn', { how: 'room', code: '1234' });
    expect(liveQuorum(day.meeting()).met).toBe(true);
    day.must(two, 'leave', { person: two });
    expect(liveQuorum(day.meeting()).met).toBe(false);
    expect(day.codeOf(one, 'leave', { person: three })).toBeNull();
    day.must(two, 'checkIn', { how: 'remote', code: null });
    expect(day.meeting().presence[two]?.turns).toHaveLength(2);
    const absent = { person: four, how: 'absent', reason: '' };
    expect(day.codeOf(day.secretary, 'markAttendance', { marks: [absent] })).toBe(
      'meetings.absence-needs-reason',
    );
  });

  test('a vote is handed to one who is there, only while away, not on, and not to too many', () => {
    const day = aDay({ rules: { proxies: { most: 1, inQuorum: false } } });
    day.put();
    day.must(day.secretary, 'invite', { guests: [] });
    const [one = day.chair, two = day.chair, three = day.chair, four = day.chair] = day.members;
    day.must(one, 'checkIn', { how: 'room', code: null });
    day.must(two, 'giveProxy', { to: one });
    expect(day.codeOf(three, 'giveProxy', { to: one })).toBe('meetings.too-many-proxies');
    expect(day.codeOf(three, 'giveProxy', { to: two })).toBe('meetings.proxy-chain');
    expect(day.codeOf(one, 'giveProxy', { to: four })).toBe('meetings.proxy-while-here');
    expect(day.codeOf(day.secretary, 'giveProxy', { to: one })).toBe('meetings.proxy-between-voters');
    day.must(three, 'giveProxy', { to: four });
    expect(electorsOf(day.meeting())).toEqual([
      { voter: one, holder: one, as: 'self' },
      { voter: two, holder: one, as: 'proxy' },
    ]);
    expect(liveQuorum(day.meeting()).has).toBe(1);
    day.must(two, 'checkIn', { how: 'remote', code: null });
    expect(day.meeting().proxies).toEqual([{ from: three, to: four }]);
    const plain = aDay();
    plain.put();
    plain.must(plain.secretary, 'invite', { guests: [] });
    expect(plain.codeOf(plain.chair, 'giveProxy', { to: plain.members[1] ?? null })).toBe(
      'meetings.no-proxies',
    );
  });

  test('what nobody objects to is adopted in one act; one who wants to speak keeps it out', () => {
    const day = inSession({}, 3);
    const [first = day.put(), second = day.put(), third = day.put()] = day.agenda;
    const [, member = day.chair] = day.members;
    day.must(member, 'takePosition', { itemId: first, stance: 'agrees', words: '' });
    expect(day.codeOf(member, 'takePosition', { itemId: first, stance: 'objects', words: '' })).toBe(
      'meetings.position-needs-words',
    );
    day.must(member, 'takePosition', { itemId: second, stance: 'wants-to-speak', words: '' });
    expect([first, second, third].map((id) => isUncontested(day.item(id)))).toEqual([true, false, true]);
    expect(day.codeOf(day.chair, 'adoptBlock', { items: [first, second] })).toBe('meetings.contested');
    expect(day.codeOf(member, 'adoptBlock', { items: [first] })).toBe('meetings.only-chair');
    const { acts } = day.must(day.chair, 'adoptBlock', { items: [first, third] });
    expect(acts.map(({ on }) => on.id)).toEqual([first, third]);
    expect(day.item(third).decision).toMatchObject({ how: 'block', passed: true });
    expect(day.codeOf(member, 'takePosition', { itemId: first, stance: 'agrees', words: '' })).toBe(
      'meetings.decided-already',
    );
  });

  test('points of order come first, one has the floor, and their time is kept', () => {
    const day = inSession();
    const [, two = day.chair, three = day.chair] = day.members;
    day.must(two, 'askToSpeak', { item: null, kind: 'speech' });
    expect(day.codeOf(two, 'askToSpeak', { item: null, kind: 'speech' })).toBe('meetings.asked-already');
    day.must(three, 'askToSpeak', { item: null, kind: 'order' });
    expect(waitingToSpeak(day.meeting()).map(({ n }) => n)).toEqual([2, 1]);
    expect(day.codeOf(day.chair, 'callSpeaker', { n: 1, seconds: 180 })).toBe('meetings.order-first');
    day.must(day.chair, 'callSpeaker', { n: 2, seconds: 60 });
    day.must(day.chair, 'callSpeaker', { n: 1, seconds: 180 });
    expect(speakingNow(day.meeting())?.person).toBe(two);
    expect(day.codeOf(three, 'endSpeech', { n: 1 })).toBe('meetings.only-chair');
    day.must(two, 'endSpeech', { n: 1 });
    expect(day.meeting().speeches.map(secondsSpoken)).toEqual([120, 60]);
  });

  test('a conclusion is a task of its owner, which the chair judges as any other', () => {
    const day = inSession();
    const [itemId = day.put()] = day.agenda;
    const owner = day.agency.staff.officer.id;
    const taskId = TaskIdSchema.parse(ids.task());
    const conclude = (dueOn: string) => ({
      itemId,
      conclusion: ids.document(),
      words: 'Hoàn thiện phương án',
      task: { id: taskId, owner, dueOn },
    });
    expect(day.codeOf(day.chair, 'drawConclusion', conclude('2026-11-01'))).toBe('workflow.due-in-past');
    day.must(day.secretary, 'drawConclusion', conclude('2026-12-05'));
    const task = () => day.agency.state(taskAggregate, taskId);
    expect(task()).toMatchObject({ person: owner, giver: day.chair, document: null, dueOn: '2026-12-05' });
    const target = { taskId, documentId: null };
    const send = (by: typeof owner, name: string, body: object) =>
      day.agency.send(by, `workflow.${name}`, { ...target, ...body }).refusal?.code ?? null;
    expect(send(day.chair, 'acceptTask', {})).toBe('workflow.not-your-task');
    expect(send(owner, 'acceptTask', {})).toBeNull();
    expect(send(owner, 'finishTask', { words: 'Đã xong' })).toBeNull();
    expect(send(day.chair, 'approveTask', { words: '' })).toBeNull();
    expect(task()?.state).toBe('done');
  });

  test('nobody goes home with something undecided', () => {
    const day = inSession({}, 2);
    const [first = day.put(), second = day.put()] = day.agenda;
    day.must(day.chair, 'showPage', { shown: { item: first, paper: null, page: 3 } });
    expect(day.codeOf(day.chair, 'end')).toBe('meetings.item-undecided');
    expect(day.codeOf(day.chair, 'settleItem', { itemId: first, how: 'noted', words: '' })).toBe(
      'meetings.needs-decision',
    );
    day.must(day.chair, 'settleItem', { itemId: first, how: 'chair', words: 'Thống nhất' });
    expect(day.codeOf(day.chair, 'end')).toBe('meetings.item-undecided');
    day.must(day.chair, 'settleItem', { itemId: second, how: 'postponed', words: 'Chờ ý kiến Sở' });
    day.must(day.chair, 'end');
    expect(day.meeting()).toMatchObject({ state: 'ended', shown: null, code: null });
    expect(Object.values(day.meeting().presence).every(({ here }) => !here)).toBe(true);
    expect(day.codeOf(day.chair, 'signMinutes', { documentId: ids.document() })).toBe('meetings.no-minutes');
  });
});
