import { z } from 'zod';
import { AgencyIdSchema, query } from '../kernel/public.ts';
import { AgencyCodeSchema } from '../directory/public.ts';
import { AlarmsReplySchema } from './alarm-messages.ts';
import { CapabilityCardSchema, peerStates } from './ledger.ts';

/** An agency on the network, as an administrator sees it. */
export const ConnectionViewSchema = z.object({
  id: AgencyIdSchema,
  name: z.string(),
  codes: z.array(AgencyCodeSchema),
  state: z.enum(peerStates),
  endedBecause: z.string().nullable(),
  card: CapabilityCardSchema,
  /** The edXML line it is reached over; null for one that is met on a hub. */
  line: z.string().nullable(),
  /** What both sides read to each other; null once it has ended, and where there are no keys. */
  code: z.string().nullable(),
});
export type ConnectionView = z.infer<typeof ConnectionViewSchema>;

export const connectionsContract = {
  /** One's own word on the network, null where the agency is not connected, and every agency met there. */
  connections: query(
    z.object({}),
    z.object({
      own: z.object({ name: z.string(), card: CapabilityCardSchema }).nullable(),
      peers: z.array(ConnectionViewSchema),
    }),
  ),
  /** What the gateway in the agency's server told a person; the server has to be in reach. */
  alarms: query(z.object({}), AlarmsReplySchema),
};
