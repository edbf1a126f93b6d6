import { sampleOffices, type Part } from '#electron/features/sample/offices.ts';
import { systemClock } from '#electron/platform/clock.ts';
import {
  AgendaItemIdSchema,
  MeetingBodyIdSchema,
  MeetingIdSchema,
  type AgendaItemId,
  type Instant,
  type MeetingBodyId,
  type MeetingId,
} from '#shared/kernel/public.ts';
import type { ItemFields } from '#shared/meetings/public.ts';
import { someItem } from './meeting-day.ts';
import { aSeat, someRules } from './meetings.ts';
import { workingOffice, type WorkingOffice } from './working-office.ts';

const seated = [
  ['leader', 'chair'],
  ['deputy', 'deputy'],
  ['unitHead', 'member'],
] as const;

export type MeetingOffice = WorkingOffice &
  Readonly<{
    bodyId: MeetingBodyId;
    /** Called together by the chief of office, who keeps its minutes; nobody is invited yet. */
    convene: (fields?: Readonly<{ title?: string; startsAt?: Instant; endsAt?: Instant }>) => MeetingId;
    put: (
      meetingId: MeetingId,
      fields?: Partial<ItemFields>,
      order?: readonly AgendaItemId[],
    ) => AgendaItemId;
    /** Invited, begun, and everybody in the room. */
    begin: (meetingId: MeetingId) => void;
  }>;

/** The sample department with a council of three: the leader chairs it. */
export async function meetingOffice(equipped: readonly Part[] = ['leader']): Promise<MeetingOffice> {
  const roles = sampleOffices[0]?.cast;
  const working = await workingOffice(equipped.map((part) => roles?.[part] ?? ''));
  const { office, as } = working;
  const chief = as('chief');
  const bodyId = MeetingBodyIdSchema.parse(systemClock.newId());
  chief.must('meetings.setUpBody', { bodyId, name: 'Hội đồng thi đua', rules: someRules() });
  const seats = seated.map(([part, post]) => aSeat({ person: office.part(part), post }));
  chief.must('meetings.seatMembers', { bodyId, seats });
  return {
    ...working,
    bodyId,
    convene: (over = {}) => {
      const meetingId = MeetingIdSchema.parse(systemClock.newId());
      const now = systemClock.now();
      const fields = {
        title: 'Họp hội đồng thi đua',
        place: 'Phòng họp số 1',
        startsAt: now,
        endsAt: now,
        ...over,
      };
      const [chair, secretary] = [office.part('leader'), office.part('chief')];
      chief.must('meetings.convene', { meetingId, bodyId, kind: 'session', fields, chair, secretary });
      return meetingId;
    },
    put: (meetingId, fields = {}, order = []) => {
      const itemId = AgendaItemIdSchema.parse(systemClock.newId());
      chief.must('meetings.putItem', { meetingId, itemId, fields: someItem(fields) });
      chief.must('meetings.arrange', { meetingId, order: [...order, itemId] });
      return itemId;
    },
    begin: (meetingId) => {
      chief.must('meetings.invite', { meetingId, guests: [] });
      const marks = seats.map(({ person }) => ({ person, how: 'room', reason: '' }));
      chief.must('meetings.markAttendance', { meetingId, marks });
      as('leader').must('meetings.begin', { meetingId });
    },
  };
}
