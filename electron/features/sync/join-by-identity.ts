import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { AppError, type AgencyId, type PersonId } from '#shared/kernel/public.ts';
import { readAddress, type AddressText } from '#shared/node/agency-log/public.ts';
import { openEncrypted } from '#shared/node/sqlite/public.ts';
import { HereReplySchema } from '#shared/sync/public.ts';
import type { Clock } from '../../platform/clock.ts';
import { keepDevice } from '../../store/device-key.ts';
import { startCounting } from '../../store/counters.ts';
import type { DeviceKey } from '../../store/joined-desk.ts';
import { createKeyring } from '../../store/keyring.ts';
import { migrate } from '../../store/migrate.ts';
import { migrations } from '../../store/migrations/index.ts';
import { assertStrongPassphrase } from '../../store/passphrase-rule.ts';
import { beginIdentity, type IdentityFlow } from '../../sync/identity-flow.ts';
import { firstCertificate, meet, newDevice, publicKeyOf } from '../../sync/join.ts';
import { openDoor, type ServerAddress } from '../../sync/server-door.ts';
import { deskFolder, isWorkedAt, writeDeskFile } from '../session/public.ts';
import { bringOwn } from './bring-own.ts';

export type Joining = Readonly<{
  flow: IdentityFlow;
  address: AddressText;
  server: ServerAddress;
  device: DeviceKey;
  passphrase: string;
}>;

/** What an agency's address says, and what its server says of itself. */
export async function readPlace(text: string) {
  const address = mustReadAddress(text);
  const { agencyName, identity } = await openDoor(await meet(address)).post('/v1/here', {}, HereReplySchema);
  return { agencyName, identity, host: new URL(address.url).host, machine: hostname() };
}

type Order = Readonly<{ text: string; machine: string; passphrase: string }>;

/** Sends somebody to their identity provider, with the key of the desk that is to be theirs. */
export async function beginJoin({ text, machine, passphrase }: Order, clock: Clock): Promise<Joining> {
  // Refused now rather than after a journey.
  assertStrongPassphrase(passphrase);
  const address = mustReadAddress(text);
  const server = await meet(address);
  const device = newDevice(clock);
  const wants = { kind: 'join' as const, name: machine, publicKey: publicKeyOf(device) };
  const { agencyId } = address;
  const flow = await beginIdentity({ server, agencyId, device: device.id, key: device.key, wants });
  return { flow, address, server, device, passphrase };
}

/** Makes the desk of whoever came back, once the server has enrolled it for them. */
export async function finishJoin(
  { home, clock }: Readonly<{ home: string; clock: Clock }>,
  { flow, address, server, device, passphrase }: Joining,
): Promise<{ agencyId: AgencyId; personId: PersonId }> {
  const outcome = await flow.finish();
  if (outcome.kind !== 'join') throw new AppError('sync.server-fault', { status: 200 });
  const { agencyId } = address;
  const { personId, personName, post, agencyName } = outcome;
  const folder = deskFolder(home, agencyId, personId);
  if (isWorkedAt(folder)) throw new AppError('sync.joined-already', { name: personName });
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  try {
    const holder = { id: personId, name: personName, post, passphrase };
    const key = await createKeyring(join(folder, 'keys.json'), holder, clock.now());
    const db = openEncrypted({ path: join(folder, 'office.db'), key });
    try {
      migrate(db, migrations);
      keepDevice(db, device);
      // The server enrolled it by itself: none of this desk's commands has been given.
      startCounting(db);
      await bringOwn(home, { agencyId, personId, passphrase }, { to: db, clock });
    } finally {
      db.close();
    }
    await firstCertificate(openDoor(server), { agencyId, device });
    writeDeskFile(home, { agencyId, agencyName, sample: false, server: { ...server, person: personId } });
  } finally {
    if (!existsSync(join(folder, 'desk.json'))) rmSync(folder, { recursive: true, force: true });
  }
  return { agencyId, personId };
}

function mustReadAddress(text: string): AddressText {
  const address = readAddress(text);
  if (address === null) throw new AppError('sync.no-invitation');
  return address;
}
