import { PDFDocument, StandardFonts } from 'pdf-lib';
import { admitPaper } from '#electron/features/meetings/admit-paper.ts';
import { actAs, type Actor } from '#electron/features/sample/act-as.ts';
import { systemClock } from '#electron/platform/clock.ts';
import {
  AgendaItemIdSchema,
  MeetingBodyIdSchema,
  MeetingIdSchema,
  PaperIdSchema,
  type AgencyId,
  type MeetingId,
} from '#shared/kernel/public.ts';
import type { ItemFields } from '#shared/meetings/public.ts';
import { someItem } from '../../support/meeting-day.ts';
import { aSeat, someRules } from '../../support/meetings.ts';
import { openSampleDesk } from './sample-desk.ts';

type Desk = Readonly<{ folder: string; agencyId: AgencyId }>;

const items = [
  'Kế hoạch công tác năm 2027',
  'Phương án phòng chống thiên tai năm 2027',
  'Bầu tổ trưởng tổ kiểm tra',
  'Báo cáo tình hình trực cơ quan',
] as const;

/** A council of five with its secretary and a guest, invited to a meeting of four items; the first has a paper of six pages. */
export async function meetingToHold(desk: Desk): Promise<MeetingId> {
  const { open, called } = await openSampleDesk(desk);
  const [chief, leader] = [called('Thu Hà'), called('Văn Minh')];
  const secretary = actAs(open, chief, systemClock);
  const bodyId = MeetingBodyIdSchema.parse(systemClock.newId());
  const meetingId = MeetingIdSchema.parse(systemClock.newId());
  const members = ['Hồng Hạnh', 'Minh Tuấn', 'Thị Ngọc', 'Thị Lan'].map(called);
  secretary.must('meetings.setUpBody', { bodyId, name: 'Hội đồng kế hoạch', rules: someRules() });
  const seats = [
    aSeat({ person: leader, post: 'chair' }),
    ...members.map((person, place) => aSeat({ person, post: place === 0 ? 'deputy' : 'member' })),
    aSeat({ person: chief, post: 'secretary', votes: false }),
  ];
  secretary.must('meetings.seatMembers', { bodyId, seats });
  const startsAt = systemClock.now();
  const fields = {
    title: 'Họp hội đồng kế hoạch',
    place: 'Phòng họp số 1; https://hop.example.vn/ke-hoach',
    startsAt,
    endsAt: startsAt,
  };
  const by = { chair: leader, secretary: chief };
  secretary.must('meetings.convene', { meetingId, bodyId, kind: 'session', fields, ...by });
  const order = [];
  for (const [place, title] of items.entries()) {
    const itemId = AgendaItemIdSchema.parse(systemClock.newId());
    const purpose = place === 3 ? 'inform' : 'decide';
    const item: ItemFields = someItem({ title, purpose });
    secretary.must('meetings.putItem', { meetingId, itemId, fields: item });
    order.push(itemId);
    if (place < 2) await bring(secretary, { meetingId, itemId, title });
  }
  secretary.must('meetings.arrange', { meetingId, order });
  secretary.must('meetings.invite', { meetingId, guests: [called('Thị Bích')] });
  open.close();
  return meetingId;
}

type Bringing = Readonly<{ meetingId: MeetingId; itemId: string; title: string }>;

async function bring(actor: Actor, { title, ...ids }: Bringing): Promise<void> {
  const bytes = await pagesOf(6);
  const uploadId = actor.uploads.begin('tai-lieu.pdf', bytes.length);
  actor.uploads.append(uploadId, 0, bytes);
  const file = await admitPaper(actor, uploadId);
  const paper = PaperIdSchema.parse(systemClock.newId());
  actor.must('meetings.keepPaper', { ...ids, paper, name: title, document: null, file, reason: '' });
}

/** A paper whose pages say their number. */
export async function pagesOf(count: number, mark = 'Trang'): Promise<Uint8Array> {
  const pdf = await PDFDocument.create();
  const font = await pdf.embedFont(StandardFonts.Helvetica);
  for (let n = 1; n <= count; n += 1) {
    pdf.addPage([595, 842]).drawText(`${mark} ${n}`, { x: 200, y: 600, size: 60, font });
  }
  return pdf.save();
}
