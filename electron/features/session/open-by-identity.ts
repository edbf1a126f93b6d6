import { createPrivateKey } from 'node:crypto';
import { join } from 'node:path';
import { AppError, type AgencyId, type PersonId } from '#shared/kernel/public.ts';
import { openByDoor, type KeyDoor } from '../../store/key-door.ts';
import { openKeyring } from '../../store/keyring.ts';
import { beginIdentity, type IdentityFlow } from '../../sync/identity-flow.ts';
import { findDesk, type FoundDesk } from './open-desk.ts';
import type { Current, Sessions } from './sessions.ts';

type Who = { agencyId: AgencyId; personId: PersonId };
/** A sign-in that was begun, and the door that it is to open: another may have taken its place when it comes back. */
type Opening = Readonly<{ flow: IdentityFlow; door: KeyDoor }>;
type Doorway = Pick<Sessions, 'home' | 'clock' | 'takeBack' | 'enter'>;

/** Begins a sign-in at the identity provider that opens the desk of a person who joined here. */
export async function beginOpening(sessions: Doorway, { agencyId, personId }: Who): Promise<Opening> {
  const { folder, server } = mustFind(sessions, { agencyId, personId });
  const keyring = openKeyring(join(folder, 'keys.json'));
  // Whoever is locked out is so by every way in (QCVN 12:2026/BCA).
  keyring.assertMayTry(personId, sessions.clock.now());
  const door = keyring.doorOf(personId);
  if (door === null || server === null) throw new AppError('identity.no-secret');
  const key = createPrivateKey({ key: Buffer.from(door.key, 'base64'), format: 'der', type: 'pkcs8' });
  const beginning = { server, agencyId, device: door.device, key, wants: { kind: 'open' as const } };
  const flow = await takingBack(sessions, folder, () => beginIdentity(beginning));
  return { flow, door };
}

/** Opens the desk once the server gave its part of the key to the same person. */
export function finishOpening(
  sessions: Doorway,
  { flow, door }: Opening,
  { agencyId, personId, sessionKey }: Who & { sessionKey: string },
): Promise<Current> {
  const { folder } = mustFind(sessions, { agencyId, personId });
  return takingBack(sessions, folder, async () => {
    const outcome = await flow.finish();
    const keyring = openKeyring(join(folder, 'keys.json'));
    keyring.assertMayTry(personId, sessions.clock.now());
    if (outcome.kind !== 'open') throw new AppError('identity.no-secret');
    const dataKey = openByDoor(door, personId, outcome.secret);
    if (dataKey === null) throw new AppError('identity.no-secret');
    return sessions.enter(sessionKey, { agencyId, personId }, dataKey);
  });
}

function mustFind({ home }: Doorway, { agencyId, personId }: Who): FoundDesk {
  const found = findDesk(home, agencyId, personId);
  if (found === null) throw new AppError('session.unknown-desk');
  return found;
}

/** A desk that hears at its door that it was revoked need not be opened to wipe itself (`sync.md` 3.10). */
async function takingBack<Result>(
  { takeBack }: Doorway,
  folder: string,
  work: () => Promise<Result>,
): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof AppError && error.code === 'server.revoked') takeBack(folder);
    throw error;
  }
}
