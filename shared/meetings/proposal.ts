import {
  assertNever,
  type Act,
  type AgendaItemId,
  type Aggregate,
  type Instant,
  type MeetingBodyId,
  type MeetingId,
  type PersonId,
  type ProposalId,
} from '../kernel/public.ts';
import { nextState } from '../documents/public.ts';
import {
  proposalTransitions,
  type Proposal,
  type ProposalEvent,
  type ProposalFields,
  type ProposedPaper,
} from './proposal-model.ts';

type ActOf<Type extends string, Body> = Readonly<{ type: Type; on: Act['on']; body: Body }>;

export type ProposalAct =
  | ActOf<
      'proposalRaised',
      {
        body: MeetingBodyId;
        fields: ProposalFields;
        papers: ProposedPaper[];
        proposer: PersonId;
        deciders: PersonId[];
        at: Instant;
      }
    >
  | ActOf<'proposalReturned', { reason: string }>
  | ActOf<'proposalScheduled', { meeting: MeetingId; item: AgendaItemId }>
  | ActOf<'proposalWithdrawn', Record<string, never>>;

export const proposalAggregate: Aggregate<Proposal, ProposalAct> = {
  kind: 'proposal',
  evolve(state, act) {
    if (act.type === 'proposalRaised') {
      const { fields, ...raised } = act.body;
      const id = act.on.id as ProposalId;
      return { ...fields, ...raised, id, state: 'submitted', returnedBecause: null, scheduled: null };
    }
    if (state === null) throw new Error('An act happened to a proposal that was never raised');
    switch (act.type) {
      case 'proposalReturned':
        return { ...to(state, 'return'), returnedBecause: act.body.reason };
      case 'proposalScheduled':
        return { ...to(state, 'schedule'), scheduled: act.body };
      case 'proposalWithdrawn':
        return to(state, 'withdraw');
      default:
        return assertNever(act);
    }
  },
};

function to(proposal: Proposal, event: ProposalEvent): Proposal {
  const state = nextState(proposalTransitions, proposal.state, event);
  if (state === null) throw new Error(`No way from ${proposal.state} by ${event}`);
  return { ...proposal, state };
}
