import { z } from 'zod';
import { IdentityPolicySchema, LeasingSchema } from '../directory/public.ts';
import {
  AgencyIdSchema,
  CommandIdSchema,
  DeviceIdSchema,
  DocumentIdSchema,
  InstantSchema,
  PersonIdSchema,
  RefusalSchema,
  ReplySchema,
  command,
  query,
  service,
} from '../kernel/public.ts';
import { leaseNumbers, letRenew, returnLease, revokeDevice, voidLease } from './commands.ts';
import { TryIdentityReplySchema, TryIdentityRequestSchema } from './identity-messages.ts';
import { DeviceSchema, HeldLeaseSchema } from './model.ts';
import { TwoVersionsSchema } from './two-versions.ts';

const OkSchema = z.object({ ok: z.literal(true) });
const InvitationInputSchema = z.string().min(1).max(8000);

/** What was saved out of a damaged database, for telling the person whose it was. */
export const RepairedSchema = z.object({
  at: InstantSchema,
  /** Commands that the server may not have; drafts; files that go to it again. */
  commands: z.int(),
  drafts: z.int(),
  files: z.int(),
  /** Pages of the database that said nothing any more. */
  unreadable: z.int(),
});
export type Repaired = z.infer<typeof RepairedSchema>;

/** How a desk stands with its server, and what is still on its way. */
export const StandingSchema = z.object({
  host: z.string(),
  state: z.enum(['even', 'busy', 'away', 'stopped', 'paused']),
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
  /** How many there were to come when it began: what the progress of a first time is told by. */
  ofLeft: z.int().nullable(),
  toSend: z.int(),
  toFetch: z.int(),
  bytesToSend: z.int(),
  bytesToFetch: z.int(),
  /** What the commands are that the server does not have, the most frequent first. */
  kinds: z.array(z.object({ name: z.string(), count: z.int() })),
  /** Papers and the like that carry acts of a newer version, and stand as they were before those. */
  deferred: z.int(),
  /** Until it was read. */
  repaired: RepairedSchema.nullable(),
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
  /** The refused command that this one was given on top of, and which it fell with. */
  restsOn: CommandIdSchema.nullable(),
  versions: TwoVersionsSchema,
});
export type RefusedCommand = z.infer<typeof RefusedSchema>;

/** A device as the list shows it. */
export const ListedDeviceSchema = DeviceSchema.extend({
  isThis: z.boolean(),
  /** How its certificate stands here, by this desk's own check of it. */
  standing: z.enum(['none', 'good', 'over', 'lapsed', 'does-not-fit']),
});
export type ListedDevice = z.infer<typeof ListedDeviceSchema>;
/** A block of numbers that is out, as far as this desk may know: the register itself is not for everyone. */
export const OutLeaseSchema = HeldLeaseSchema.omit({ ended: true }).extend({
  device: DeviceIdSchema,
  deviceName: z.string(),
  person: PersonIdSchema,
  isThis: z.boolean(),
  /** Its numbers that no paper carries yet, what of it is next, and whether this desk has asked to give it back. */
  left: z.int().nullable(),
  next: z.int().nullable(),
  returning: z.boolean(),
});
export type OutLease = z.infer<typeof OutLeaseSchema>;
/** Slower than this a piece of a file would not come through before the server gives up on it. */
const leastKilobytes = 16;
const LimitSchema = z.int().min(leastKilobytes).max(1_000_000).nullable();
/** How much of the line a desk's files may take, in KB/s (1024 bytes); null is all of it. */
export const TrafficLimitsSchema = z.object({ up: LimitSchema, down: LimitSchema });
export type TrafficLimits = z.infer<typeof TrafficLimitsSchema>;

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
  /** Nothing is sent and fetched until it goes on: on a dear or slow line, say. Opening the desk anew goes on too. */
  pause: service(z.object({}), OkSchema),
  goOn: service(z.object({}), OkSchema),
  /** What was saved out of a damaged database was read, and is not told again. */
  knowRepaired: service(z.object({}), OkSchema),
  limits: query(z.object({}), TrafficLimitsSchema),
  setLimits: service(TrafficLimitsSchema, OkSchema),
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
  /** Which blocks of numbers are out, and whether more may be: null where they are not arranged. */
  leases: query(
    z.object({}),
    z.object({
      leasing: LeasingSchema.nullable(),
      device: DeviceIdSchema.nullable(),
      leases: z.array(OutLeaseSchema),
    }),
  ),
  leaseNumbers: command(leaseNumbers),
  returnLease: command(returnLease),
  voidLease: command(voidLease),
};
