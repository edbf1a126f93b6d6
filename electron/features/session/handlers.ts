import { join } from 'node:path';
import { mayRead, type Desk as DeskAtDoor } from '#shared/directory/public.ts';
import { documentAggregate, documentName } from '#shared/documents/public.ts';
import { AppError, refuse, type AgencyId, type Instant, type Refusal } from '#shared/kernel/public.ts';
import type { ReadDb } from '#shared/node/sqlite/public.ts';
import { anyone, signedIn, type Signed } from '../../host/context.ts';
import { lastBackup } from '../../store/backup.ts';
import { lastDatabaseCheck } from '../../store/check-database.ts';
import { fileFaults } from '../../store/check-files.ts';
import { openKeyring } from '../../store/keyring.ts';
import { readState } from '../../store/read-state.ts';
import { freshenLists } from '../authority/public.ts';
import { arrangeBackups, backupFault, backupPlace } from './daily-backup.ts';
import { beginOpening, finishOpening } from './open-by-identity.ts';
import { changesOf } from './changes.ts';
import { isWorkedAt, listDesks } from './open-desk.ts';
import { createSample, samplePassphrase, samplePin } from './sample-office.ts';
import { idleLockMinutes, type Current, type Sessions } from './sessions.ts';

export const sessionHandlers = {
  agencies: anyone.session.agencies.handler(({ context: { sessions } }) => {
    const desks = desksOf(sessions);
    const hasSample = desks.some((desk) => desk.sample);
    return {
      desks,
      wiped: listDesks(sessions.home)
        .filter(({ wiped }) => wiped)
        .map(({ agencyName }) => agencyName),
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
  beginIdentity: anyone.session.beginIdentity.handler(
    async ({ input, context: { sessions, sessionKey } }) => {
      const opening = await beginOpening(sessions, input);
      const { flow } = opening;
      sessions.openings.keep(flow, () => finishOpening(sessions, opening, { ...input, sessionKey }));
      return { flow: flow.id, url: flow.url };
    },
  ),
  finishIdentity: anyone.session.finishIdentity.handler(async ({ input, context: { sessions } }) => {
    const current = await sessions.openings.finish(input.flow);
    renewLists(current);
    return sessionOf(current);
  }),
  signOut: anyone.session.signOut.handler(({ context: { sessions, sessionKey } }) => {
    sessions.signOut(sessionKey);
    return { ok: true as const };
  }),
  trySample: anyone.session.trySample.handler(async ({ context: { sessions } }) => {
    if (desksOf(sessions).length > 0) throw new AppError('session.desk-there-already');
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
  safety: signedIn.session.safety.handler(({ context: { signed } }) => {
    const { db, log } = signed.open.desk;
    return {
      seq: log.head().seq,
      lastBackup: lastBackup(db),
      place: backupPlace(db),
      fault: backupFault(db),
      damaged: damagedPapers(signed),
      databaseDamagedAt: damagedAt(db),
      mayArrange: whyNotArrange(signed) === null,
    };
  }),
  arrangeBackups: signedIn.session.arrangeBackups.handler(async ({ input, context: { signed } }) => {
    const refusal = whyNotArrange(signed);
    if (refusal !== null) throw new AppError(refusal.code, refusal.params);
    await arrangeBackups(signed.open, input.place);
    return { ok: true as const };
  }),
};

function damagedAt(db: ReadDb): Instant | null {
  const last = lastDatabaseCheck(db);
  return last === null || last.sound ? null : last.at;
}

/** Only papers that whoever asks may read are named. */
function damagedPapers({ open, scope }: Pick<Signed, 'open' | 'scope'>): string[] {
  const { db } = open.desk;
  const papers = fileFaults(db)
    .flatMap(({ documents }) => documents)
    .map((id) => readState(db, documentAggregate, id))
    .filter((paper) => paper !== null)
    .filter((paper) => mayRead(scope, paper));
  return [...new Set(papers.map((paper) => documentName(paper)))];
}

/** Whoever takes a copy away takes what is in it: of one's own desk oneself, of one for all its administrator. */
function whyNotArrange({ open, person }: Pick<Signed, 'open' | 'person'>): Refusal | null {
  if (open.shared !== null || person.roles.includes('administrator')) return null;
  return refuse('directory.not-your-role', { roles: 'administrator' });
}

/** Nobody is turned away because a list could not be made: a full disk, say, has its own sentence where something is written. */
function renewLists({ open }: Current): void {
  try {
    freshenLists(open.desk);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
  }
}

/** Who may sit down, by agency: at a desk for all, or each at their own. */
function desksOf(sessions: Sessions): DeskAtDoor[] {
  const byAgency = new Map<AgencyId, DeskAtDoor>();
  for (const { agencyId, agencyName, sample, folder } of listDesks(sessions.home)) {
    if (!isWorkedAt(folder)) continue;
    const keyring = openKeyring(join(folder, 'keys.json'));
    const people = keyring
      .people(sessions.clock.now())
      .map((person) => ({ ...person, identity: keyring.doorOf(person.id)?.name ?? null }));
    const known = byAgency.get(agencyId);
    byAgency.set(agencyId, { agencyId, agencyName, sample, people: [...(known?.people ?? []), ...people] });
  }
  return [...byAgency.values()];
}

function sessionOf({ open, person }: Current) {
  return { agencyId: open.desk.agencyId, person, idleLockMinutes };
}
