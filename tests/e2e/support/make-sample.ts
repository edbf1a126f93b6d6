import { test } from '@playwright/test';
import { buildRenderer } from '../../../cli/setup/build.mjs';
import { connectAsBrowser } from '../../support/browser-client.ts';
import { startOfficeProcess } from '../../support/started-office.ts';
import { endOffice, sampleFolder } from './start-office.ts';

test('the sample week is made through the contract, as its button does', async () => {
  test.setTimeout(180_000);
  buildRenderer(process.execPath);
  const { url, child } = await startOfficeProcess(sampleFolder());
  const { client, close } = await connectAsBrowser(url);
  await client.session.trySample({});
  close();
  await endOffice(child);
});
