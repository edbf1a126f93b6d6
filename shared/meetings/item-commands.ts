import { z } from 'zod';
import {
  AgendaItemIdSchema,
  ConclusionIdSchema,
  DaySchema,
  DocumentIdSchema,
  MeetingIdSchema,
  PaperIdSchema,
  PersonIdSchema,
  TaskIdSchema,
  dayOf,
  defineCommand,
  ref,
  refuse,
  type Act,
  type AgendaItemId,
  type Day,
  type MeetingId,
  type PersonId,
  type Refusal,
  type States,
  type TaskId,
} from '../kernel/public.ts';
import { personAggregate, whyNotReceivePapers } from '../directory/public.ts';
import { StoredFileSchema } from '../documents/public.ts';
import { dossierAggregate } from '../dossiers/public.ts';
import { taskAggregate } from '../workflow/public.ts';
import { liveQuorum } from './electorate.ts';
import { agendaItemAggregate } from './item.ts';
import {
  ItemFieldsSchema,
  PositionSchema,
  isUncontested,
  mostPapers,
  readersOf,
  waysToDecide,
  type AgendaItem,
  type ItemFields,
} from './item-model.ts';
import { meetingAggregate } from './meeting.ts';
import { inviteeOf, isPresiding, mostItems, type Meeting } from './meeting-model.ts';
import {
  whyNotBring,
  whyNotChair,
  whyNotItem,
  whyNotMeeting,
  whyNotOpenItem,
  whyNotPrepare,
} from './why-not.ts';

const words = z.string().trim().max(2000);
const both = { meetingId: MeetingIdSchema, itemId: AgendaItemIdSchema };
type Both = Readonly<{ meetingId: MeetingId; itemId: AgendaItemId }>;
const readBoth = ({ meetingId, itemId }: Both) => [ref('meeting', meetingId), ref('agendaItem', itemId)];

/**
 * Writes an item, or writes it anew. Its command reaches its readers alone: what stands on the agenda for everybody is
 * its id (`meetings.arrange`), so that whoever is kept out of an item does not even have its title.
 */
export const putItem = defineCommand({
  name: 'meetings.putItem',
  body: z.object({ ...both, fields: ItemFieldsSchema }),
  reads: ({ fields, ...ids }) => [
    ...readBoth(ids),
    ...named(fields).map((id) => ref('person', id)),
    ...(fields.dossier === null ? [] : [ref('dossier', fields.dossier)]),
  ],
  decide: ({ body: { meetingId, itemId, fields }, states, ctx }) => {
    const meeting = states.of(meetingAggregate, meetingId);
    const item = states.of(agendaItemAggregate, itemId);
    const not =
      whyNotPrepare(meeting, 'prepare', ctx.actor) ??
      whyNotNamed(fields, states) ??
      whyNotFrom(fields, item, states);
    if (not !== null || meeting === null) return not ?? [];
    const refusal = item === null ? null : whyNotOpenItem(item, ctx.actor);
    if (refusal !== null) return refusal;
    if (item !== null && item.meeting !== meetingId) return refuse('meetings.unknown-item');
    if (fields.excluded.some(({ person }) => isPresiding(meeting, person))) {
      return refuse('meetings.presiding-not-excluded');
    }
    const body = { meeting: meetingId, fields, readers: readersOf(fields, meeting) };
    return [{ type: 'itemPut', on: ref('agendaItem', itemId), body }];
  },
});

/** Keeps a paper with an item, or one that stands in for it, with the reason: "đổi từ bản …" stays to be seen. */
export const keepPaper = defineCommand({
  name: 'meetings.keepPaper',
  body: z.object({
    ...both,
    paper: PaperIdSchema,
    name: z.string().trim().min(1).max(300),
    document: DocumentIdSchema.nullable(),
    file: StoredFileSchema,
    reason: z.string().trim().max(500),
  }),
  reads: readBoth,
  decide: ({ body: { meetingId, itemId, paper, name, document, file, reason }, states, ctx }) => {
    const found = openItem({ meetingId, itemId }, states, ctx.actor);
    if ('refused' in found) return found;
    const { meeting, item } = found;
    const not = whyNotBring(meeting, item, ctx.actor);
    if (not !== null) return not;
    const before = item.papers.find(({ id }) => id === paper);
    const last = before?.versions.at(-1);
    if (last !== undefined && reason === '') return refuse('meetings.replacing-needs-reason');
    if (last?.file.hash === file.hash) return refuse('meetings.same-file');
    if (before === undefined && item.papers.length >= mostPapers) return refuse('meetings.too-many-papers');
    const n = (last?.n ?? 0) + 1;
    const version = { n, file, at: ctx.recordedAt, by: ctx.actor, reason };
    return [{ type: 'paperKept', on: ref('agendaItem', itemId), body: { paper, name, document, version } }];
  },
});

