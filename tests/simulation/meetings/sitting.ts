import { readState } from '#electron/store/read-state.ts';
import {
  AgendaItemIdSchema,
  MeetingBodyIdSchema,
  MeetingIdSchema,
  VoteIdSchema,
  instantFrom,
  type AgendaItemId,
  type Command,
  type PersonId,
  type VoteId,
} from '#shared/kernel/public.ts';
import {
  agendaItemAggregate,
  meetingAggregate,
  meetingBodyAggregate,
  voteAggregate,
  type Meeting,
  type Vote,
} from '#shared/meetings/public.ts';
import { idNumber } from '../../support/builders.ts';
import { someItem } from '../../support/meeting-day.ts';
import { aSeat, someRules } from '../../support/meetings.ts';
import { chanceOf } from '../chance.ts';
import { queueUnasked } from '../lease-stories.ts';
import type { Part } from '../part.ts';
import { newCommandId } from '../setting.ts';
import { give, type SimulatedDesk } from '../simulated-desk.ts';
import type { World } from '../world.ts';
import { meetingFaults } from './meeting-faults.ts';

const meetingId = MeetingIdSchema.parse(idNumber(4_100_000_000));
const bodyId = MeetingBodyIdSchema.parse(idNumber(4_100_000_001));
const firstItem = 4_200_000_000;
const firstVote = 4_300_000_000;
const mostVotes = 12;
const sides = ['yes', 'yes', 'yes', 'yes', 'no', 'abstain'] as const;

