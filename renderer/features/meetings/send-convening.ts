import { AgendaItemIdSchema } from '#shared/kernel/public.ts';
import type { Suggestion } from '#shared/meetings/public.ts';
import { ask, core, newId } from '../../app/client.ts';

type Convening = Parameters<typeof core.meetings.convene>[0]['body'];

/** Calls the meeting together and writes its agenda as it was last time, where that is wanted. */
export async function sendConvening(body: Convening, items: Suggestion['items']): Promise<void> {
  await ask(core.meetings.convene, body);
  const { meetingId } = body;
  const order = items.map(() => AgendaItemIdSchema.parse(newId()));
  for (const [place, { postponed: _, ...fields }] of items.entries()) {
    const itemId = order[place];
    if (itemId !== undefined) await ask(core.meetings.putItem, { meetingId, itemId, fields });
  }
  if (order.length > 0) await ask(core.meetings.arrange, { meetingId, order });
}
