import { randomBytes } from 'node:crypto';
import {
  codeFormOf,
  usualCard,
  type CapabilityCard,
  type Connection,
  type Peer,
} from '#shared/exchange/public.ts';
import {
  AgencyIdSchema,
  AppError,
  CommandIdSchema,
  canonicalJson,
  dayOf,
  instantFrom,
  uuidV7From,
  type ChainedEntry,
  type Command,
  type PersonId,
} from '#shared/kernel/public.ts';
import type { AgencyFolder } from '../../../data/agency-folder.ts';
import { ownIdentity } from '../connection.ts';
import { LineFileSchema, keepLineSettings, tablesOf, transportOf } from './line-settings.ts';

type Order = Readonly<{
  folder: AgencyFolder;
  /** Every agency that is known. */
  peers: readonly Peer[];
  decide: (command: Command) => Promise<ChainedEntry>;
  settings: unknown;
  by: PersonId;
}>;

/** Sets a line up, or anew: its settings stay with the server, who is on it becomes known to every desk. */
export async function setLine({
  folder,
  peers,
  decide,
  settings,
  by,
}: Order): Promise<Readonly<{ id: string; agencies: number }>> {
  const read = LineFileSchema.safeParse(settings);
  if (!read.success) {
    const [issue] = read.error.issues;
    throw new AppError('line.wrong-settings', {
      where: issue?.path.join('.') ?? '',
      what: issue?.message ?? '',
    });
  }
  const { agencies, ...line } = read.data;
  const connection = tablesOf(line);
  ownIdentity(folder);
  keepLineSettings(folder.kept, line);
  const known = peers.filter((peer) => peer.line?.id === line.id && peer.state !== 'ended');
  for (const { name, codes } of agencies) {
    const before = known.find((peer) => peer.line?.codes.some((code) => codes.includes(code)));
    const reached = {
      name,
      codes: datedCodes(codes, before),
      card: cardOf(connection),
      line: { id: line.id, codes },
    };
    if (before !== undefined && isSame(before, reached)) continue;
    const { entry } = await decide({
      id: CommandIdSchema.parse(newId()),
      name: 'exchange.reachPeer',
      actor: by,
      onBehalfOf: null,
      claimedAt: instantFrom(Date.now()),
      body: { peerId: before?.id ?? AgencyIdSchema.parse(newId()), ...reached },
    });
    if (entry.refusal !== null) throw new AppError(entry.refusal.code, entry.refusal.params);
  }
  return { id: line.id, agencies: agencies.length };
}

/** Asks every line of an agency once; null for one that answers. */
export async function testLine(line: Parameters<typeof transportOf>[0]): Promise<AppError | null> {
  try {
    await transportOf(line).test();
    return null;
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
}

type Reached = Pick<Peer, 'name' | 'codes' | 'card'> & Readonly<{ line: NonNullable<Peer['line']> }>;

function isSame({ name, codes, card, line }: Peer, reached: Reached): boolean {
  return canonicalJson({ name, codes, card, line }) === canonicalJson(reached);
}

/** Codes in a form that is known stand in the directory too; from the day they were put into the table. */
function datedCodes(codes: readonly string[], before: Peer | undefined): Peer['codes'] {
  return codes.flatMap((code) => {
    const form = codeFormOf(code);
    const known = before?.codes.find((one) => one.code === code);
    if (known !== undefined) return [known];
    return form === 'other' ? [] : [{ form, code, validFrom: dayOf(instantFrom(Date.now())), validTo: null }];
  });
}

/** What can be sent there is what the line carries; what they themselves take, they tell by their answers. */
function cardOf({ endings, mostAttachmentBytes }: Connection): CapabilityCard {
  const formats = endings.length === 0 ? usualCard.formats : endings.map((ending) => ending.slice(1));
  return { ...usualCard, formats, mostBytes: mostAttachmentBytes };
}

function newId(): string {
  return uuidV7From(Date.now(), randomBytes(10));
}
