import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { AppError, writtenMoment, type Instant, type PersonId } from '#shared/kernel/public.ts';
import { nodeFiles, type FileOperations } from '#shared/node/files/public.ts';
import { readKeyringFile, writeKeyringFile, type KeyringFile, type KeyringPerson } from './keyring-file.ts';
import type { KeyDoor } from './key-door.ts';
import { unwrapKey, wrapKey } from './key-wrapping.ts';
import { countTry, lockedUntil, lockOutRule, noTries, type LockOutRule } from './lock-out.ts';
import { assertStrongPassphrase, normalPassphrase } from './passphrase-rule.ts';

/** Someone who can sign in here; `id` is the person's in the directory. */
export type KeyHolder = Readonly<{ id: PersonId; name: string; post: string }>;

export type Keyring = Readonly<{
  people: (now: Instant) => readonly (KeyHolder & Readonly<{ lockedUntil: Instant | null }>)[];
  /** The 32-byte data key, for the right passphrase; a wrong one is counted, and the fifth locks. */
  unlock: (id: PersonId, passphrase: string, now: Instant) => Promise<Uint8Array>;
  /** Throws for somebody who is locked out. */
  assertMayTry: (id: PersonId, now: Instant) => void;
  doorOf: (id: PersonId) => KeyDoor | null;
  setDoor: (id: PersonId, door: KeyDoor | null) => void;
  /** Adds people who share a first passphrase, in this order; where one is there already, nobody is added. */
  addPeople: (people: readonly KeyHolder[], passphrase: string, dataKey: Uint8Array) => Promise<void>;
  /** Adds a person, or gives one who is there a new passphrase and a clean count. */
  setPerson: (person: KeyHolder, passphrase: string, dataKey: Uint8Array) => Promise<void>;
  /** The name and post that the sign-in page shows; whoever is not there stays not there. */
  describePerson: (person: KeyHolder) => void;
  /** Whoever is not there stays not there; the last person cannot go, because nobody could open the data then. */
  removePerson: (id: PersonId) => void;
  changePassphrase: (id: PersonId, change: PassphraseChange, now: Instant) => Promise<void>;
  /** The administrator's way to end a lock-out early. */
  clearLockOut: (id: PersonId) => void;
}>;

export type PassphraseChange = Readonly<{ passphrase: string; newPassphrase: string }>;

export type KeyringOptions = Readonly<{ lockOut?: LockOutRule; files?: FileOperations }>;

/** Makes `keys.json` with its first person and a fresh random data key, which it returns (32 bytes). */
export async function createKeyring(
  path: string,
  first: KeyHolder & Readonly<{ passphrase: string }>,
  now: Instant,
  { files = nodeFiles }: KeyringOptions = {},
): Promise<Uint8Array> {
  assertStrongPassphrase(first.passphrase);
  const dataKey = new Uint8Array(randomBytes(32));
  const person = await holderWith(first, first.passphrase, dataKey);
  if (existsSync(path)) throw new AppError('store.keys-there-already');
  writeKeyringFile(path, { version: 1, seenAt: now, people: [person] }, files);
  return dataKey;
}

/**
 * The keyring of an agency's folder. The file is read anew for every call and replaced in one step without waiting in
 * between, so any number of keyrings over one file count and change alike.
 */
