import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { systemClock } from '#electron/platform/clock.ts';
import { hurryFile } from '#electron/store/files-between.ts';
import { removeLoose } from '#electron/store/loose-files.ts';
import { letGoOfMeetings, wantPaperAgain } from '#electron/store/past-meetings.ts';
import { readState } from '#electron/store/read-state.ts';
import { openDoor } from '#electron/sync/server-door.ts';
import { openSession } from '#electron/sync/session.ts';
import {
  AgendaItemIdSchema,
  ConclusionIdSchema,
  InstantSchema,
  MeetingBodyIdSchema,
  MeetingIdSchema,
  PaperIdSchema,
  TaskIdSchema,
  type Hash,
} from '#shared/kernel/public.ts';
import { agendaItemAggregate, meetingAggregate } from '#shared/meetings/public.ts';
import { taskAggregate } from '#shared/workflow/public.ts';
import {
  agencyAtServer,
  enrolDesk,
  startDesk,
  until,
  type AgencyAtServer,
  type DeskIdentity,
  type HeadlessDesk,
} from '../../support/agency-server.ts';
import { ids } from '../../support/builders.ts';
import { someItem } from '../../support/meeting-day.ts';
import { aSeat, someRules } from '../../support/meetings.ts';

const people = ['head', 'chief', 'officer', 'unitHead', 'clerk'] as const;
type Who = (typeof people)[number];

let at: AgencyAtServer;
let server: Awaited<ReturnType<AgencyAtServer['start']>>;
const desks = new Map<Who, HeadlessDesk>();
const identities = new Map<Who, DeskIdentity>();
const bodyId = MeetingBodyIdSchema.parse(ids.document());
const meetingId = MeetingIdSchema.parse(ids.document());
const itemId = AgendaItemIdSchema.parse(ids.document());
const paper = PaperIdSchema.parse(ids.document());

beforeAll(async () => {
  at = agencyAtServer(20_591, people);
  server = await at.start();
  for (const who of people) {
    const identity = await enrolDesk(at, who);
    identities.set(who, identity);
    desks.set(who, startDesk(at, identity));
  }
}, 60_000);
afterAll(async () => {
  for (const desk of desks.values()) await desk.stop();
  server.child.kill('SIGTERM');
  await once(server.child, 'exit');
  at.remove();
});

function desk(who: Who): HeadlessDesk {
  const found = desks.get(who);
  if (found === undefined) throw new Error(`${who} has no desk`);
  return found;
}

const idOf = (who: Who) => at.agency.staff[who].id;
const itemAt = (who: Who) => readState(desk(who).db, agendaItemAggregate, itemId);

/** Asks the server for a paper's first piece in one person's own session. */
async function fetched(who: Who, hash: Hash) {
  const identity = identities.get(who);
  if (identity === undefined) throw new Error(`${who} has no desk`);
  const door = openDoor(identity.server);
  const token = await openSession(door, { agencyId: at.agencyId, device: identity.device });
  return door.get(`/v1/files/${hash}/0?document=${itemId}`, token);
}

async function keepPaper(words: string, reason: string) {
  const file = { ...(await desk('chief').blobs.put(randomBytes(3000))), name: `${words}.pdf`, pages: 2 };
  const kept = { meetingId, itemId, paper, name: words, document: null, file, reason };
  desk('chief').give('meetings.keepPaper', kept);
  return file.hash;
}

