import {
  AgendaItemIdSchema,
  MeetingBodyIdSchema,
  MeetingIdSchema,
  type AgendaItemId,
  type LogEntry,
  type PersonId,
} from '#shared/kernel/public.ts';
import {
  agendaItemAggregate,
  meetingAggregate,
  type AgendaItem,
  type BodyRules,
  type ItemFields,
  type Meeting,
} from '#shared/meetings/public.ts';
import { ids } from './builders.ts';
import { aSeat, someRules } from './meetings.ts';
import type { Engine, SmallAgency } from './small-agency.ts';

export function someItem(over: Partial<ItemFields> = {}): ItemFields {
  return {
    title: 'Phương án phòng chống thiên tai năm 2027',
    purpose: 'decide',
    rapporteur: null,
    minutes: 20,
    access: { to: 'everybody' },
    excluded: [],
    dossier: null,
    ...over,
  };
}

export type MeetingDay = Readonly<{
  meetingId: ReturnType<typeof MeetingIdSchema.parse>;
  meeting: () => Meeting;
  item: (id: AgendaItemId) => AgendaItem;
  /** Writes an item and puts it last on the agenda. */
  put: (fields?: Partial<ItemFields>) => AgendaItemId;
  /** One command about this meeting; throws when it is refused. */
  must: (by: PersonId, verb: string, body?: object) => LogEntry;
  codeOf: (by: PersonId, verb: string, body?: object) => string | null;
  chair: PersonId;
  secretary: PersonId;
  members: readonly PersonId[];
}>;

/** A committee of five with the chief of office as its secretary, called together; nobody is invited yet. */
export function aMeetingDay(
  { staff, send, state }: SmallAgency<Engine>,
  { rules = {}, kind = 'session' }: Readonly<{ rules?: Partial<BodyRules>; kind?: Meeting['kind'] }> = {},
): MeetingDay {
  const { head, deputy, unitHead, officer, colleague, chief } = staff;
  const members = [head, deputy, unitHead, officer, colleague].map(({ id }) => id);
  const bodyId = MeetingBodyIdSchema.parse(ids.document());
  const meetingId = MeetingIdSchema.parse(ids.document());
  const answer = (by: PersonId, verb: string, body: object = {}) =>
    send(by, `meetings.${verb}`, { ...('bodyId' in body ? {} : { meetingId }), ...body });
  const must = (by: PersonId, verb: string, body?: object): LogEntry => {
    const entry = answer(by, verb, body);
    if (entry.refusal !== null) throw new Error(`${verb}: ${JSON.stringify(entry.refusal)}`);
    return entry;
  };
  must(chief.id, 'setUpBody', { bodyId, name: 'Ủy ban nhân dân xã An Phú', rules: someRules(rules) });
  const posts = ['chair', 'deputy', 'member', 'member', 'member'] as const;
  const seats = members.map((person, place) =>
    aSeat({ person, post: posts[place] ?? 'member', substitutes: place === 2 ? [staff.clerk.id] : [] }),
  );
  const kept = aSeat({ person: chief.id, post: 'secretary', votes: false });
  must(chief.id, 'seatMembers', { bodyId, seats: [...seats, kept] });
  const fields = {
    title: 'Phiên họp tháng 11',
    place: 'Phòng họp số 1',
    startsAt: '2026-11-25T01:00:00.000Z',
    endsAt: '2026-11-25T04:30:00.000Z',
  };
  send(chief.id, 'meetings.convene', {
    meetingId,
    bodyId,
    kind,
    fields,
    chair: head.id,
    secretary: chief.id,
  });
  const there = <State>(found: State | null): State => {
    if (found === null) throw new Error('It is not there');
    return found;
  };
  const meeting = () => there(state(meetingAggregate, meetingId));
  return {
    meetingId,
    meeting,
    item: (id) => there(state(agendaItemAggregate, id)),
    put: (over) => {
      const itemId = AgendaItemIdSchema.parse(ids.document());
      must(chief.id, 'putItem', { itemId, fields: someItem(over) });
      must(chief.id, 'arrange', { order: [...meeting().order, itemId] });
      return itemId;
    },
    must,
    codeOf: (by, verb, body) => answer(by, verb, body).refusal?.code ?? null,
    chair: head.id,
    secretary: chief.id,
    members,
  };
}
