import { join } from 'node:path';
import { AppError } from '#shared/kernel/public.ts';
import { anyone, signedIn } from '../../host/context.ts';
import { lastBackup } from '../../store/backup.ts';
import { openKeyring } from '../../store/keyring.ts';
import { freshenLists } from '../authority/public.ts';
import { changesOf } from './changes.ts';
import { deskFolder, listDesks } from './open-desk.ts';
import { createSample, samplePassphrase, samplePin } from './sample-office.ts';
import { idleLockMinutes, type Current, type Sessions } from './sessions.ts';

export const sessionHandlers = {
  agencies: anyone.session.agencies.handler(({ context: { sessions } }) => {
    const desks = desksOf(sessions);
    const hasSample = desks.some((desk) => desk.sample);
    return {
      desks,
      samplePassphrase: hasSample ? samplePassphrase : null,
      samplePin: hasSample ? samplePin : null,
    };
  }),
  current: anyone.session.current.handler(({ context: { sessions, sessionKey } }) => {
    const current = sessions.current(sessionKey);
    return { session: current === null ? null : sessionOf(current) };
  }),
  signIn: anyone.session.signIn.handler(async ({ input, context: { sessions, sessionKey } }) => {
    const current = await sessions.signIn(sessionKey, input);
    renewLists(current);
    return sessionOf(current);
  }),
  signOut: anyone.session.signOut.handler(({ context: { sessions, sessionKey } }) => {
    sessions.signOut(sessionKey);
    return { ok: true as const };
  }),
  trySample: anyone.session.trySample.handler(async ({ context: { sessions } }) => {
    if (listDesks(sessions.home).length > 0) throw new AppError('session.desk-there-already');
    await createSample(sessions.home, sessions.clock);
    return { desks: desksOf(sessions) };
  }),
  changePassphrase: signedIn.session.changePassphrase.handler(
    async ({ input, context: { sessions, signed } }) => {
      const keyring = openKeyring(join(signed.open.folder, 'keys.json'));
      await keyring.changePassphrase(signed.person.id, input, sessions.clock.now());
      return { ok: true as const };
    },
  ),
  changes: signedIn.session.changes.handler(({ context: { signed, sessions }, signal }) =>
    changesOf({ signed, sessions, signal }),
  ),
  safety: signedIn.session.safety.handler(({ context: { signed } }) => ({
    seq: signed.open.desk.log.head().seq,
    lastBackup: lastBackup(signed.open.desk.db),
  })),
};

/** Nobody is turned away because a list could not be made: a full disk, say, has its own sentence where something is written. */
function renewLists({ open }: Current): void {
  try {
    freshenLists(open.desk);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
  }
}

function desksOf(sessions: Sessions) {
  return listDesks(sessions.home).map((desk) => {
    const keyring = openKeyring(join(deskFolder(sessions.home, desk.agencyId), 'keys.json'));
    return { ...desk, people: [...keyring.people(sessions.clock.now())] };
  });
}

function sessionOf({ open, person }: Current) {
  return { agencyId: open.desk.agencyId, person, idleLockMinutes };
}