export const takePosition = defineCommand({
  name: 'meetings.takePosition',
  body: z.object({ ...both, stance: PositionSchema.shape.stance, words }),
  reads: readBoth,
  decide: ({ body: { meetingId, itemId, stance, words: said }, states, ctx }) => {
    const found = openItem({ meetingId, itemId }, states, ctx.actor);
    if ('refused' in found) return found;
    const not = whyNotMeeting(found.meeting, 'takePosition', ctx.actor);
    if (not !== null) return not;
    if (inviteeOf(found.meeting, ctx.actor)?.votes !== true) return refuse('meetings.no-vote');
    // What is said against something, or beside it, is said in words.
    if (stance !== 'agrees' && stance !== 'wants-to-speak' && said === '') {
      return refuse('meetings.position-needs-words');
    }
    const position = { stance, words: said, at: ctx.recordedAt };
    return [{ type: 'positionTaken', on: ref('agendaItem', itemId), body: { person: ctx.actor, position } }];
  },
});

/** Adopts everything that nobody objects to and nobody wants to speak about, in one act. */
export const adoptBlock = defineCommand({
  name: 'meetings.adoptBlock',
  body: z.object({
    meetingId: MeetingIdSchema,
    items: z.array(AgendaItemIdSchema).min(1).max(mostItems),
  }),
  reads: ({ meetingId, items }) => [ref('meeting', meetingId), ...items.map((id) => ref('agendaItem', id))],
  // A position may be on its way while the chair's desk still sees none.
  byServer: true,
  decide: ({ body: { meetingId, items }, states, ctx }) => {
    const meeting = states.of(meetingAggregate, meetingId);
    const not = whyNotChair(meeting, 'decide', ctx.actor);
    if (not !== null || meeting === null) return not ?? [];
    const quorum = liveQuorum(meeting);
    if (!quorum.met) return refuse('meetings.no-quorum', { needed: quorum.needed, has: quorum.has });
    const acts: Act[] = [];
    for (const id of new Set(items)) {
      const item = states.of(agendaItemAggregate, id);
      const place = meeting.order.indexOf(id);
      if (item === null || place < 0) return refuse('meetings.unknown-item');
      if (!isUncontested(item)) return refuse('meetings.contested', { n: place + 1 });
      const decision = {
        how: 'block',
        passed: true,
        vote: null,
        words: '',
        by: ctx.actor,
        at: ctx.recordedAt,
      };
      acts.push({ type: 'itemDecided', on: ref('agendaItem', id), body: { decision } });
    }
    return acts;
  },
});

/** What becomes of an item without a vote: the chair sums it up, it is noted, put off or dropped. */
export const settleItem = defineCommand({
  name: 'meetings.settleItem',
  body: z.object({ ...both, how: z.enum(waysToDecide).exclude(['block', 'vote']), words }),
  reads: readBoth,
  decide: ({ body: { meetingId, itemId, how, words: said }, states, ctx }) => {
    const found = openItem({ meetingId, itemId }, states, ctx.actor);
    if ('refused' in found) return found;
    const not = whyNotChair(found.meeting, 'decide', ctx.actor);
    if (not !== null) return not;
    if (how === 'noted' && found.item.purpose === 'decide') return refuse('meetings.needs-decision');
    if (how !== 'noted' && said === '') return refuse('meetings.settling-needs-words');
    const passed = how === 'chair' || how === 'noted';
    const decision = { how, passed, vote: null, words: said, by: ctx.actor, at: ctx.recordedAt };
    return [{ type: 'itemDecided', on: ref('agendaItem', itemId), body: { decision } }];
  },
});

