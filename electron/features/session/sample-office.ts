import { rmSync } from 'node:fs';
import { dayOf } from '#shared/kernel/public.ts';
import type { Clock } from '../../platform/clock.ts';
import { createOffice, liveThroughWeek, sampleLetters, sampleOffices, storyClock } from '../sample/public.ts';
import { deskFolder } from './open-desk.ts';

/** Known to everyone, for the invented people of the sample only; a real desk gives its own. */
export const samplePassphrase = 'AnTin@2026';
export const samplePin = '246810';

/** Makes the two sample agencies on this machine; whatever was half made is taken away again on failure. */
export async function createSample(home: string, real: Clock): Promise<void> {
  const today = dayOf(real.now());
  for (const office of sampleOffices) {
    const clock = storyClock(real);
    const parts = { home, clock, passphrase: samplePassphrase, pin: samplePin, sample: true };
    const created = await createOffice(office, parts);
    try {
      await liveThroughWeek(created, { clock, pin: samplePin, today, letters: sampleLetters });
      await created.open.texts.settled();
      created.open.close();
    } catch (error) {
      created.open.close();
      rmSync(deskFolder(home, created.agencyId), { recursive: true, force: true });
      throw error;
    }
  }
}