/** A session of a committee in a story: called together, attended, voted in by name, in whatever weather there is. */
export function sitting(world: World): Part {
  const { seed, setting, server, desks } = world;
  const { staff } = setting.agency;
  // A stream of its own: the rest of a story is drawn as if this one were not there.
  const chance = chanceOf(seed ^ 0x3ee7_1265);
  const below = (n: number) => Math.floor(chance() * n);
  const at = <Item>(list: readonly Item[]): Item | undefined => list[below(list.length)];
  const [secretary, chair] = [staff.clerk, staff.head];
  // One has no desk here, and is spoken for by the secretary alone.
  const members = [...new Set([...desks.map(({ person }) => person), staff.deputy])].map(({ id }) => id);
  let items = 0;
  let votes = 0;

  const meetingAt = ({ db }: SimulatedDesk): Meeting | null => readState(db, meetingAggregate, meetingId);

  const votesAt = ({ db }: SimulatedDesk): readonly Vote[] =>
    Array.from({ length: votes }, (_none, n) => VoteIdSchema.parse(idNumber(firstVote + n))).flatMap(
      (id: VoteId) => readState(db, voteAggregate, id) ?? [],
    );

  const openItems = (one: SimulatedDesk): readonly AgendaItemId[] =>
    (meetingAt(one)?.order ?? []).filter(
      (id) => readState(one.db, agendaItemAggregate, id)?.decision === null,
    );

  const tell = (one: SimulatedDesk, verb: string, body: object): boolean => {
    const isGiven = give(setting, one, { name: `meetings.${verb}`, body });
    if (isGiven) setting.count(`meeting: ${verb}`);
    return isGiven;
  };

  function putItem(one: SimulatedDesk): void {
    const itemId = AgendaItemIdSchema.parse(idNumber(firstItem + (items += 1)));
    const fields = someItem({ title: `Nội dung ${items}` });
    if (!tell(one, 'putItem', { meetingId, itemId, fields })) return;
    tell(one, 'arrange', { meetingId, order: [...(meetingAt(one)?.order ?? []), itemId] });
  }

  function attendance(one: SimulatedDesk, most = 0.8): void {
    const marks = members.map((person) => {
      const how = chance() < most ? at(['room', 'remote'] as const) : 'absent';
      return { person, how, reason: how === 'absent' ? 'Bận công tác' : '' };
    });
    tell(one, 'markAttendance', { meetingId, marks });
  }

  const choice = () => ({ is: 'motion', side: at(sides) ?? 'yes' });

  function openVote(one: SimulatedDesk): void {
    const itemId = at(openItems(one));
    if (itemId === undefined || votes === mostVotes) return;
    const voteId = VoteIdSchema.parse(idNumber(firstVote + votes));
    const form = chance() < 0.8 ? 'named' : 'open';
    const question = { is: 'motion', words: 'Thông qua' };
    const rest = { askedBy: null, special: null, until: null, decides: chance() < 0.7 };
    const body = { voteId, meetingId, itemId, question, form, ...rest };
    votes += 1;
    // A desk that follows no rule opens it whoever is there.
    if (chance() < 0.15) queueUnasked(setting, one, commandOf(one, 'meetings.openVote', body));
    else tell(one, 'openVote', body);
  }

  /** Votes on the newest, now and then on one that is over. */
  function cast(one: SimulatedDesk): void {
    const known = votesAt(one).filter(({ state }) => state === 'open' || chance() < 0.1);
    const vote = chance() < 0.7 ? known.at(-1) : at(known);
    if (vote === undefined) return;
    const voter: PersonId | undefined = chance() < 0.9 ? one.person.id : at(members);
    const body = { voteId: vote.id, voter, choice: choice() };
    if (chance() < 0.75) tell(one, 'castVote', body);
    else {
      setting.count('meeting: vote cast against the rules of the desk');
      queueUnasked(setting, one, commandOf(one, 'meetings.castVote', body));
    }
  }

  function castOnPaper(one: SimulatedDesk): void {
    const vote = votesAt(one).findLast(({ state }) => state === 'open');
    const witness = at(members);
    if (vote === undefined || witness === undefined) return;
    tell(one, 'castOnPaper', { voteId: vote.id, voter: staff.deputy.id, choice: choice(), witness });
  }

  function closeVote(one: SimulatedDesk): void {
    const vote = at(votesAt(one).filter(({ state }) => state === 'open'));
    if (vote === undefined) return;
    // A chair waits for the most, and not always.
    const isEarly = Object.keys(vote.ballots).length * 2 < vote.electors.length;
    if (isEarly && chance() < 0.7) return;
    if (chance() < 0.9) tell(one, 'closeVote', { voteId: vote.id });
    else tell(one, 'dropVote', { voteId: vote.id, reason: 'Đặt nhầm câu hỏi' });
  }

  function commandOf(one: SimulatedDesk, name: string, body: unknown): Command {
    return {
      id: newCommandId(),
      name,
      actor: one.person.id,
      onBehalfOf: null,
      claimedAt: instantFrom(setting.time.nowMs() + one.clockOffMs),
      body: JSON.parse(JSON.stringify(body)),
    };
  }

  /** What brings a meeting on that has not begun. */
  function prepare(one: SimulatedDesk, meeting: Meeting | null): void {
    const now = instantFrom(setting.time.nowMs());
    const fields = { title: 'Phiên họp', place: 'Phòng họp', startsAt: now, endsAt: now };
    if (meeting === null) {
      if (one.person.id !== chair.id) return;
      const who = { chair: chair.id, secretary: secretary.id };
      tell(one, 'convene', { meetingId, bodyId, kind: 'session', fields, ...who });
      return;
    }
    if (meeting.order.length < 2) putItem(one);
    else if (meeting.state === 'draft') tell(one, 'invite', { meetingId, guests: [] });
    else if (Object.keys(meeting.presence).length === 0) attendance(one, 0.9);
    else tell(one, 'begin', { meetingId });
  }

  function preside(one: SimulatedDesk): void {
    const kind = below(100);
    const hasOpen = votesAt(one).some(({ state }) => state === 'open');
    if (kind < 6) attendance(one);
    else if (kind < 14) putItem(one);
    else if (!hasOpen && chance() < 0.7) openVote(one);
    else if (kind < 28) castOnPaper(one);
    else if (kind < 42) closeVote(one);
    else cast(one);
  }

  function takePart(one: SimulatedDesk): void {
    const kind = below(100);
    if (kind < 80) cast(one);
    else if (kind < 86) tell(one, 'leave', { meetingId, person: one.person.id });
    else if (kind < 95) tell(one, 'checkIn', { meetingId, how: 'remote', code: null });
    else one.isOnline = !one.isOnline;
  }

  function step(one: SimulatedDesk): void {
    const meeting = meetingAt(one);
    const isPresiding = one.person.id === chair.id || one.person.id === secretary.id;
    if (meeting?.state !== 'in-session') {
      if (isPresiding) prepare(one, meeting);
    } else if (isPresiding) preside(one);
    else takePart(one);
  }

  /** Whoever prepares it while it has not begun; afterwards anybody. */
  function whoseTurn(): SimulatedDesk {
    const isOn = world.stateOf(meetingAggregate, meetingId)?.state === 'in-session';
    const one = desks[below(isOn ? desks.length : 2)];
    if (one === undefined) throw new Error('There is no desk');
    return one;
  }

  /** Ordered at the server until it was done: a body is there before the storm. */
  async function founded(name: string, body: object): Promise<void> {
    for (let tries = 0; tries < 50; tries += 1) {
      const id = newCommandId();
      const claimedAt = instantFrom(setting.time.nowMs());
      const command = { id, name, actor: chair.id, onBehalfOf: null, claimedAt, body };
      const decided = await server.guarded(() => server.run().serving.decide(command));
      if (decided?.entry.refusal === null) return;
    }
    throw new Error(`${name} could not be done`);
  }

  return {
    share: 0.6,
    // A desk may go down over it, as over anything that takes a while.
    act: (one) =>
      Promise.resolve().then(() => {
        step(one);
      }),
    at: whoseTurn,
    begin: async () => {
      await founded('meetings.setUpBody', { bodyId, name: 'Ủy ban nhân dân', rules: someRules() });
      const seats = members.map((person) =>
        aSeat({ person, post: person === chair.id ? 'chair' : 'member' }),
      );
      await founded('meetings.seatMembers', { bodyId, seats });
      await server.settleBackups();
      if (world.stateOf(meetingBodyAggregate, bodyId) === null) throw new Error('There is no body');
    },
    faults: () => Promise.resolve(meetingFaults(world)),
  };
}
