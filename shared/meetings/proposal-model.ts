import { z } from 'zod';
import {
  AgendaItemIdSchema,
  DocumentIdSchema,
  DossierIdSchema,
  InstantSchema,
  MeetingBodyIdSchema,
  MeetingIdSchema,
  PaperIdSchema,
  PersonIdSchema,
  ProposalIdSchema,
  refuse,
  type PersonId,
  type Refusal,
} from '../kernel/public.ts';
import { StoredFileSchema, nextState, type Transitions } from '../documents/public.ts';
import { ItemFieldsSchema } from './item-model.ts';

export const proposalStates = ['submitted', 'returned', 'scheduled', 'withdrawn'] as const;
export type ProposalState = (typeof proposalStates)[number];
export const proposalEvents = ['resubmit', 'return', 'schedule', 'withdraw'] as const;
export type ProposalEvent = (typeof proposalEvents)[number];

/** Đã gửi → trả lại có lý do → gửi lại → đã xếp vào cuộc họp. */
export const proposalTransitions: Transitions<ProposalState, ProposalEvent> = {
  resubmit: { returned: 'submitted' },
  return: { submitted: 'returned' },
  schedule: { submitted: 'scheduled' },
  withdraw: { submitted: 'withdrawn', returned: 'withdrawn' },
};

export const ProposalFieldsSchema = ItemFieldsSchema.pick({
  title: true,
  purpose: true,
  minutes: true,
}).extend({
  /** What is asked of the body, and why. */
  words: z.string().trim().max(2000),
  dossier: DossierIdSchema.nullable(),
});
export type ProposalFields = Readonly<z.infer<typeof ProposalFieldsSchema>>;

/** One of the agency's papers, as its page was when it was proposed. */
export const ProposedPaperSchema = z.object({
  id: PaperIdSchema,
  name: z.string(),
  document: DocumentIdSchema,
  file: StoredFileSchema,
});
export type ProposedPaper = Readonly<z.infer<typeof ProposedPaperSchema>>;

export const ProposalSchema = ProposalFieldsSchema.extend({
  id: ProposalIdSchema,
  body: MeetingBodyIdSchema,
  state: z.enum(proposalStates),
  proposer: PersonIdSchema,
  at: InstantSchema,
  papers: z.array(ProposedPaperSchema),
  /** Who puts it on an agenda or returns it: the body's chairs and secretary on the day it was raised. */
  deciders: z.array(PersonIdSchema),
  returnedBecause: z.string().nullable(),
  scheduled: z.object({ meeting: MeetingIdSchema, item: AgendaItemIdSchema }).nullable(),
});
export type Proposal = Readonly<z.infer<typeof ProposalSchema>>;

export function isOfProposal({ proposer, deciders }: Proposal, person: PersonId): boolean {
  return proposer === person || deciders.includes(person);
}

export function whyNotProposal(
  proposal: Proposal | null,
  event: ProposalEvent,
  actor: PersonId,
): Refusal | null {
  if (proposal === null || !isOfProposal(proposal, actor)) return refuse('meetings.unknown-proposal');
  const isTheirs = event === 'return' ? proposal.deciders.includes(actor) : proposal.proposer === actor;
  if (event !== 'schedule' && !isTheirs) return refuse('meetings.not-your-proposal');
  if (nextState(proposalTransitions, proposal.state, event) !== null) return null;
  return refuse('meetings.proposal-not-in-state', { state: `proposal.${proposal.state}` });
}
