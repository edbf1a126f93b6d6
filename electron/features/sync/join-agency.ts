import { mkdirSync, rmSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { AppError, type AgencyId, type PersonId } from '#shared/kernel/public.ts';
import { openEncrypted } from '#shared/node/sqlite/public.ts';
import type { Signed } from '../../host/context.ts';
import type { Clock } from '../../platform/clock.ts';
import { keepDevice } from '../../store/device-key.ts';
import { createKeyring } from '../../store/keyring.ts';
import { migrate } from '../../store/migrate.ts';
import { migrations } from '../../store/migrations/index.ts';
import { bringOwn } from './bring-own.ts';
import { join as joinServer, mustRead, newDevice } from '../../sync/join.ts';
import { deskFolder, isWorkedAt, writeDeskFile, type Sessions } from '../session/public.ts';

type Joining = Readonly<{ text: string; machine: string; passphrase: string }>;

/** The desk goes on under a new key, when its profile lives twice or its server forgot it (`sync.md` 3.10). */
export async function rejoinAgency(
  signed: Signed,
  sessions: Pick<Sessions, 'home' | 'clock' | 'shutDesk'>,
  text: string,
): Promise<void> {
  const { folder, desk, shared } = signed.open;
  const { agencyId, agencyName, personId } = mustRead(text);
  const isOurs = shared !== null && agencyId === desk.agencyId && personId === shared.person;
  if (!isOurs) throw new AppError('sync.other-invitation');
  const { server, device } = await joinServer(text, hostname(), sessions.clock);
  desk.log.transaction(() => {
    shared.joined.rekey(device);
    keepDevice(desk.db, device);
  });
  writeDeskFile(sessions.home, {
    agencyId,
    agencyName,
    sample: false,
    server: { ...server, person: personId },
  });
  sessions.shutDesk(folder);
}

/**
 * Makes a desk for the person an invitation names and has the agency's server enrol it. The desk is there once the
 * server has agreed; until then nothing of it stays when anything fails.
 */
export async function joinAgency(
  { home, clock }: Readonly<{ home: string; clock: Clock }>,
  { text, machine, passphrase }: Joining,
): Promise<{ agencyId: AgencyId; personId: PersonId }> {
  const { agencyId, agencyName, personId, personName, post } = mustRead(text);
  const folder = deskFolder(home, agencyId, personId);
  if (isWorkedAt(folder)) throw new AppError('sync.joined-already', { name: personName });
  // A desk that was never finished, or that the agency took back.
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  try {
    const holder = { id: personId, name: personName, post, passphrase };
    const key = await createKeyring(join(folder, 'keys.json'), holder, clock.now());
    const device = newDevice(clock);
    const db = openEncrypted({ path: join(folder, 'office.db'), key });
    try {
      migrate(db, migrations);
      keepDevice(db, device);
      await bringOwn(home, { agencyId, personId, passphrase }, { to: db, clock });
    } finally {
      db.close();
    }
    const { server } = await joinServer(text, machine, clock, device);
    writeDeskFile(home, { agencyId, agencyName, sample: false, server: { ...server, person: personId } });
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
  return { agencyId, personId };
}
