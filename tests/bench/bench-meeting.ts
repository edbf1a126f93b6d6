import { createHash, randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { PDFDocument } from 'pdf-lib';
import {
  AgencyIdSchema,
  PersonIdSchema,
  instantFrom,
  type Command,
  type PersonId,
} from '#shared/kernel/public.ts';
import { personAggregate } from '#shared/directory/public.ts';
import { voteAggregate } from '#shared/meetings/public.ts';
import { openBinder } from '#shared/node/pdf-pages/public.ts';
import { cornerMark, tablePdf } from '#shared/node/typesetting/public.ts';
import type { Desk } from '#electron/store/desk.ts';
import { readState } from '#electron/store/read-state.ts';
import { aSeat, someRules } from '../support/meetings.ts';
import { someItem } from '../support/meeting-day.ts';
import { benchFollow } from './bench-follow.ts';
import { commandOf, newId, openBenchDesk, peopleOf, type LargeOffice } from './large-office.ts';
import { limit, type SyncRow } from './sync/rows.ts';

const [members, agenda, pagesEach] = [500, 40, 25];

/** What is asked of a large meeting: ballots counted, pages followed, papers bound. */
export async function benchMeeting(
  folder: string,
  onRow: (row: SyncRow) => void,
): Promise<readonly SyncRow[]> {
  const rows: SyncRow[] = [];
  const keep = (more: readonly SyncRow[]): void => {
    rows.push(...more);
    for (const row of more) onRow(row);
  };
  keep(benchVoting(folder));
  keep(await benchPack());
  keep(await benchFollow());
  return rows;
}

/** Each ballot a command of its own, as it is given on its voter's desk. */
function benchVoting(folder: string): SyncRow[] {
  const desk = openBenchDesk(
    join(folder, 'office.db'),
    new Uint8Array(randomBytes(32)),
    AgencyIdSchema.parse(newId()),
  );
  const people = peopleOf(desk);
  const { leader } = people;
  const sitting = [leader, ...newMembers(desk, people)];
  const [bodyId, meetingId, voteId] = [newId(), newId(), newId()];
  const give = (by: PersonId, verb: string, body: object) => commandOf(by, `meetings.${verb}`, body);
  const seats = sitting.map((person, place) => aSeat({ person, post: place === 0 ? 'chair' : 'member' }));
  const now = instantFrom(Date.now());
  const fields = { title: 'Kỳ họp', place: 'Hội trường', startsAt: now, endsAt: now };
  const order = Array.from({ length: agenda }, () => newId());
  const kept = { meetingId, bodyId, kind: 'session', fields, chair: leader, secretary: leader };
  must(desk, [
    give(leader, 'setUpBody', { bodyId, name: 'Hội đồng nhân dân tỉnh', rules: someRules() }),
    give(leader, 'seatMembers', { bodyId, seats }),
    give(leader, 'convene', kept),
    ...order.map((itemId) => give(leader, 'putItem', { meetingId, itemId, fields: someItem() })),
    give(leader, 'arrange', { meetingId, order }),
  ]);
  const inviting = spent(() => {
    must(desk, [give(leader, 'invite', { meetingId, guests: [] })]);
  });
  const marks = sitting.map((person) => ({ person, how: 'room', reason: '' }));
  const opened = {
    voteId,
    meetingId,
    itemId: order[0],
    question: { is: 'motion', words: 'Thông qua nghị quyết' },
    form: 'named',
    askedBy: null,
    special: null,
    until: null,
    decides: true,
  };
  must(desk, [
    give(leader, 'markAttendance', { meetingId, marks }),
    give(leader, 'begin', { meetingId }),
    give(leader, 'openVote', opened),
  ]);
  const ballots = sitting.map((voter, place) => {
    const choice = { is: 'motion', side: place % 5 === 0 ? 'no' : 'yes' };
    return give(voter, 'castVote', { voteId, voter, choice });
  });
  const [last, ...others] = ballots.toReversed();
  const casting = spent(() => {
    for (const ballot of others) must(desk, [ballot]);
  });
  const closing = spent(() => {
    must(desk, [...(last === undefined ? [] : [last]), give(leader, 'closeVote', { voteId })]);
  });
  const { result } = readState(desk.db, voteAggregate, voteId) ?? {};
  desk.db.close();
  if (result?.of !== 'motion' || result.yes + result.no !== members) throw new Error('A ballot was lost');
  return [
    limit(`${members} members asked to an agenda of ${agenda} items`, inviting, 's'),
    limit(`  ${members} ballots by name, each brought to the disk`, casting, 's'),
    {
      row: null,
      name: '  from the last of them to the result',
      value: closing,
      unit: 's',
      gate: { most: 1 },
    },
  ];
}

function newMembers(desk: Desk, { administrator, leader }: LargeOffice['people']): PersonId[] {
  const ids = Array.from({ length: members - 1 }, () => PersonIdSchema.parse(newId()));
  const unit = readState(desk.db, personAggregate, leader)?.unit;
  must(
    desk,
    ids.map((personId, place) => {
      const name = `Đại biểu ${place + 1}`;
      const details = { name, post: 'Đại biểu', rank: 'member', unit, roles: ['officer'], email: null };
      return commandOf(administrator, 'directory.describePerson', { personId, details });
    }),
  );
  return ids;
}

/** Forty items with a paper each, a thousand pages in all, bound behind their agenda. */
async function benchPack(): Promise<SyncRow[]> {
  const at = instantFrom(Date.now());
  // Each item brings one like it, read anew.
  const paper = await aPaper();
  const sources = Array.from({ length: agenda }, () => paper);
  const beginning = performance.now();
  const binder = await openBinder(at);
  for (const [place, pdf] of sources.entries()) {
    await binder.add(`${place + 1}. Nội dung`, 'Tài liệu', pdf);
  }
  const cover = tablePdf({
    title: 'Tài liệu họp',
    agency: 'Hội đồng nhân dân tỉnh',
    superior: null,
    cover: null,
    about: [],
    columns: ['STT', 'Nội dung'],
    shares: [1, 8],
    rows: sources.map((_pdf, place) => [String(place + 1), 'Nội dung']),
    after: [],
    frozenAt: at,
  });
  const whole = await binder.bind(cover, cornerMark('Nguyễn Văn A'));
  const seconds = (performance.now() - beginning) / 1000;
  const count = (await PDFDocument.load(whole)).getPageCount();
  if (count < agenda * pagesEach) throw new Error('A page was lost');
  return [
    {
      row: null,
      name: `${agenda * pagesEach} pages of ${agenda} papers bound, marked and outlined`,
      value: seconds,
      unit: 's',
      gate: { most: 10 },
    },
  ];
}

/** Pages full of text, in a font of their own as real papers have. */
async function aPaper(): Promise<Uint8Array> {
  const rows = Array.from({ length: 38 * pagesEach }, (_none, n) => [
    String(n + 1),
    `Số liệu của ${createHash('sha256').update(String(n)).digest('hex').slice(0, 40)}`,
  ]);
  const made = await PDFDocument.load(
    tablePdf({
      title: 'Báo cáo',
      agency: 'Sở Tài chính',
      superior: null,
      cover: null,
      about: [],
      columns: ['STT', 'Chỉ tiêu'],
      shares: [1, 8],
      rows,
      after: [],
      frozenAt: instantFrom(Date.now()),
    }),
  );
  while (made.getPageCount() > pagesEach) made.removePage(made.getPageCount() - 1);
  if (made.getPageCount() < pagesEach) throw new Error('The paper is too short');
  return made.save();
}

function spent(work: () => void): number {
  const beginning = performance.now();
  work();
  return (performance.now() - beginning) / 1000;
}

function must(desk: Desk, commands: readonly Command[]): void {
  for (const reply of desk.executeAll(commands)) {
    if (!reply.ok) throw new Error(`The bench office refused: ${reply.refusal.code}`);
  }
}