test(
  'the papers of an item come to the desks of those who read it, and to nobody for reading every paper',
  { timeout: 60_000 },
  async () => {
    const chief = desk('chief');
    const posts = { head: 'chair', officer: 'member', unitHead: 'member' } as const;
    const seats = (['head', 'officer', 'unitHead'] as const).map((who) =>
      aSeat({ person: idOf(who), post: posts[who] }),
    );
    chief.give('meetings.setUpBody', { bodyId, name: 'Hội đồng khoa học', rules: someRules() });
    chief.give('meetings.seatMembers', { bodyId, seats });
    const startsAt = '2026-12-01T01:00:00.000Z';
    const fields = { title: 'Họp hội đồng', place: '', startsAt, endsAt: startsAt };
    const [chair, secretary] = [idOf('head'), idOf('chief')];
    chief.give('meetings.convene', { meetingId, bodyId, kind: 'session', fields, chair, secretary });
    const excluded = [{ person: idOf('unitHead'), reason: 'Là tác giả đề tài' }];
    chief.give('meetings.putItem', { meetingId, itemId, fields: someItem({ excluded }) });
    chief.give('meetings.arrange', { meetingId, order: [itemId] });
    const first = await keepPaper('Thuyết minh đề tài', '');
    chief.give('meetings.invite', { meetingId, guests: [] });
    await until('the member has the paper', () => desk('officer').blobs.has(first));
    const late = await keepPaper('Thuyết minh đề tài', 'Sửa dự toán');
    await until('and the one that stands in for it', () => desk('officer').blobs.has(late));
    await until('the chair has both', () => [first, late].every((hash) => desk('head').blobs.has(hash)));

    await until('whoever is kept out knows of the meeting', () => {
      return readState(desk('unitHead').db, meetingAggregate, meetingId)?.state === 'invited';
    });
    expect(itemAt('unitHead')).toBeNull();
    for (const who of ['unitHead', 'clerk'] as const) {
      expect([first, late].map((hash) => desk(who).blobs.has(hash))).toEqual([false, false]);
      await expect(fetched(who, late)).rejects.toMatchObject({ code: 'server.no-such-file' });
    }
  },
);

test(
  'what the meeting gave is followed by those who sat there, and by whoever does it',
  { timeout: 60_000 },
  async () => {
    desk('chief').give('meetings.markAttendance', {
      meetingId,
      marks: (['head', 'officer'] as const).map((who) => ({ person: idOf(who), how: 'room', reason: '' })),
    });
    await until('the chair sees them', () => {
      return (
        readState(desk('head').db, meetingAggregate, meetingId)?.presence[idOf('officer')]?.here === true
      );
    });
    desk('head').give('meetings.begin', { meetingId });
    const taskId = TaskIdSchema.parse(ids.document());
    const conclusion = ConclusionIdSchema.parse(ids.document());
    const task = { id: taskId, owner: idOf('clerk'), dueOn: null };
    desk('head').give('meetings.drawConclusion', {
      meetingId,
      itemId,
      conclusion,
      words: 'Lập dự toán',
      task,
    });
    const taskAt = (who: Who) => readState(desk(who).db, taskAggregate, taskId);
    await until('its owner has it', () => taskAt('clerk') !== null);
    desk('clerk').give('workflow.reportProgress', {
      taskId,
      documentId: null,
      words: 'Đã lập',
      percent: 80,
    });
    await until('a member sees how far it is', () => taskAt('officer')?.percent === 80);
    expect([taskAt('unitHead'), itemAt('clerk')]).toEqual([null, null]);
  },
);

test(
  'a copy that was let go of after the meeting comes again for whoever opens it',
  { timeout: 60_000 },
  async () => {
    const settled = { meetingId, itemId, how: 'chair', words: 'Thông qua' };
    desk('head').give('meetings.settleItem', settled);
    desk('head').give('meetings.end', { meetingId });
    await until('the member knows', () => {
      return readState(desk('officer').db, meetingAggregate, meetingId)?.state === 'ended';
    });
    const { db, blobs } = desk('officer');
    const file = itemAt('officer')?.papers[0]?.versions.at(-1)?.file;
    if (file === undefined) throw new Error('There is a paper');
    const later = InstantSchema.parse(new Date(Date.now() + 31 * 24 * 60 * 60_000).toISOString());
    letGoOfMeetings(db, { now: later, isShared: true });
    const here = { ...blobs, lately: () => false };
    await removeLoose({ db, blobs: here, arriving: null, now: systemClock.now });
    expect(blobs.has(file.hash)).toBe(false);
    wantPaperAgain(db, file, itemId);
    expect(hurryFile(db, file.hash)).toBe(true);
    // The next thing that comes is asked for together with it.
    const conclusion = ConclusionIdSchema.parse(ids.document());
    desk('head').give('meetings.drawConclusion', {
      meetingId,
      itemId,
      conclusion,
      words: 'Công bố',
      task: null,
    });
    await until('it is here again', () => blobs.has(file.hash));
  },
);
