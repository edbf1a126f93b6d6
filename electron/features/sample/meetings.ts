import {
  AgendaItemIdSchema,
  MeetingBodyIdSchema,
  MeetingIdSchema,
  PaperIdSchema,
  addDays,
  addWorkingDays,
  instantAt,
  type AgendaItemId,
  type Day,
  type MeetingBodyId,
  type MeetingId,
} from '#shared/kernel/public.ts';
import { agencyAggregate } from '#shared/directory/public.ts';
import { meetingAggregate, usualRules, type ItemFields } from '#shared/meetings/public.ts';
import { readState } from '../../store/read-state.ts';
import { admitPaper } from '../meetings/public.ts';
import { letterPdf } from './letters.ts';
import type { Part } from './offices.ts';
import type { Step, Story } from './story.ts';

const members: readonly Part[] = ['leader', 'deputy', 'unitHead', 'secondUnitHead'];

/** The heads of the office meet: once last week, and again in two days, with papers to read until then. */
export function meetingSteps(story: Story): Step[] {
  const bodyId = MeetingBodyIdSchema.parse(story.clock.newId());
  const past = MeetingIdSchema.parse(story.clock.newId());
  const coming = MeetingIdSchema.parse(story.clock.newId());
  return [
    {
      day: -6,
      hour: 9,
      run: () => {
        setUp(story, bodyId);
        convene(story, {
          bodyId,
          meetingId: past,
          title: 'Giao ban tuần trước',
          day: addDays(story.today, -3),
        });
        invite(
          story,
          past,
          pastItems.map((fields) => put(story, past, fields)),
        );
      },
    },
    { day: -3, hour: 8, run: () => hold(story, past) },
    {
      day: 0,
      hour: 8.2,
      run: async () => {
        const { calendar } = story.office.open.desk;
        const day = addWorkingDays(story.today, 2, calendar);
        convene(story, { bodyId, meetingId: coming, title: 'Phiên họp thường kỳ của lãnh đạo cơ quan', day });
        const items = comingItems(story).map((fields) => put(story, coming, fields));
        for (const [place, itemId] of items.slice(0, 2).entries()) {
          await bring(story, { meetingId: coming, itemId, name: paperNames[place] ?? '', reason: '' });
        }
        invite(story, coming, items);
        story.as('deputy').must('meetings.answer', { meetingId: coming, answer: { is: 'accepts' } });
        const [first] = items;
        const position = { meetingId: coming, itemId: first, stance: 'agrees', words: '' };
        story.as('deputy').must('meetings.takePosition', position);
      },
    },
  ];
}

const shared: Pick<ItemFields, 'access' | 'excluded' | 'dossier'> = {
  access: { to: 'everybody' },
  excluded: [],
  dossier: null,
};
const pastItems: readonly ItemFields[] = [
  { ...shared, title: 'Tình hình thực hiện nhiệm vụ trong tuần', purpose: 'inform', rapporteur: null, minutes: 20 },
  { ...shared, title: 'Lịch trực ứng cứu sự cố dịp cuối năm', purpose: 'decide', rapporteur: null, minutes: 30 },
]; // prettier-ignore

const paperNames = ['Tờ trình kế hoạch chuyển đổi số năm 2027', 'Dự thảo quy chế làm việc sửa đổi'];

function comingItems({ office }: Story): readonly ItemFields[] {
  const by = (part: Part, title: string, minutes: number) => ({
    ...shared,
    title,
    minutes,
    rapporteur: office.part(part),
  });
  return [
    { ...by('unitHead', 'Kế hoạch chuyển đổi số năm 2027', 40), purpose: 'decide' },
    { ...by('secondUnitHead', 'Sửa đổi, bổ sung Quy chế làm việc', 30), purpose: 'decide' },
    { ...by('chief', 'Tình hình giải ngân và xử lý văn bản quá hạn', 20), purpose: 'discuss' },
  ];
}

