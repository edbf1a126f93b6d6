import type { CoreClient } from '../../electron/host/core.ts';
import { clientOf, type Core } from '../../electron/host/core.ts';
import { createOffice } from '../../electron/features/sample/create-office.ts';
import { sampleOffices, type Part } from '../../electron/features/sample/offices.ts';
import type { Clock } from '../../electron/platform/clock.ts';
import type { AgencyId, PersonId } from '../../shared/kernel/public.ts';

export const demoPassphrase = 'AnTin@2026';
export const demoPin = '246810';

/** One agency of the demo, and its people at their desks: each signed in through the same door as the screens. */
export type DemoOffice = Readonly<{
  name: string;
  agencyId: AgencyId;
  person: (part: Part) => PersonId;
  as: (part: Part) => Promise<CoreClient>;
}>;

/** The parts somebody plays in the demo's day. */
const playing: readonly Part[] = [
  'clerk',
  'leader',
  'chief',
  'unitHead',
  'officer',
  'secondOfficer',
  'archivist',
];

/** Sets up the two sample agencies, without their sample week, in the demo's own folder. */
export async function openOffices(core: Core, home: string, clock: Clock): Promise<readonly DemoOffice[]> {
  const offices: DemoOffice[] = [];
  for (const office of sampleOffices) {
    const equipped = [...new Set([office.cast.administrator, ...playing.map((part) => office.cast[part])])];
    const parts = { home, clock, passphrase: demoPassphrase, pin: demoPin, sample: true, equipped };
    const { agencyId, part, open } = await createOffice(office, parts);
    open.close();
    const signedIn = new Map<Part, CoreClient>();
    offices.push({
      name: office.agency.name,
      agencyId,
      person: part,
      as: async (who) => {
        const known = signedIn.get(who);
        if (known !== undefined) return known;
        const client = clientOf(core, `${agencyId}/${who}`);
        await client.session.signIn({ agencyId, personId: part(who), passphrase: demoPassphrase });
        signedIn.set(who, client);
        return client;
      },
    });
  }
  return offices;
}
