import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { listDesks, openDeskFolder, type OpenDesk } from '../electron/features/session/open-desk.ts';
import { systemClock } from '../electron/platform/clock.ts';
import { openKeyring } from '../electron/store/keyring.ts';
import { AppError, type PersonId } from '../shared/kernel/public.ts';

/** Where the desks of this machine are kept. */
export function homeFolder(): string {
  return process.env['ANTIN_DATA'] ?? join(homedir(), '.antin');
}

type Access = Readonly<{
  home: string;
  agency: string | null;
  person: string | null;
  passphraseFile: string | null;
}>;

/** Opens one desk with the passphrase of a person who can sign in there; the first of each when none is named. */
export async function unlockDesk(access: Access): Promise<OpenDesk> {
  return (await sitDown(access)).open;
}

/** The same, with who it is that sits there. */
export async function sitDown({
  home,
  agency,
  person,
  passphraseFile,
}: Access): Promise<Readonly<{ open: OpenDesk; person: PersonId }>> {
  const desk = listDesks(home).find(
    ({ agencyId, server }) =>
      (agency === null || agencyId === agency) && (person === null || (server?.person ?? person) === person),
  );
  if (desk === undefined) throw new AppError('session.unknown-desk');
  const { folder } = desk;
  const keyring = openKeyring(join(folder, 'keys.json'));
  const now = systemClock.now();
  const holder = keyring.people(now).find(({ id }) => person === null || id === person);
  if (holder === undefined) throw new AppError('directory.unknown-person');
  const dataKey = await keyring.unlock(holder.id, await passphraseFrom(passphraseFile), now);
  const open = openDeskFolder(folder, desk.agencyId, { dataKey, clock: systemClock });
  return { open, person: holder.id };
}

/** The passphrase in a file, without its last line break; asked for when no file is given. */
export async function passphraseFrom(file: string | null): Promise<string> {
  if (file !== null) return read(file);
  const ask = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return await ask.question('Mật khẩu: ');
  } finally {
    ask.close();
  }
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8').replace(/\r?\n$/u, '');
  } catch (error) {
    throw new AppError('store.passphrase-file', { file }, error);
  }
}
