import { mustHappen } from '#electron/features/sample/act-as.ts';
import { systemClock } from '#electron/platform/clock.ts';
import type { Desk } from '#electron/store/desk.ts';
import { CommandIdSchema, PersonIdSchema } from '#shared/kernel/public.ts';

/** What only a gateway decides, as it does: in the agency's own name. */
export function byGateway(
  desk: Pick<Desk, 'agencyId' | 'execute' | 'now'>,
  name: string,
  body: unknown,
): void {
  const id = CommandIdSchema.parse(systemClock.newId());
  const actor = PersonIdSchema.parse(desk.agencyId);
  mustHappen(desk.execute({ id, name, actor, onBehalfOf: null, claimedAt: desk.now(), body }));
}
