import { join } from 'node:path';
import { agencyAggregate } from '#shared/directory/public.ts';
import { DoneSchema } from '#shared/sync/public.ts';
import { makeDoor } from '../../store/key-door.ts';
import { openKeyring } from '../../store/keyring.ts';
import { readState } from '../../store/read-state.ts';
import type { OpenDesk } from './open-desk.ts';

/**
 * Leaves the server a fresh secret by which this desk opens after a sign-in at the identity provider, or takes the door
 * away where the agency has none any more. Without the server nothing changes.
 */
export async function keepDoor({ folder, desk, shared, dataKey }: OpenDesk): Promise<void> {
  if (shared === null || !desk.db.open) return;
  const keyring = openKeyring(join(folder, 'keys.json'));
  const { person: personId, device } = shared;
  const identity = readState(desk.db, agencyAggregate, desk.agencyId)?.identity ?? null;
  if (identity === null) {
    keyring.setDoor(personId, null);
    return;
  }
  const { door, secret, doorKey } = makeDoor(dataKey, { personId, device: device.id, name: identity.name });
  await shared.speak('/v1/identity/keep', { secret, doorKey }, DoneSchema);
  keyring.setDoor(personId, door);
}
