import {
  CommandIdSchema,
  type AgendaItemId,
  type CommandId,
  type MeetingId,
  type ProposalId,
  type Reply,
} from '#shared/kernel/public.ts';
import { meetingAggregate, proposalAggregate, type Proposal } from '#shared/meetings/public.ts';
import type { Signed } from '../../host/context.ts';
import { execute } from '../../host/run-command.ts';
import { readAll, readState } from '../../store/read-state.ts';

/** What this person proposed, and what waits for them; the newest first. */
export function proposalsOf({ open, person }: Pick<Signed, 'open' | 'person'>) {
  const all = readAll(open.desk.db, proposalAggregate).toSorted((a, b) => b.at.localeCompare(a.at));
  const waits = ({ state, deciders }: Proposal) => state === 'submitted' && deciders.includes(person.id);
  return { mine: all.filter(({ proposer }) => proposer === person.id), waiting: all.filter(waits) };
}

type Scheduling = Readonly<{
  commandId: CommandId;
  body: Readonly<{ proposalId: ProposalId; meetingId: MeetingId; itemId: AgendaItemId }>;
}>;

/** Makes it an item; then that stands last on the agenda. */
export function schedule(signed: Signed, { commandId, body }: Scheduling): Reply {
  const reply = execute(signed, 'meetings.scheduleProposal', { commandId, body });
  const { meetingId, itemId } = body;
  const meeting = readState(signed.open.desk.db, meetingAggregate, meetingId);
  if (!reply.ok || meeting === null || meeting.order.includes(itemId)) return reply;
  const arranging = CommandIdSchema.parse(signed.clock.newId());
  const order = [...meeting.order, itemId];
  const arranged = execute(signed, 'meetings.arrange', {
    commandId: arranging,
    body: { meetingId, order },
  });
  return arranged.ok ? reply : arranged;
}
