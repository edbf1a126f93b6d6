import { join } from 'node:path';
import type { Access } from '#shared/access/public.ts';
import { personAggregate, type Person } from '#shared/directory/public.ts';
import { AppError, type AgencyId, type PersonId } from '#shared/kernel/public.ts';
import type { Clock } from '../../platform/clock.ts';
import { keepChecking } from '../../store/keep-checking.ts';
import { openKeyring } from '../../store/keyring.ts';
import { markDamaged } from '../../store/repair/repair.ts';
import { readState } from '../../store/read-state.ts';
import { deskName, keepFixing, keepStamping, noteAccess, stampOwnHead } from '../access/public.ts';
import { Exports, Uploads } from '../documents/public.ts';
import { keepProving } from '../signing/public.ts';
import { checkingOf, keepBackedUp } from './daily-backup.ts';
import { keepDoor } from './keep-door.ts';
import { knownPerson } from './first-pages.ts';
import { createFlowBook, type FlowBook } from './flow-book.ts';
import { findDesk, openDeskFolder, wipeDesk, type OpenDesk } from './open-desk.ts';

/** An office programme with important data locks after at most 15 idle minutes (QCVN 12:2026/BCA). */
export const idleLockMinutes = 15;

export type Current = Readonly<{ open: OpenDesk; person: Person; uploads: Uploads; exports: Exports }>;

/** Who is signed in at which window, and the desks that are open for them. */
export type Sessions = Readonly<{
  home: string;
  clock: Clock;
  current: (sessionKey: string) => Current | null;
  signIn: (
    sessionKey: string,
    who: { agencyId: AgencyId; personId: PersonId; passphrase: string },
  ) => Promise<Current>;
  /** Sits somebody down whose data key is known already, by the word of the identity provider. */
  enter: (sessionKey: string, who: Who, dataKey: Uint8Array) => Promise<Current>;
  /** Joinings and sign-ins that are away at the identity provider. */
  joinings: FlowBook<Who>;
  openings: FlowBook<Current>;
  signOut: (sessionKey: string) => void;
  /** The agency believes the desk in this folder no longer: its data goes. */
  takeBack: (folder: string) => void;
  /** Shows everybody out who sits at the desk in this folder, and closes it; the next to sign in opens it anew. */
  shutDesk: (folder: string) => void;
  /** Something in the database of this shared desk could not be read: it is shut, and mended before it opens again. */
  foundDamaged: (folder: string) => void;
  onSignOut: (listener: (sessionKey: string) => void) => void;
  close: () => void;
}>;

type Who = { agencyId: AgencyId; personId: PersonId };

type Session = {
  /** Where the desk lies at which they sit. */
  folder: string;
  personId: PersonId;
  usedAtMs: number;
  uploads: Uploads;
  exports: Exports;
};

function cameOrWent(what: 'signedIn' | 'signedOut', open: OpenDesk): Access {
  return { what, on: { kind: 'desk', id: deskName(open) }, file: null };
}

