import { join } from 'node:path';
import { test } from '@playwright/test';
import { listDesks } from '#electron/features/session/open-desk.ts';
import { unwrapKey, wrapKey } from '#electron/store/key-wrapping.ts';
import { readKeyringFile, writeKeyringFile } from '#electron/store/keyring-file.ts';
import { buildRenderer } from '../../../cli/setup/build.mjs';
import { connectAsBrowser } from '../../support/browser-client.ts';
import { startOfficeProcess } from '../../support/started-office.ts';
import { samplePassphrase } from './people.ts';
import { endOffice, sampleFolder } from './start-office.ts';

const little = { memoryKiB: 8, iterations: 1, parallelism: 1 };

test('the sample week is made through the contract, as its button does', async () => {
  test.setTimeout(180_000);
  buildRenderer(process.execPath);
  const { url, child } = await startOfficeProcess(sampleFolder());
  const { client, close } = await connectAsBrowser(url);
  await client.session.trySample({});
  close();
  await endOffice(child);
  for (const { folder } of listDesks(sampleFolder())) await makeCheap(join(folder, 'keys.json'));
});

/** The tests sign in hundreds of times: what a passphrase costs whoever tries it, the tests of the keyring look at. */
async function makeCheap(path: string): Promise<void> {
  const file = readKeyringFile(path);
  const people = await Promise.all(
    file.people.map(async (person) => {
      const dataKey = await unwrapKey(person.key, person.id, samplePassphrase);
      if (dataKey === null) throw new Error('The sample’s passphrase is another one');
      return { ...person, key: await wrapKey(dataKey, person.id, samplePassphrase, little) };
    }),
  );
  writeKeyringFile(path, { ...file, people });
}
