import { AgencySchema } from '#shared/directory/public.ts';
import { PeerSchema, type AlarmCode, type ExchangeGuards, type Peer } from '#shared/exchange/public.ts';
import {
  CommandIdSchema,
  PersonIdSchema,
  type Act,
  type Aggregate,
  type AggregateKind,
  type Command,
  type Instant,
  type Refusal,
} from '#shared/kernel/public.ts';
import type { Exchange, ExchangeIdentity } from '#shared/node/exchange/public.ts';
import type { Arriving, Blobs } from '#shared/node/blobs/public.ts';
import type { Keeping } from '../../blobs/keeping.ts';
import type { AgencyFolder } from '../../data/agency-folder.ts';
import type { LogLine } from '../../http/build-app.ts';
import type { Serving } from '../../log/serving.ts';
import type { HubSession } from './hub-session.ts';
import type { Hub } from './hubs.ts';
import type { Line } from './lines/line-settings.ts';
import type { Transport } from './lines/transport.ts';
import type { Machine } from './machine.ts';
import type { ReadPage } from './read-page.ts';

/** What of an agency's folder the gateway needs. */
export type GatewayFolder = Pick<AgencyFolder, 'blobs' | 'dataKey'> &
  Readonly<{ file: Pick<AgencyFolder['file'], 'agencyId' | 'agencyName'> }>;

/** All that the gateway works with. */
export type GatewayParts = Readonly<{
  identity: ExchangeIdentity;
  /** The connections that speak edXML. */
  lines: readonly Line[];
  transportOf: (line: Line) => Transport;
  folder: GatewayFolder;
  machine: Machine;
  /** Only a test takes one of them away. */
  guards: ExchangeGuards;
  /** How the door reads a page that came. */
  readPage: ReadPage;
  exchange: Exchange;
  server: Pick<Serving, 'decide' | 'head' | 'looking'>;
  /** Every state of a kind. */
  states: (kind: AggregateKind) => Promise<readonly unknown[]>;
  /** What arrives is held until it is decided. */
  files: Pick<Keeping, 'held'>;
  hubs: readonly Hub[];
  /** The one what is being taken in came from. */
  hub: Pick<HubSession, 'fetch'>;
  /** Sealed parts on their way out and in. */
  sealed: Blobs;
  arriving: Arriving;
  now: () => Instant;
  /** Something was decided: whoever listens may look. */
  decided: () => void;
  say: (line: LogLine) => void;
}>;

/** Refusals that say no more than that it was done before. */
const repeated = new Set(['exchange.taken-already', 'exchange.receipt-known', 'exchange.asked-once-more']);
/** What may be overtaken by a receipt between looking and writing. */
const overtakable = new Set(['exchange.recordSent', 'exchange.expire']);

/**
 * Writes into the agency's log, in the agency's own name: people leave, and what comes has to be taken all the same. A rule
 * that says no is told to a person.
 */
export async function decide(
  parts: GatewayParts,
  name: string,
  body: unknown,
): Promise<Refusal['code'] | null> {
  const command: Command = {
    id: CommandIdSchema.parse(parts.machine.newId()),
    name,
    actor: PersonIdSchema.parse(parts.folder.file.agencyId),
    onBehalfOf: null,
    claimedAt: parts.now(),
    body,
  };
  const { entry } = await parts.server.decide(command);
  parts.decided();
  const code = entry.refusal?.code;
  if (code === undefined) return null;
  const isFine = repeated.has(code) || (code === 'exchange.not-in-state' && overtakable.has(name));
  if (!isFine) await alarm(parts, 'exchange.own-refused', null, `${name} ${code}`);
  return code;
}

export function stateOf<State, KindAct extends Act>(
  { server }: Pick<GatewayParts, 'server'>,
  aggregate: Aggregate<State, KindAct>,
  id: string,
): Promise<State | null> {
  return server.looking((look) => look(aggregate, id));
}

/** Tells a person once that something is not as it should be. */
export async function alarm(
  parts: Pick<GatewayParts, 'exchange' | 'now' | 'say'>,
  code: AlarmCode,
  peer: string | null,
  about: string | null,
): Promise<void> {
  const key = `${code}:${peer ?? ''}:${about ?? ''}`;
  if (parts.exchange.isAlarmed(key)) return;
  await parts.exchange.alarm({ key, at: parts.now(), code, peer, about });
  parts.say({ what: 'exchange alarm', code, peer, about });
}

/** Every agency it knows of, its own too. */
export async function peersOf({ states }: Pick<GatewayParts, 'states'>): Promise<readonly Peer[]> {
  return (await states('peer')).map((state) => PeerSchema.parse(state));
}

/** The roots this agency trusts, DER. */
export async function rootsOf({ states }: Pick<GatewayParts, 'states'>): Promise<readonly Uint8Array[]> {
  return (await states('agency'))
    .map((state) => AgencySchema.parse(state))
    .flatMap(({ rootCertificate, trustedRoots }) => [
      ...(rootCertificate === null ? [] : [rootCertificate]),
      ...trustedRoots.map(({ certificate }) => certificate),
    ])
    .map((text) => Buffer.from(text, 'base64'));
}
