import { z } from 'zod';
import { hubAt, ended, type HubAt } from '../../support/two-agencies.ts';
import { agencyOfSample, type AgencyOfSample } from './agency-of-sample.ts';
import { papersToSign } from './papers-to-sign.ts';

type Ports = Readonly<{ hub: number; department: number; commune: number }>;

/** Both agencies of the sample at servers of their own, a hub between them, their codes compared. */
export type ConnectedAgencies = Readonly<{
  department: AgencyOfSample;
  commune: AgencyOfSample;
  /** The hub goes away, and comes back with all that it holds. */
  stopHub: () => Promise<void>;
  startHub: () => Promise<void>;
  remove: () => Promise<void>;
}>;

const communeName = 'Ủy ban nhân dân xã An Phú';

/** `signed` papers of the department wait for its clerk, meant for the commune. */
export async function connectedAgencies(ports: Ports, signed: number): Promise<ConnectedAgencies> {
  const hub = hubAt(ports.hub);
  let hubProcess = await hub.start();
  const department = await agencyOfSample(ports.department, {
    before: (desk) => papersToSign(desk, { count: signed, to: communeName, areSigned: true }),
  });
  const commune = await agencyOfSample(ports.commune, { named: 'Ủy ban' });
  const both = [department, commune] as const;
  for (const agency of both) admit(hub, agency);
  // Each learns of the other from the hub's directory; then their administrators read the digits to each other.
  await untilMet(both);
  for (const agency of both) {
    const [peer] = peersOf(agency);
    if (peer === undefined) throw new Error('Nobody is there');
    agency.serve('confirm', '--agency', peer.id, '--code', peer.code);
  }
  return {
    department,
    commune,
    stopHub: () => ended(hubProcess),
    startHub: async () => {
      hubProcess = await hub.start();
    },
    remove: async () => {
      for (const agency of both) await agency.remove();
      await ended(hubProcess);
      hub.remove();
    },
  };
}

/** Lets an agency in, as its administrator and the hub's do it on the telephone. */
function admit(hub: HubAt, agency: AgencyOfSample): void {
  const { invitation } = z
    .object({ invitation: z.string() })
    .parse(JSON.parse(hub.serve('hub-invite', '--url', hub.url)));
  const told = agency.serve('connect', '--invitation', invitation, '--json');
  const { code } = z.object({ code: z.string() }).parse(JSON.parse(told));
  hub.serve('admit', '--agency', agency.agencyId, '--code', code);
}

const PeersSchema = z.array(z.object({ id: z.string(), state: z.string(), code: z.string() }));

function peersOf(agency: AgencyOfSample): z.infer<typeof PeersSchema> {
  return PeersSchema.parse(JSON.parse(agency.serve('peers', '--json')));
}

/** A server reads the directory as it starts; what it learnt is asked for once it stands still and the folder is free. */
async function untilMet(agencies: readonly AgencyOfSample[]): Promise<void> {
  const hasMet = (agency: AgencyOfSample): boolean => (peersOf(agency)[0]?.code ?? '') !== '';
  // A slow machine gets longer with every round.
  for (let round = 0; round < 8 && !agencies.every(hasMet); round += 1) {
    for (const agency of agencies) await agency.start();
    await new Promise((soon) => setTimeout(soon, 3000 * (round + 1)));
    for (const agency of agencies) await agency.stop();
  }
}
