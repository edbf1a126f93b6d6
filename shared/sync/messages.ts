import { z } from 'zod';
import {
  AgencyIdSchema,
  CommandIdSchema,
  DeviceIdSchema,
  HashSchema,
  InstantSchema,
  PersonIdSchema,
  RefusalSchema,
  canonicalJson,
  type AgencyId,
  type Command,
  type CommandId,
  type DeviceId,
} from '../kernel/public.ts';
import { EntrySchema, ItemSchema } from './log-messages.ts';
import { SnapshotSchema } from './snapshots.ts';

/** Both sides say which form of the protocol they speak; another one is refused before anything is read. */
export const protocolVersion = 1;

const ScopeSchema = z.string().max(60);
const HeadSchema = z.object({ n: z.int().nonnegative(), hash: HashSchema });

export const CommandSchema = z.object({
  id: CommandIdSchema,
  name: z.string().max(60),
  actor: PersonIdSchema,
  onBehalfOf: PersonIdSchema.nullable(),
  claimedAt: InstantSchema,
  body: z.unknown(),
});

/** A command as a desk sends it: its how-manieth it is, and the desk's Ed25519 signature (base64, 64 bytes). */
export const SentCommandSchema = z.object({
  dseq: z.int().positive(),
  command: CommandSchema,
  signature: z.base64().length(88),
  /** An earlier command of this desk, undecided when this one was given on top of it: both are taken or neither. */
  restsOn: CommandIdSchema.optional(),
  /**
   * It was refused before the server came back from an older copy: its person was told so, and may have done otherwise
   * since. It keeps its place and stays refused.
   */
  refused: z.literal(true).optional(),
});
export type SentCommand = Readonly<{
  dseq: number;
  command: Command;
  signature: string;
  restsOn?: CommandId | undefined;
  refused?: true | undefined;
}>;

/** What a desk signs: bound to the agency, the desk and the place, so that it cannot be sent elsewhere or twice. */
export function signedText(
  agencyId: AgencyId,
  device: DeviceId,
  { dseq, command, restsOn }: Omit<SentCommand, 'signature' | 'refused'>,
): string {
  const rest = restsOn === undefined ? {} : { restsOn };
  return `antin command 1\n${canonicalJson({ agencyId, device, dseq, command, ...rest })}`;
}

export const mostCommandsAPush = 100;
export const mostItemsAPage = 1000;

export const PushRequestSchema = z.object({
  version: z.int(),
  agencyId: AgencyIdSchema,
  device: DeviceIdSchema,
  commands: z.array(SentCommandSchema).max(mostCommandsAPush),
});
export type PushRequest = Omit<z.infer<typeof PushRequestSchema>, 'commands'> &
  Readonly<{ commands: readonly SentCommand[] }>;

/** Why a push stopped before its end; nothing after that command was looked at. */
export const stops = [
  'gap',
  'copied',
  'bad-signature',
  'unknown-device',
  'revoked',
  'certificate-over',
  'wrong-agency',
  'newer-version',
  'file-missing',
] as const;
export const StopSchema = z.enum(stops);
export type Stop = z.infer<typeof StopSchema>;

/** In place of a command's number in the chain: it was turned away and is not in it. */
export const notInTheChain = 0;

export const PushReplySchema = z.object({
  results: z.array(z.object({ commandId: CommandIdSchema, seq: z.int(), refusal: RefusalSchema.nullable() })),
  /** How far the server has this desk's commands. */
  lastDseq: z.int().nonnegative(),
  stopped: z.object({ why: StopSchema, commandId: CommandIdSchema.nullable() }).nullable(),
});
export type PushReply = z.infer<typeof PushReplySchema>;

export const PullRequestSchema = z.object({
  version: z.int(),
  agencyId: AgencyIdSchema,
  device: DeviceIdSchema,
  /** What the desk knows of each scope it holds, newest first. */
  known: z.record(ScopeSchema, z.array(HeadSchema).max(64)),
  limit: z.int().min(1).max(mostItemsAPage),
  /** Whether it takes snapshots; one that never heard of them is served by pages alone. */
  snapshots: z.boolean().optional(),
});
export type PullRequest = z.infer<typeof PullRequestSchema>;

export const PageSchema = z.object({
  /** Every scope the person has now: those it does not name are no longer theirs. */
  scopes: z.record(
    ScopeSchema,
    z.object({
      /** The newest place both agree on; older than the desk's own when the server lost its tail. */
      base: HeadSchema,
      items: z.array(ItemSchema),
      /** Up to where the scope is held in a second place too. */
      stable: HeadSchema,
      /** So much is missing that it comes faster as a file; its items are then in no page. */
      snapshot: SnapshotSchema.optional(),
    }),
  ),
  /** The entries named by the items, each with the hash before it, so that its own can be computed. */
  entries: z.array(EntrySchema),
  more: z.boolean(),
  /** How many items come after this page, in all scopes; it may grow meanwhile. */
  left: z.int().nonnegative(),
  lastDseq: z.int().nonnegative(),
});
export type Page = z.infer<typeof PageSchema>;

export const PullReplySchema = z.union([PageSchema, z.object({ stopped: StopSchema })]);
export type PullReply = z.infer<typeof PullReplySchema>;
