import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import {
  JoinReplySchema,
  pairCode,
  usualCard,
  type Member,
  type PeerDetails,
} from '#shared/exchange/public.ts';
import { agencyAggregate } from '#shared/directory/public.ts';
import {
  AppError,
  HashSchema,
  PersonIdSchema,
  instantFrom,
  ref,
  type PersonId,
} from '#shared/kernel/public.ts';
import {
  fingerprintOf,
  makeIdentity,
  openIdentity,
  signAs,
  type ExchangeIdentity,
} from '#shared/node/exchange/public.ts';
import { writeWhole } from '#shared/node/files/public.ts';
import type { Agency } from '#shared/directory/public.ts';
import type { AgencyFolder, ServerFile } from '../../data/agency-folder.ts';
import { openHubDoor } from './hub-door.ts';
import { readLines, type Line } from './lines/line-settings.ts';

const ConnectionSchema = z.object({
  url: z.url({ protocol: /^https$/ }),
  authority: z.string(),
  /** The administrator who connected it; the gateway writes in the agency's own name. */
  arrangedBy: PersonIdSchema,
});
export type Connection = z.infer<typeof ConnectionSchema>;
/** One hub, as a gateway comes to it. */
export type HubLine = Pick<Connection, 'url' | 'authority'> & Readonly<{ isOwn?: true }>;

export type Connected = Readonly<{
  /** The hubs it is on, in the order it joined them. */
  hubs: readonly HubLine[];
  identity: ExchangeIdentity;
  lines: readonly Line[];
}>;

/** How an agency's server is connected; null where it is not. */
export function readConnection(
  folder: Pick<AgencyFolder, 'path' | 'dataKey' | 'kept'>,
  mailbox: HubLine | null = null,
): Connected | null {
  const hubs = [...readHubs(folder), ...(mailbox === null ? [] : [mailbox])];
  const lines = readLines(folder.kept);
  if (hubs.length === 0 && lines.length === 0) return null;
  const keys = readFileSync(join(folder.path, 'exchange.keys'));
  return { hubs, lines, identity: openIdentity(keys, folder.dataKey) };
}

function readHubs({ path }: Pick<AgencyFolder, 'path'>): readonly Connection[] {
  const file = join(path, 'exchange.json');
  if (!existsSync(file)) return [];
  // One alone was written without a list.
  return z
    .union([z.array(ConnectionSchema), ConnectionSchema.transform((one) => [one])])
    .parse(JSON.parse(readFileSync(file, 'utf8')));
}

/** The keys an agency answers with, made the first time. */
export function ownIdentity({ path, dataKey, file }: AgencyFolder): ExchangeIdentity {
  const keys = join(path, 'exchange.keys');
  if (!existsSync(keys)) writeWhole(keys, makeIdentity(file.agencyName, instantFrom(Date.now()), dataKey));
  return openIdentity(readFileSync(keys), dataKey);
}

/** All a hub tells an agency that is to join, in one piece of text. */
const InvitationSchema = z.object({
  url: z.url({ protocol: /^https$/ }),
  authority: z.string(),
  code: z.string(),
});
export type HubInvitation = z.infer<typeof InvitationSchema>;

const beginning = 'antinhub1.';

export function writeHubInvitation(invitation: HubInvitation): string {
  return beginning + Buffer.from(JSON.stringify(invitation)).toString('base64url');
}

function readHubInvitation(text: string): HubInvitation {
  const packed = text.replaceAll(/\s/gu, '');
  try {
    const json: unknown = JSON.parse(Buffer.from(packed.slice(beginning.length), 'base64url').toString());
    if (packed.startsWith(beginning)) return InvitationSchema.parse(json);
  } catch {
    // Cut off, mistyped or something else altogether.
  }
  throw new AppError('hub.no-invitation');
}

/** What an agency says of itself to others. */
export function ownDetails(
  own: Agency | null,
  { agencyName }: Pick<ServerFile, 'agencyName'>,
  identity: ExchangeIdentity,
  card = usualCard,
): PeerDetails {
  return {
    name: own?.name ?? agencyName,
    codes: [...(own?.codes ?? [])],
    authority: Buffer.from(identity.authority).toString('base64'),
    fingerprint: identity.fingerprint,
    sealing: Buffer.from(identity.sealing.certificate).toString('base64'),
    card,
  };
}

export async function ownWord(
  { agencyId }: Pick<ServerFile, 'agencyId'>,
  identity: ExchangeIdentity,
  details: PeerDetails,
): Promise<Member> {
  const said = { id: agencyId, details };
  return { ...said, signature: await signAs(identity, 'member', said) };
}

/** Connects an agency to a hub with the code it was given; gives what the hub's operator has to hear by another way. */
export async function connect(
  folder: AgencyFolder,
  { invitation: text, by }: Readonly<{ invitation: string; by: PersonId }>,
): Promise<Readonly<{ code: string; joined: boolean }>> {
  const { url, authority, code } = readHubInvitation(text);
  const identity = ownIdentity(folder);
  const own = folder.log.state(ref(agencyAggregate.kind, folder.file.agencyId))?.state as Agency | undefined;
  const member = await ownWord(folder.file, identity, ownDetails(own ?? null, folder.file, identity));
  const { joined } = await openHubDoor({ url, authority }).post(
    '/x1/join',
    { code, member },
    { gives: JoinReplySchema },
  );
  const connection: Connection = { url, authority, arrangedBy: by };
  // The same hub again is the same line: it may have moved, or have been made anew at its old address.
  const others = readHubs(folder).filter((one) => one.authority !== authority && one.url !== url);
  writeWhole(join(folder.path, 'exchange.json'), Buffer.from(JSON.stringify([...others, connection])));
  return { code: pairCode(hubFingerprint(authority), identity.fingerprint), joined };
}

export function hubFingerprint(pem: string) {
  return HashSchema.parse(fingerprintOf(Buffer.from(pem.replaceAll(/-----[^-]+-----|\s/gu, ''), 'base64')));
}
