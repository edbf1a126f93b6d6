import { CommandIdSchema, type CommandId, type MeetingId, type Reply } from '#shared/kernel/public.ts';
import { agendaItemAggregate, meetingAggregate } from '#shared/meetings/public.ts';
import type { Signed } from '../../host/context.ts';
import { execute, runCommand } from '../../host/run-command.ts';
import { readState } from '../../store/read-state.ts';

type Asked = Readonly<{
  input: Readonly<{ commandId: CommandId; body: Readonly<{ meetingId: MeetingId }> }>;
  context: Readonly<{ signed: Signed }>;
  path: readonly string[];
}>;

/** Ends a meeting, or takes its signed minutes; then what was decided goes back to the files it was raised from. */
export function thenExcerpts(asked: Asked): Reply {
  const reply = runCommand(asked);
  if (reply.ok) sendExcerpts(asked.context.signed, asked.input.body.meetingId);
  return reply;
}

/** A file that takes none any more is closed or frozen: the command says so to whoever sends it by hand. */
export function sendExcerpts(signed: Signed, meetingId: MeetingId): void {
  const { db } = signed.open.desk;
  for (const itemId of readState(db, meetingAggregate, meetingId)?.order ?? []) {
    const item = readState(db, agendaItemAggregate, itemId);
    if (item?.dossier == null) continue;
    const commandId = CommandIdSchema.parse(signed.clock.newId());
    execute(signed, 'meetings.sendExcerpt', { commandId, body: { meetingId, itemId } });
  }
}