/** What follows from an item, and who does it by when: a task like any other, which comes back to the meeting. */
export const drawConclusion = defineCommand({
  name: 'meetings.drawConclusion',
  body: z.object({
    ...both,
    conclusion: ConclusionIdSchema,
    words: words.min(1),
    task: z.object({ id: TaskIdSchema, owner: PersonIdSchema, dueOn: DaySchema.nullable() }).nullable(),
  }),
  reads: ({ task, ...ids }) => [
    ...readBoth(ids),
    ...(task === null ? [] : [ref('task', task.id), ref('person', task.owner)]),
  ],
  decide: ({ body: { meetingId, itemId, conclusion: id, words: said, task }, states, ctx }) => {
    const meeting = states.of(meetingAggregate, meetingId);
    const item = states.of(agendaItemAggregate, itemId);
    const not = whyNotChair(meeting, 'conclude', ctx.actor) ?? whyNotItem(item, ctx.actor);
    if (not !== null) return not;
    if (meeting === null || item?.meeting !== meetingId) return refuse('meetings.unknown-item');
    if (item.conclusions.some((one) => one.id === id)) return refuse('meetings.exists');
    const refusal = task === null ? null : whyNotGive(task, states, dayOf(ctx.recordedAt));
    if (refusal !== null) return refusal;
    const given = { owner: task?.owner ?? null, dueOn: task?.dueOn ?? null };
    const conclusion = { id, words: said, ...given, task: task?.id ?? null };
    const drawn: Act = { type: 'conclusionDrawn', on: ref('agendaItem', itemId), body: { conclusion } };
    if (task === null) return [drawn];
    const body = {
      document: null,
      meeting: { id: meetingId, item: itemId, title: meeting.title },
      role: 'lead',
      giver: meeting.chair,
      unit: null,
      person: given.owner,
      words: said,
      dueOn: given.dueOn,
    };
    return [drawn, { type: 'taskGiven', on: ref('task', task.id), body }];
  },
});

export const takeNote = defineCommand({
  name: 'meetings.takeNote',
  body: z.object({ ...both, words: words.min(1) }),
  reads: readBoth,
  decide: ({ body: { meetingId, itemId, words: said }, states, ctx }) => {
    const meeting = states.of(meetingAggregate, meetingId);
    const item = states.of(agendaItemAggregate, itemId);
    const not = whyNotChair(meeting, 'conclude', ctx.actor) ?? whyNotItem(item, ctx.actor);
    if (not !== null) return not;
    const note = { words: said, by: ctx.actor, at: ctx.recordedAt };
    return [{ type: 'noteTaken', on: ref('agendaItem', itemId), body: { note } }];
  },
});

type Given = Readonly<{ id: TaskId; owner: PersonId; dueOn: Day | null }>;

function whyNotGive({ id, owner, dueOn }: Given, states: States, today: Day): Refusal | null {
  if (states.of(taskAggregate, id) !== null) return refuse('workflow.task-twice');
  if (dueOn !== null && dueOn < today) return refuse('workflow.due-in-past', { day: dueOn });
  return whyNotReceivePapers(states.of(personAggregate, owner));
}

function openItem(
  { meetingId, itemId }: Both,
  states: States,
  actor: PersonId,
): Refusal | Readonly<{ meeting: Meeting; item: AgendaItem }> {
  const meeting = states.of(meetingAggregate, meetingId);
  const item = states.of(agendaItemAggregate, itemId);
  const not = whyNotOpenItem(item, actor);
  if (not !== null) return not;
  if (meeting === null || item?.meeting !== meetingId) return refuse('meetings.unknown-item');
  return { meeting, item };
}

function named({ access, excluded, rapporteur }: ItemFields): readonly PersonId[] {
  return [
    ...(access.to === 'named' ? access.people : []),
    ...excluded.map(({ person }) => person),
    ...(rapporteur === null ? [] : [rapporteur]),
  ];
}

function whyNotNamed(fields: ItemFields, states: States): Refusal | null {
  for (const id of named(fields)) {
    const not = whyNotReceivePapers(states.of(personAggregate, id));
    if (not !== null) return not;
  }
  return null;
}

/** A file that was there before may be one that whoever prepares the meeting does not see: it stays. */
function whyNotFrom({ dossier }: ItemFields, before: AgendaItem | null, states: States): Refusal | null {
  if (dossier === null || dossier === before?.dossier) return null;
  return states.of(dossierAggregate, dossier) === null ? refuse('dossiers.unknown') : null;
}