function setUp(story: Story, bodyId: MeetingBodyId): void {
  const { db, agencyId } = story.office.open.desk;
  const agency = readState(db, agencyAggregate, agencyId);
  const isCollective = agency !== null && agency.collective !== null;
  const name = isCollective ? agency.name : `Tập thể lãnh đạo ${agency?.name ?? ''}`;
  const chief = story.as('chief');
  chief.must('meetings.setUpBody', { bodyId, name, rules: usualRules });
  const from = addDays(story.today, -365);
  const seat = (part: Part, post: string, votes = true) => ({
    person: story.office.part(part),
    post,
    votes,
    from,
    to: null,
    substitutes: part === 'unitHead' ? [story.office.part('officer')] : [],
  });
  const posts = ['chair', 'deputy', 'member', 'member'];
  const seats = members.map((part, place) => seat(part, posts[place] ?? 'member'));
  chief.must('meetings.seatMembers', { bodyId, seats: [...seats, seat('chief', 'secretary', false)] });
}

type Convening = Readonly<{ bodyId: MeetingBodyId; meetingId: MeetingId; title: string; day: Day }>;

function convene(story: Story, { bodyId, meetingId, title, day }: Convening): void {
  const fields = {
    title,
    place: 'Phòng họp số 1',
    startsAt: instantAt(day, '08:00'),
    endsAt: instantAt(day, '10:00'),
  };
  const posts = { chair: story.office.part('leader'), secretary: story.office.part('chief') };
  story.as('chief').must('meetings.convene', { meetingId, bodyId, kind: 'session', fields, ...posts });
}

function put(story: Story, meetingId: MeetingId, fields: ItemFields): AgendaItemId {
  const itemId = AgendaItemIdSchema.parse(story.clock.newId());
  story.as('chief').must('meetings.putItem', { meetingId, itemId, fields });
  return itemId;
}

function invite(story: Story, meetingId: MeetingId, order: readonly AgendaItemId[]): void {
  const chief = story.as('chief');
  chief.must('meetings.arrange', { meetingId, order });
  chief.must('meetings.invite', { meetingId, guests: [] });
}

type Bringing = Readonly<{ meetingId: MeetingId; itemId: AgendaItemId; name: string; reason: string }>;

async function bring(story: Story, bringing: Bringing): Promise<void> {
  const chief = story.as('chief');
  const letter = {
    day: 0,
    number: '15',
    symbol: 'TTr-VP',
    kind: 'TTr',
    agency: 'Văn phòng',
    superior: null,
    subject: bringing.name.replace(/^(?:Tờ trình|Dự thảo) /u, ''),
    signer: chief.person.name,
    post: chief.person.post,
    urgency: 'normal' as const,
    text: [
      'Căn cứ chương trình công tác và tình hình thực tế, Văn phòng kính trình các thành viên xem xét.',
      'Nội dung chính gồm mục tiêu, nhiệm vụ trọng tâm, nguồn lực và phân công thực hiện.',
      'Kính đề nghị các thành viên cho ý kiến trước phiên họp.',
    ],
  };
  const bytes = await letterPdf(letter, story.clock.now());
  const uploadId = chief.uploads.begin(`${bringing.name}.pdf`, bytes.length);
  chief.uploads.append(uploadId, 0, bytes);
  const file = await admitPaper(chief, uploadId);
  const paper = PaperIdSchema.parse(story.clock.newId());
  chief.must('meetings.keepPaper', { ...bringing, paper, document: null, file });
}

function hold(story: Story, meetingId: MeetingId): void {
  const chief = story.as('chief');
  const marks = members.map((part) => ({ person: story.office.part(part), how: 'room', reason: '' }));
  chief.must('meetings.markAttendance', { meetingId, marks });
  chief.must('meetings.begin', { meetingId });
  const { db } = chief.open.desk;
  const [first, second] = readState(db, meetingAggregate, meetingId)?.order ?? [];
  chief.must('meetings.settleItem', { meetingId, itemId: first, how: 'noted', words: '' });
  const words = 'Thống nhất lịch trực; các phòng gửi danh sách trước thứ Sáu.';
  chief.must('meetings.settleItem', { meetingId, itemId: second, how: 'chair', words });
  chief.must('meetings.end', { meetingId });
}
