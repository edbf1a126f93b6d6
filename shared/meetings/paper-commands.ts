import { z } from 'zod';
import {
  DocumentIdSchema,
  MeetingIdSchema,
  defineCommand,
  ref,
  refuse,
  type Act,
  type States,
} from '../kernel/public.ts';
import { personAggregate } from '../directory/public.ts';
import { DraftSummarySchema, documentAggregate } from '../documents/public.ts';
import { meetingAggregate } from './meeting.ts';
import type { Meeting } from './meeting-model.ts';
import { paperKinds, paperNames, type PaperName } from './paper-kinds.ts';
import type { MeetingEvent } from './transitions.ts';
import { whyNotPrepare } from './why-not.ts';

const eventOf = {
  invitation: 'draftInvitation',
  minutes: 'draftMinutes',
  conclusions: 'draftConclusions',
} as const satisfies Readonly<Record<PaperName, MeetingEvent>>;

/** Begins one of the papers a meeting leads to, in the agency's own circuit; another one only once it is abandoned. */
export const draftPaper = defineCommand({
  name: 'meetings.draftPaper',
  body: z.object({
    meetingId: MeetingIdSchema,
    documentId: DocumentIdSchema,
    paper: z.enum(paperNames),
    summary: DraftSummarySchema,
  }),
  reads: ({ meetingId, documentId }) => [ref('meeting', meetingId), ref('document', documentId)],
  follows: (read, states) => {
    const meeting = read.kind === 'meeting' ? states.of(meetingAggregate, read.id) : null;
    return (meeting?.papers ?? []).map(({ document }) => ref('document', document));
  },
  decide: ({ body: { meetingId, documentId, paper, summary }, states, ctx }) => {
    const meeting = states.of(meetingAggregate, meetingId);
    const not = whyNotPrepare(meeting, eventOf[paper], ctx.actor);
    if (not !== null || meeting === null) return not ?? [];
    if (states.of(documentAggregate, documentId) !== null) return refuse('documents.already-there');
    const { kind } = summary;
    if (kind !== paperKinds[paper].kind) return refuse('drafting.unknown-kind', { kind });
    if (isDrafted(meeting, paper, states)) return refuse('meetings.paper-drafted');
    const actor = states.of(personAggregate, ctx.actor);
    if (actor === null) return refuse('directory.unknown-person');
    const started = { summary, drafter: actor.id, unit: actor.unit, repliesTo: null };
    const acts: Act[] = [
      { type: 'draftStarted', on: ref('document', documentId), body: started },
      { type: 'paperDrafted', on: ref('meeting', meetingId), body: { paper, document: documentId } },
    ];
    return acts;
  },
});

function isDrafted({ papers }: Meeting, paper: PaperName, states: States): boolean {
  return papers.some(({ paper: one, document }) => {
    const found = one === paper ? states.of(documentAggregate, document) : null;
    return found !== null && found.state !== 'abandoned';
  });
}
