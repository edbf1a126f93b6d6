import { z } from 'zod';
import {
  AgendaItemIdSchema,
  DocumentIdSchema,
  MeetingBodyIdSchema,
  MeetingIdSchema,
  PaperIdSchema,
  ProposalIdSchema,
  dayOf,
  defineCommand,
  isRefusal,
  ref,
  refuse,
  type Act,
  type Refusal,
  type States,
} from '../kernel/public.ts';
import { mayRead, personAggregate, readingScope, type Person } from '../directory/public.ts';
import { documentAggregate, documentName } from '../documents/public.ts';
import { dossierAggregate } from '../dossiers/public.ts';
import { meetingBodyAggregate } from './body.ts';
import { seatsOn } from './body-model.ts';
import { agendaItemAggregate } from './item.ts';
import { readersOf } from './item-model.ts';
import { meetingAggregate } from './meeting.ts';
import { mostItems } from './meeting-model.ts';
import { proposalAggregate } from './proposal.ts';
import { ProposalFieldsSchema, whyNotProposal, type ProposedPaper } from './proposal-model.ts';
import { whyNotPrepare } from './why-not.ts';

const one = { proposalId: ProposalIdSchema };
const PapersSchema = z.array(z.object({ id: PaperIdSchema, document: DocumentIdSchema })).max(30);
type Papers = z.infer<typeof PapersSchema>;

/** Asks a body to take something up, with papers of the agency; again after it was returned. */
export const propose = defineCommand({
  name: 'meetings.propose',
  body: z.object({ ...one, bodyId: MeetingBodyIdSchema, fields: ProposalFieldsSchema, papers: PapersSchema }),
  reads: ({ proposalId, bodyId, fields, papers }) => [
    ref('proposal', proposalId),
    ref('meetingBody', bodyId),
    ...(fields.dossier === null ? [] : [ref('dossier', fields.dossier)]),
    ...papers.map(({ document }) => ref('document', document)),
  ],
  decide: ({ body: { proposalId, bodyId, fields, papers }, states, ctx }) => {
    const before = states.of(proposalAggregate, proposalId);
    const not = before === null ? null : whyNotProposal(before, 'resubmit', ctx.actor);
    if (not !== null) return not;
    const actor = states.of(personAggregate, ctx.actor);
    const body = states.of(meetingBodyAggregate, bodyId);
    if (body === null || actor === null) return refuse('meetings.unknown-body');
    const deciders = seatsOn(body, dayOf(ctx.recordedAt))
      .filter(({ post }) => post !== 'member')
      .map(({ person }) => person);
    if (deciders.length === 0) return refuse('meetings.nobody-presides');
    const dossier = fields.dossier === null ? null : states.of(dossierAggregate, fields.dossier);
    if (fields.dossier !== null && (dossier === null || !mayRead(readingScope(actor), dossier))) {
      return refuse('dossiers.unknown');
    }
    const found = papersOf(papers, actor, states);
    if (isRefusal(found)) return found;
    const raised = {
      body: bodyId,
      fields,
      papers: found,
      proposer: ctx.actor,
      deciders,
      at: ctx.recordedAt,
    };
    return [{ type: 'proposalRaised', on: ref('proposal', proposalId), body: raised }];
  },
});

export const returnProposal = defineCommand({
  name: 'meetings.returnProposal',
  body: z.object({ ...one, reason: z.string().trim().min(1).max(1000) }),
  reads: ({ proposalId }) => [ref('proposal', proposalId)],
  decide: ({ body: { proposalId, reason }, states, ctx }) =>
    whyNotProposal(states.of(proposalAggregate, proposalId), 'return', ctx.actor) ?? [
      { type: 'proposalReturned', on: ref('proposal', proposalId), body: { reason } },
    ],
});

export const withdrawProposal = defineCommand({
  name: 'meetings.withdrawProposal',
  body: z.object(one),
  reads: ({ proposalId }) => [ref('proposal', proposalId)],
  decide: ({ body: { proposalId }, states, ctx }) =>
    whyNotProposal(states.of(proposalAggregate, proposalId), 'withdraw', ctx.actor) ?? [
      { type: 'proposalWithdrawn', on: ref('proposal', proposalId), body: {} },
    ],
});

/** Makes it an item with its papers, which whoever proposed it presents; `meetings.arrange` gives it its place. */
export const scheduleProposal = defineCommand({
  name: 'meetings.scheduleProposal',
  body: z.object({ ...one, meetingId: MeetingIdSchema, itemId: AgendaItemIdSchema }),
  reads: ({ proposalId, meetingId, itemId }) => [
    ref('proposal', proposalId),
    ref('meeting', meetingId),
    ref('agendaItem', itemId),
  ],
  decide: ({ body: { proposalId, meetingId, itemId }, states, ctx }) => {
    const proposal = states.of(proposalAggregate, proposalId);
    const meeting = states.of(meetingAggregate, meetingId);
    const not =
      whyNotProposal(proposal, 'schedule', ctx.actor) ?? whyNotPrepare(meeting, 'prepare', ctx.actor);
    if (not !== null || proposal === null || meeting === null) return not ?? [];
    if (meeting.body !== proposal.body) return refuse('meetings.of-another-body');
    if (states.of(agendaItemAggregate, itemId) !== null) return refuse('meetings.exists');
    if (meeting.order.length >= mostItems) return refuse('meetings.agenda-full', { count: mostItems });
    const { title, purpose, minutes, dossier, proposer } = proposal;
    const access = { to: 'everybody' as const };
    const fields = { title, purpose, minutes, rapporteur: proposer, access, excluded: [], dossier };
    const on = ref('agendaItem', itemId);
    const acts: Act[] = [
      {
        type: 'itemPut',
        on,
        body: { meeting: meetingId, fields, readers: readersOf(fields, meeting) },
      },
      ...proposal.papers.map(({ id, name, document, file }): Act => {
        const version = { n: 1, file, at: ctx.recordedAt, by: proposer, reason: '' };
        return { type: 'paperKept', on, body: { paper: id, name, document, version } };
      }),
      {
        type: 'proposalScheduled',
        on: ref('proposal', proposalId),
        body: { meeting: meetingId, item: itemId },
      },
    ];
    return acts;
  },
});

/** Only what the proposer reads themselves, and what has a page to be read. */
function papersOf(papers: Papers, actor: Person, states: States): Refusal | ProposedPaper[] {
  const found: ProposedPaper[] = [];
  for (const { id, document } of papers) {
    const paper = states.of(documentAggregate, document);
    if (paper === null || !mayRead(readingScope(actor), paper)) return refuse('documents.unknown');
    if (paper.file === null) return refuse('meetings.paper-has-no-page', { name: documentName(paper) });
    if (found.some((other) => other.id === id)) return refuse('meetings.exists');
    found.push({ id, name: documentName(paper), document, file: paper.file });
  }
  return found;
}
