import { z } from 'zod';
import { IdentityPolicySchema } from '../directory/public.ts';
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
import { TryIdentityReplySchema, TryIdentityRequestSchema } from './identity-messages.ts';
import { letRenew, revokeDevice } from './commands.ts';
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

/** A device as the list shows it. */
export const ListedDeviceSchema = DeviceSchema.extend({
  isThis: z.boolean(),
  /** How its certificate stands here, by this desk's own check of it. */
  standing: z.enum(['none', 'good', 'over', 'lapsed', 'does-not-fit']),
});
export type ListedDevice = z.infer<typeof ListedDeviceSchema>;

const FlowSchema = z.object({ flow: z.string(), url: z.url() });

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
  /** What an agency's address says; its server is asked by what one may join. */
  readAddress: query(
    z.object({ text: InvitationInputSchema }),
    z.object({
      agencyName: z.string(),
      host: z.string(),
      machine: z.string(),
      identity: z.string().nullable(),
    }),
  ),
  /** Joins by the agency's identity provider: the address to open in a browser, and then whose desk it became. */
  beginJoin: service(
    z.object({
      text: InvitationInputSchema,
      machine: z.string().trim().min(1).max(100),
      passphrase: z.string().max(200),
    }),
    FlowSchema,
  ),
  finishJoin: service(
    z.object({ flow: z.string().max(100) }),
    z.object({ agencyId: AgencyIdSchema, personId: PersonIdSchema }),
  ),
  /** The same desk goes on under a new key, with everything that was not sent; whoever sits there signs in again. */
  rejoin: service(z.object({ text: InvitationInputSchema }), OkSchema),
  /** Null at a desk that stands alone. */
  standing: query(z.object({}), z.object({ standing: StandingSchema.nullable() })),
  refused: query(z.object({}), z.object({ items: z.array(RefusedSchema) })),
  /** The same once more, on what stands now; the refused one is off the list when it is taken. */
  again: service(
    z.object({ commandId: CommandIdSchema, refused: CommandIdSchema }),
    z.object({ reply: ReplySchema }),
  ),
  giveUp: service(z.object({ refused: CommandIdSchema }), OkSchema),
  devices: query(z.object({}), z.object({ devices: z.array(ListedDeviceSchema), hasServer: z.boolean() })),
  /** Gives a person a code for one more desk: its text is shown once. */
  invite: service(
    z.object({ commandId: CommandIdSchema, personId: PersonIdSchema }),
    z.object({ invitation: z.string(), until: InstantSchema }),
  ),
  /** What people are told who join by the identity provider: the server, and how to know it. */
  serverAddress: query(z.object({}), z.object({ address: z.string() })),
  /** Asks the server whether the provider answers it as arranged. */
  tryIdentity: service(TryIdentityRequestSchema, TryIdentityReplySchema),
  /** Null takes the provider away; a secret of null leaves the one of before. */
  arrangeIdentity: service(
    z.object({
      commandId: CommandIdSchema,
      identity: IdentityPolicySchema.nullable(),
      secret: z.string().max(500).nullable(),
    }),
    z.object({ reply: ReplySchema }),
  ),
  /** By what number the provider knows somebody; null forgets it. */
  identifyPerson: service(
    z.object({
      commandId: CommandIdSchema,
      personId: PersonIdSchema,
      identifier: z.string().trim().max(200).nullable(),
    }),
    z.object({ reply: ReplySchema }),
  ),
  letRenew: command(letRenew),
  revokeDevice: command(revokeDevice),
};