export function openKeyring(
  path: string,
  { lockOut = lockOutRule, files = nodeFiles }: KeyringOptions = {},
): Keyring {
  function change(alter: (file: KeyringFile) => KeyringFile): KeyringFile {
    const altered = alter(readKeyringFile(path));
    writeKeyringFile(path, altered, files);
    return altered;
  }

  async function unlock(id: PersonId, passphrase: string, now: Instant): Promise<Uint8Array> {
    const counted = change((file) => withTry(file, id, { now, lockOut }));
    const person = personIn(counted, id);
    const dataKey = await unwrapKey(person.key, id, passphrase);
    if (dataKey === null) throw wrongPassphrase(person, lockOut);
    change((file) => withPerson(file, id, (holder) => ({ ...holder, tries: noTries })));
    return dataKey;
  }

  return {
    unlock,
    people: (now) => {
      const file = readKeyringFile(path);
      const at = latest(now, file.seenAt);
      return file.people.map(({ id, name, post, tries }) => ({
        id,
        name,
        post,
        lockedUntil: lockedUntil(tries, at),
      }));
    },
    assertMayTry: (id, now) => {
      assertNotLocked(readKeyringFile(path), id, now);
    },
    doorOf: (id) => personIn(readKeyringFile(path), id).door,
    setDoor: (id, door) => {
      if (door === null && personIn(readKeyringFile(path), id).door === null) return;
      change((file) => withPerson(file, id, (holder) => ({ ...holder, door })));
    },
    addPeople: async (people, passphrase, dataKey) => {
      assertStrongPassphrase(passphrase);
      const holders = await Promise.all(people.map((person) => holderWith(person, passphrase, dataKey)));
      const ids = new Set(people.map(({ id }) => id));
      change((file) => {
        if (file.people.some(({ id }) => ids.has(id))) throw new AppError('store.person-there-already');
        return { ...file, people: [...file.people, ...holders] };
      });
    },
    setPerson: async (person, passphrase, dataKey) => {
      assertStrongPassphrase(passphrase);
      const holder = await holderWith(person, passphrase, dataKey);
      change((file) =>
        file.people.some(({ id }) => id === person.id)
          ? withPerson(file, person.id, () => holder)
          : { ...file, people: [...file.people, holder] },
      );
    },
    describePerson: ({ id, name, post }) => {
      const held = readKeyringFile(path).people.find((person) => person.id === id);
      if (held === undefined || (held.name === name && held.post === post)) return;
      change((file) => withPerson(file, id, (holder) => ({ ...holder, name, post })));
    },
    removePerson: (id) => {
      const file = readKeyringFile(path);
      if (!file.people.some((person) => person.id === id)) return;
      const people = file.people.filter((person) => person.id !== id);
      if (people.length === 0) throw new AppError('store.last-person');
      writeKeyringFile(path, { ...file, people }, files);
    },
    changePassphrase: async (id, { passphrase, newPassphrase }, now) => {
      assertStrongPassphrase(newPassphrase);
      const dataKey = await unlock(id, passphrase, now);
      const isSame = normalPassphrase(passphrase) === normalPassphrase(newPassphrase);
      if (isSame) throw new AppError('store.same-passphrase');
      const key = await wrapKey(dataKey, id, newPassphrase);
      change((file) => withPerson(file, id, (holder) => ({ ...holder, key })));
    },
    clearLockOut: (id) => {
      change((file) => withPerson(file, id, (holder) => ({ ...holder, tries: noTries })));
    },
  };
}

type Attempt = Readonly<{ now: Instant; lockOut: LockOutRule }>;

function withTry(file: KeyringFile, id: PersonId, { now, lockOut }: Attempt): KeyringFile {
  const at = assertNotLocked(file, id, now);
  return withPerson({ ...file, seenAt: at }, id, (person) => ({
    ...person,
    tries: countTry(person.tries, at, lockOut),
  }));
}

function assertNotLocked(file: KeyringFile, id: PersonId, now: Instant): Instant {
  const at = latest(now, file.seenAt);
  const until = lockedUntil(personIn(file, id).tries, at);
  if (until !== null) throw new AppError('store.locked-out', { until: writtenMoment(until) });
  return at;
}

function withPerson(
  file: KeyringFile,
  id: PersonId,
  alter: (person: KeyringPerson) => KeyringPerson,
): KeyringFile {
  personIn(file, id);
  return { ...file, people: file.people.map((person) => (person.id === id ? alter(person) : person)) };
}

function personIn(file: KeyringFile, id: PersonId): KeyringPerson {
  const person = file.people.find((one) => one.id === id);
  if (person === undefined) throw new AppError('store.person-unknown');
  return person;
}

async function holderWith(
  { id, name, post }: KeyHolder,
  passphrase: string,
  dataKey: Uint8Array,
): Promise<KeyringPerson> {
  return { id, name, post, tries: noTries, key: await wrapKey(dataKey, id, passphrase), door: null };
}

function wrongPassphrase({ tries }: KeyringPerson, { tries: allowed }: LockOutRule): AppError {
  const { wrong, lockedUntil: until } = tries;
  if (until === null) return new AppError('store.wrong-passphrase', { left: allowed - wrong });
  return new AppError('store.locked-out', { until: writtenMoment(until) });
}

/** A clock set back neither ends a lock-out nor lengthens the rule. */
function latest(now: Instant, seenAt: Instant): Instant {
  return now > seenAt ? now : seenAt;
}
