import { z } from 'zod';
import {
  AgencyIdSchema,
  CommandIdSchema,
  DocumentIdSchema,
  InstantSchema,
  PersonIdSchema,
  RefusalSchema,
  ReplySchema,
  command,
  query,
  service,
} from '../kernel/public.ts';
import { revokeDevice } from './commands.ts';
import { DeviceSchema } from './model.ts';

const OkSchema = z.object({ ok: z.literal(true) });
const InvitationInputSchema = z.string().min(1).max(8000);

/** How a desk stands with its server, and what is still on its way. */
export const StandingSchema = z.object({
  host: z.string(),
  state: z.enum(['even', 'busy', 'away', 'stopped']),
  /** Why it stopped. */
  because: z.string().nullable(),
  /** Since when the server is out of reach. */
  since: InstantSchema.nullable(),
  /** When the server last answered with what is new, since the desk was opened. */
  heardAt: InstantSchema.nullable(),
  /** The refusal or failure nobody expected, by its code. */
  fault: z.string().nullable(),
  /** Commands that the server does not have; decided ones that no second place holds; refused ones. */
  unsent: z.int(),
  unsafe: z.int(),
  refused: z.int(),
  /** Entries that are still to come; null before the server has answered. */
  left: z.int().nullable(),
  toSend: z.int(),
  toFetch: z.int(),
});
export type Standing = z.infer<typeof StandingSchema>;

/** A command of this desk that the server refused: what was wanted, and why not. */
export const RefusedSchema = z.object({
  commandId: CommandIdSchema,
  name: z.string(),
  body: z.unknown(),
  document: DocumentIdSchema.nullable(),
  subject: z.string().nullable(),
  claimedAt: InstantSchema,
  refusedAt: InstantSchema,
  refusal: RefusalSchema,
});
export type RefusedCommand = z.infer<typeof RefusedSchema>;

/** Slower than this a piece of a file would not come through before the server gives up on it. */
const leastKilobytes = 16;
const LimitSchema = z.int().min(leastKilobytes).max(1_000_000).nullable();
/** How much of the line a desk's files may take, in KB/s (1024 bytes); null is all of it. */
export const TrafficLimitsSchema = z.object({ up: LimitSchema, down: LimitSchema });
export type TrafficLimits = z.infer<typeof TrafficLimitsSchema>;

export const syncContract = {
  /** What an invitation says, before anything is done with it. */
  readInvitation: query(
    z.object({ text: InvitationInputSchema }),
    z.object({
      agencyName: z.string(),
      personName: z.string(),
      post: z.string(),
      host: z.string(),
      machine: z.string(),
    }),
  ),
  join: service(
    z.object({
      text: InvitationInputSchema,
      machine: z.string().trim().min(1).max(100),
      passphrase: z.string().max(200),
    }),
    z.object({ agencyId: AgencyIdSchema, personId: PersonIdSchema }),
  ),
  /** The same desk goes on under a new key, with everything that was not sent; whoever sits there signs in again. */
  rejoin: service(z.object({ text: InvitationInputSchema }), OkSchema),
  /** Null at a desk that stands alone. */
  standing: query(z.object({}), z.object({ standing: StandingSchema.nullable() })),
  limits: query(z.object({}), TrafficLimitsSchema),
  setLimits: service(TrafficLimitsSchema, OkSchema),
  refused: query(z.object({}), z.object({ items: z.array(RefusedSchema) })),
  /** The same once more, on what stands now; the refused one is off the list when it is taken. */
  again: service(
    z.object({ commandId: CommandIdSchema, refused: CommandIdSchema }),
    z.object({ reply: ReplySchema }),
  ),
  giveUp: service(z.object({ refused: CommandIdSchema }), OkSchema),
  devices: query(
    z.object({}),
    z.object({ devices: z.array(DeviceSchema.extend({ isThis: z.boolean() })), hasServer: z.boolean() }),
  ),
  /** Gives a person a code for one more desk: its text is shown once. */
  invite: service(
    z.object({ commandId: CommandIdSchema, personId: PersonIdSchema }),
    z.object({ invitation: z.string(), until: InstantSchema }),
  ),
  revokeDevice: command(revokeDevice),
};