export function createSessions(home: string, clock: Clock): Sessions {
  const open = new Map<string, OpenDesk>();
  const sessions = new Map<string, Session>();
  const listeners = new Set<(sessionKey: string) => void>();
  /** One after the other: what the server keeps and what the desk keeps belong together. */
  let doors: Promise<void> = Promise.resolve();
  const joinings = createFlowBook<Who>();
  const openings = createFlowBook<Current>();

  /** A desk at which somebody works goes on with what nobody waits for, until it is closed. */
  function openForWork(folder: string, agencyId: AgencyId, dataKey: Uint8Array): OpenDesk {
    const desk = openDeskFolder(folder, agencyId, { dataKey, clock });
    // Among many desks nobody proves in another's name: what is signed there is stamped as it is signed.
    const stop = desk.shared === null ? keepProving(desk.proofs, desk.desk) : () => undefined;
    const stopCopies = keepBackedUp(desk);
    const stopFixing = keepFixing(desk, clock.newId, () => undefined); // Tried again within a minute.
    const stopStamping =
      desk.shared === null ? keepStamping(desk.desk, clock.newId, () => undefined) : () => undefined;
    const checking = {
      ...checkingOf(desk),
      // At a desk that stands alone a person has to bring a copy back; its status says so.
      onDamaged: () => {
        if (desk.shared !== null) foundDamaged(folder);
      },
    };
    const stopChecking = keepChecking(checking, () => undefined); // Looked at again within the hour.
    desk.desk.onChanged(({ kinds }) => {
      if (kinds.includes('agency')) renewDoor(desk);
    });
    desk.shared?.begin({
      onFile: desk.texts.add,
      onRevoked: () => {
        takeBack(folder);
      },
      onDamaged: () => {
        foundDamaged(folder);
      },
    });
    return {
      ...desk,
      close: () => {
        stop();
        stopCopies();
        stopChecking();
        stopFixing();
        stopStamping();
        desk.close();
      },
    };
  }

  /** What was left at the server before stays good when this does not come about. */
  function renewDoor(desk: OpenDesk): void {
    doors = doors.then(async () => {
      try {
        await keepDoor(desk);
      } catch (error) {
        if (!(error instanceof AppError) && desk.desk.db.open) throw error;
      }
    });
  }

  async function enter(
    sessionKey: string,
    { agencyId, personId }: Who,
    dataKey: Uint8Array,
  ): Promise<Current> {
    const found = findDesk(home, agencyId, personId);
    if (found === null) throw new AppError('session.unknown-desk');
    const { folder } = found;
    const desk = open.get(folder) ?? openForWork(folder, agencyId, dataKey);
    open.set(folder, desk);
    const person = await knownPerson(desk, personId);
    if (person === null || !person.active) throw new AppError('directory.person-left');
    const files = { uploads: new Uploads(clock.newId), exports: new Exports(clock.newId) };
    sessions.set(sessionKey, { folder, personId, usedAtMs: Date.parse(clock.now()), ...files });
    noteAccess(desk, personId, cameOrWent('signedIn', desk));
    return { open: desk, person, ...files };
  }

  /** The agency believes this desk no longer: whoever sits here is shown out, and the data goes (`sync.md` 3.10). */
  function takeBack(folder: string): void {
    shutDesk(folder);
    wipeDesk(folder);
  }

  /** Its database is mended when somebody signs in the next time, while nothing works on it (`sync.md` 3.2). */
  function foundDamaged(folder: string): void {
    markDamaged(folder);
    shutDesk(folder);
  }

  function shutDesk(folder: string): void {
    for (const [key, session] of sessions) if (session.folder === folder) showOut(key);
    open.get(folder)?.close();
    open.delete(folder);
  }

  function signOut(sessionKey: string): void {
    const session = sessions.get(sessionKey);
    const desk = session === undefined ? undefined : open.get(session.folder);
    if (session !== undefined && desk !== undefined) {
      noteAccess(desk, session.personId, cameOrWent('signedOut', desk));
    }
    showOut(sessionKey);
    if (desk !== undefined && desk.shared === null && sessions.size === 0) closeForToday(desk);
  }

  /** The last one has left: nobody waits for the stamp of what was done today. */
  function closeForToday({ desk }: OpenDesk): void {
    stampOwnHead(desk, clock.newId, true).catch((error: unknown) => {
      if (!(error instanceof AppError) && desk.db.open) throw error;
    });
  }

  /** Nothing is put down: the desk goes, or cannot be written any more. */
  function showOut(sessionKey: string): void {
    sessions.get(sessionKey)?.exports.clear();
    sessions.delete(sessionKey);
    for (const listener of listeners) listener(sessionKey);
  }

  function current(sessionKey: string): Current | null {
    const session = sessions.get(sessionKey);
    const desk = session === undefined ? undefined : open.get(session.folder);
    if (session === undefined || desk === undefined) return null;
    const nowMs = Date.parse(clock.now());
    if (nowMs - session.usedAtMs > idleLockMinutes * 60_000) {
      signOut(sessionKey);
      return null;
    }
    session.usedAtMs = nowMs;
    const person = readState(desk.desk.db, personAggregate, session.personId);
    if (person === null) return null;
    return { open: desk, person, uploads: session.uploads, exports: session.exports };
  }

  return {
    home,
    clock,
    current,
    async signIn(sessionKey, { agencyId, personId, passphrase }) {
      const found = findDesk(home, agencyId, personId);
      if (found === null) throw new AppError('session.unknown-desk');
      const { folder } = found;
      const keyring = openKeyring(join(folder, 'keys.json'));
      const dataKey = await keyring.unlock(personId, passphrase, clock.now());
      const entered = await enter(sessionKey, { agencyId, personId }, dataKey);
      renewDoor(entered.open);
      return entered;
    },
    enter,
    joinings,
    openings,
    takeBack,
    signOut,
    shutDesk,
    foundDamaged,
    onSignOut: (listener) => listeners.add(listener),
    close: () => {
      joinings.close();
      openings.close();
      for (const desk of open.values()) desk.close();
      open.clear();
      sessions.clear();
    },
  };
}
