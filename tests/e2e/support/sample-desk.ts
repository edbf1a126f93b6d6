import { join } from 'node:path';
import { listDesks, openDeskFolder } from '#electron/features/session/open-desk.ts';
import { systemClock } from '#electron/platform/clock.ts';
import { openKeyring } from '#electron/store/keyring.ts';
import { readKeyringFile } from '#electron/store/keyring-file.ts';
import type { AgencyId, PersonId } from '#shared/kernel/public.ts';
import { samplePassphrase } from './people.ts';

/** The desk of the sample's department in a folder of desks. */
export function departmentIn(folder: string) {
  const department = listDesks(folder).find(({ agencyName }) => agencyName.startsWith('Sở'));
  if (department === undefined) throw new Error('The sample has no department');
  return department;
}

/** Opens a desk of the sample with the passphrase its people share, beside any window; close it before one is opened. */
export async function openSampleDesk({ folder, agencyId }: Readonly<{ folder: string; agencyId: AgencyId }>) {
  const keys = join(folder, 'keys.json');
  const { people } = readKeyringFile(keys);
  /** Somebody there, by the end of their name. */
  const called = (part: string): PersonId => {
    const found = people.find(({ name }) => name.endsWith(part));
    if (found === undefined) throw new Error(`Nobody is called ${part}`);
    return found.id;
  };
  const dataKey = await openKeyring(keys).unlock(called('Đức Thắng'), samplePassphrase, systemClock.now());
  return { open: openDeskFolder(folder, agencyId, { dataKey, clock: systemClock }), called };
}
