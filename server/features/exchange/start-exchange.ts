import { agencyAggregate } from '#shared/directory/public.ts';
import type { AgencyFolder } from '../../data/agency-folder.ts';
import { readConnection } from './connection.ts';
import { startGateway, type Gateway, type GatewayOrder, type Surroundings } from './gateway.ts';
import { thisMachine } from './machine.ts';
import { openOwnMailbox, type MailboxPlan } from './own-mailbox.ts';

/** Opens the agency's own mailbox where it keeps one, and starts its gateway where it is connected at all. */
export async function startExchange(
  order: Omit<GatewayOrder, 'connected' | keyof Surroundings> & Readonly<{ folder: AgencyFolder }>,
  plan: MailboxPlan | null,
): Promise<Gateway> {
  const { folder, server, say } = order;
  const mailbox =
    plan === null
      ? null
      : await openOwnMailbox(folder, {
          plan,
          details: await server.looking((look) => look(agencyAggregate, folder.file.agencyId)),
          say,
        });
  const connected = readConnection(folder, mailbox?.line ?? null);
  const gateway =
    connected === null ? noGateway : startGateway({ ...order, connected, ...thisMachine(folder) });
  return {
    ...gateway,
    stop: async () => {
      await gateway.stop();
      await mailbox?.close();
    },
  };
}

/** An agency that is connected with nobody. */
const noGateway: Gateway = {
  nudge: () => undefined,
  lines: () => [],
  stop: () => Promise.resolve(),
};
