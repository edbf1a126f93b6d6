import { z } from 'zod';
import { issuingCommands } from '../documents/public.ts';
import {
  AgencyIdSchema,
  CommandIdSchema,
  DocumentIdSchema,
  ReplySchema,
  command,
  query,
  service,
} from '../kernel/public.ts';
import { connectionsContract } from './connections-contract.ts';
import { prepare, settle, withdrawPrepared } from './dispatch-commands.ts';
import { returnDelivery } from './delivery-commands.ts';
import {
  AccessLevelSchema,
  ConsignmentSchema,
  DeliverySchema,
  PeerSchema,
  SucceedsSchema,
  mostRecipients,
} from './ledger.ts';
import { nextSteps, troubles } from './next-step.ts';
import { confirmPeer, changeCard, endPeer } from './peer-commands.ts';
import { FindingSchema } from './preflight.ts';
import { answerRecall, askBack } from './recall-commands.ts';

/** An agency that papers can go to over the network, as a clerk chooses it. */
export const PeerRowSchema = PeerSchema.pick({ id: true, name: true, codes: true, card: true, state: true });
export type PeerRow = z.infer<typeof PeerRowSchema>;

/** One recipient's ledger, with what a clerk can do about it now. */
export const ConsignmentRowSchema = z.object({
  consignment: ConsignmentSchema,
  next: z.enum(nextSteps),
  late: z.boolean(),
  /** Waits for a clerk until it is seen to. */
  trouble: z.enum(troubles).nullable(),
});
export type ConsignmentRow = z.infer<typeof ConsignmentRowSchema>;

const toWhom = {
  documentId: DocumentIdSchema,
  to: z.array(AgencyIdSchema).min(1).max(mostRecipients),
  access: AccessLevelSchema,
};

/** What a screen may ask. Sending itself goes through the service that has looked at the page. */
export const exchangeContract = {
  /** The agencies connected with this one, without itself and those the connection with has ended. */
  peers: query(z.object({}), z.object({ peers: z.array(PeerRowSchema) })),
  /** What stands against sending, as the page at this desk and the register say it; before the seal, what it will not mend. */
  preflight: query(z.object(toWhom), z.object({ findings: z.array(FindingSchema) })),
  /** Looks at the page, then sends it; issues it in the same act where that is still to be done. */
  send: service(
    z.object({
      ...toWhom,
      commandId: CommandIdSchema,
      succeeds: SucceedsSchema.nullable(),
      issuing: issuingCommands.issue.body.omit({ documentId: true }).nullable(),
    }),
    z.object({ reply: ReplySchema }),
  ),
  consignments: query(
    z.object({ documentId: DocumentIdSchema }),
    z.object({ consignments: z.array(ConsignmentRowSchema) }),
  ),
  /** How a received paper came over the network; null where it came another way. */
  delivery: query(
    z.object({ documentId: DocumentIdSchema }),
    z.object({ delivery: DeliverySchema.nullable() }),
  ),
  ...connectionsContract,
  prepare: command(prepare),
  withdrawPrepared: command(withdrawPrepared),
  settle: command(settle),
  askBack: command(askBack),
  answerRecall: command(answerRecall),
  returnDelivery: command(returnDelivery),
  confirmPeer: command(confirmPeer),
  endPeer: command(endPeer),
  changeCard: command(changeCard),
};
