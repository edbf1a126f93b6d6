import { agencyAggregate } from '#shared/directory/public.ts';
import { readConnection } from './connection.ts';
import { startGateway, type Gateway, type GatewayOrder } from './gateway.ts';
import { openOwnMailbox, type MailboxPlan } from './own-mailbox.ts';

/** Opens the agency's own mailbox where it keeps one, and starts its gateway where it is connected at all. */
export async function startExchange(
  order: Omit<GatewayOrder, 'connected'>,
  plan: MailboxPlan | null,
): Promise<Gateway> {
  const { folder, server, say } = order;
  const details = await server.looking((look) => look(agencyAggregate, folder.file.agencyId));
  const mailbox = plan === null ? null : await openOwnMailbox(folder, { ...plan, details, say });
  const connected = readConnection(order.folder, mailbox?.line ?? null);
  const gateway = connected === null ? noGateway : startGateway({ ...order, connected });
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
