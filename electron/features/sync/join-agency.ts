import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { AppError, type AgencyId, type PersonId } from '#shared/kernel/public.ts';
import type { InvitationText } from '#shared/node/agency-log/public.ts';
import { writeWhole } from '#shared/node/files/public.ts';
import { openEncrypted } from '#shared/node/sqlite/public.ts';
import type { Signed } from '../../host/context.ts';
import type { Clock } from '../../platform/clock.ts';
import { keepDevice } from '../../store/device-key.ts';
import { endJoining, joiningOf, keepJoining } from '../../store/joining.ts';
import { createKeyring, openKeyring } from '../../store/keyring.ts';
import { migrate } from '../../store/migrate.ts';
import { migrations } from '../../store/migrations/index.ts';
import { askToJoin, meet, mustRead, sendJoin } from '../../sync/join.ts';
import { deskFolder, isWorkedAt, writeDeskFile, type Sessions } from '../session/public.ts';
import { bringOwn } from './bring-own.ts';

type Joining = Readonly<{ text: string; machine: string; passphrase: string }>;

/** The desk goes on under a new key, when its profile lives twice or its server forgot it (`sync.md` 3.10). */
export async function rejoinAgency(
  signed: Signed,
  sessions: Pick<Sessions, 'home' | 'clock' | 'shutDesk'>,
  text: string,
): Promise<void> {
  const { folder, desk, shared } = signed.open;
  const invitation = mustRead(text);
  const { agencyId, agencyName, personId, invitationId } = invitation;
  const isOurs = shared !== null && agencyId === desk.agencyId && personId === shared.person;
  if (!isOurs) throw new AppError('sync.other-invitation');
  const asked = joiningOf(desk.db, invitationId) ?? askToJoin(invitation, hostname(), sessions.clock);
  keepJoining(desk.db, invitationId, asked);
  const server = await meet(invitation);
  await sendJoin(server, asked);
  desk.log.transaction(() => {
    shared.joined.rekey(asked.device);
    keepDevice(desk.db, asked.device);
    endJoining(desk.db);
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
 * server has agreed. When its answer is lost, what was asked stays, and the same invitation and passphrase go on with it;
 * otherwise nothing of it stays when anything fails.
 */
export async function joinAgency(
  { home, clock }: Readonly<{ home: string; clock: Clock }>,
  { text, machine, passphrase }: Joining,
): Promise<{ agencyId: AgencyId; personId: PersonId }> {
  const invitation = mustRead(text);
  const { agencyId, agencyName, personId, personName, invitationId } = invitation;
  const folder = deskFolder(home, agencyId, personId);
  if (isWorkedAt(folder)) throw new AppError('sync.joined-already', { name: personName });
  try {
    const key = await keyOfDesk(folder, invitation, { passphrase, clock });
    const db = openEncrypted({ path: join(folder, 'office.db'), key });
    try {
      migrate(db, migrations);
      const asked = joiningOf(db, invitationId) ?? askToJoin(invitation, machine, clock);
      keepJoining(db, invitationId, asked);
      keepDevice(db, asked.device);
      await bringOwn(home, { agencyId, personId, passphrase }, { to: db, clock });
      const server = await meet(invitation);
      // From here on the server may have agreed though nothing is heard of it.
      writeWhole(marker(folder), Buffer.from(invitationId));
      await sendJoin(server, asked);
      endJoining(db);
      writeDeskFile(home, { agencyId, agencyName, sample: false, server: { ...server, person: personId } });
    } finally {
      db.close();
    }
  } catch (error) {
    if (!mayHaveArrived(folder, error)) rmSync(folder, { recursive: true, force: true });
    throw error;
  }
  rmSync(marker(folder), { force: true });
  return { agencyId, personId };
}

type Opening = Readonly<{ passphrase: string; clock: Clock }>;

/** The data key of a desk to be: a fresh one, or the one under which this invitation was begun with. */
async function keyOfDesk(
  folder: string,
  { personId, personName, post, invitationId }: InvitationText,
  { passphrase, clock }: Opening,
): Promise<Uint8Array> {
  const keys = join(folder, 'keys.json');
  const isBegun = existsSync(marker(folder)) && readFileSync(marker(folder), 'utf8') === invitationId;
  if (isBegun) {
    return openKeyring(keys)
      .unlock(personId, passphrase, clock.now())
      .catch((error: unknown) => {
        const isWrong = error instanceof AppError && error.code === 'store.wrong-passphrase';
        throw isWrong ? new AppError('sync.joining-passphrase') : error;
      });
  }
  // A desk that was never finished, or that the agency took back.
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return createKeyring(keys, { id: personId, name: personName, post, passphrase }, clock.now());
}

function mayHaveArrived(folder: string, error: unknown): boolean {
  if (!existsSync(marker(folder)) || !(error instanceof AppError)) return false;
  const unheard = ['sync.server-away', 'sync.server-fault', 'sync.joining-passphrase', 'store.locked-out'];
  return unheard.includes(error.code) || error.code.startsWith('server.');
}

function marker(folder: string): string {
  return join(folder, 'joining');
}
