import { agendaItemAggregate } from '#shared/meetings/public.ts';
import type { Task } from '#shared/workflow/public.ts';
import type { Signed } from '../../host/context.ts';
import { readState } from '../../store/read-state.ts';

/** What a meeting gave is followed by whoever gave it, who does it, and who reads the item it came from. */
export function followsTask({ open, person }: Pick<Signed, 'open' | 'person'>, task: Task): boolean {
  if (task.meeting === undefined) return false;
  if (task.person === person.id || task.giver === person.id) return true;
  const item = readState(open.desk.db, agendaItemAggregate, task.meeting.item);
  return item?.readers.includes(person.id) === true;
}
