import type { AlarmCode, ExchangeGuards } from '#shared/exchange/public.ts';
import {
  CommandIdSchema,
  PersonIdSchema,
  type Act,
  type Aggregate,
  type Command,
  type Instant,
} from '#shared/kernel/public.ts';
import { stateOfLog } from '#shared/node/agency-log/public.ts';
import type { Arriving, Blobs } from '#shared/node/blobs/public.ts';
import type { Keeping } from '../../blobs/keeping.ts';
import type { AgencyFolder } from '../../data/agency-folder.ts';
import type { LogLine } from '../../http/build-app.ts';
import type { Serving } from '../../log/serving.ts';
import type { Connected } from './connection.ts';
import type { HubSession } from './hub-session.ts';
import type { Machine } from './machine.ts';
import type { ReadPage } from './read-page.ts';

/** What of an agency's folder the gateway needs. */
export type GatewayFolder = Pick<AgencyFolder, 'log' | 'blobs' | 'exchange'> &
  Readonly<{ file: Pick<AgencyFolder['file'], 'agencyId' | 'agencyName'> }>;

/** All that the gateway works with. */
export type GatewayParts = Connected &
  Readonly<{
    folder: GatewayFolder;
    machine: Machine;
    /** Only a test takes one of them away. */
    guards: ExchangeGuards;
    /** How the door reads a page that came. */
    readPage: ReadPage;
    server: Pick<Serving, 'decide'>;
    /** What arrives is held until it is decided. */
    files: Pick<Keeping, 'held'>;
    hub: HubSession;
    /** Sealed parts on their way out and in. */
    sealed: Blobs;
    arriving: Arriving;
    now: () => Instant;
    /** Something was decided: whoever listens may look. */
    decided: () => void;
    say: (line: LogLine) => void;
  }>;

/** Refusals that say no more than that it was done before. */
const repeated = new Set(['exchange.taken-already', 'exchange.receipt-known']);
/** What may be overtaken by a receipt between looking and writing. */
const overtakable = new Set(['exchange.recordSent', 'exchange.expire']);

/**
 * Writes into the agency's log, in the agency's own name: people leave, and what comes has to be taken all the same. A rule
 * that says no is told to a person.
 */
export async function decide(parts: GatewayParts, name: string, body: unknown): Promise<void> {
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
  if (code === undefined || repeated.has(code)) return;
  if (code === 'exchange.not-in-state' && overtakable.has(name)) return;
  alarm(parts, 'exchange.own-refused', null, `${name} ${code}`);
}

export function stateOf<State, KindAct extends Act>(
  { folder: { log } }: Pick<GatewayParts, 'folder'>,
  aggregate: Aggregate<State, KindAct>,
  id: string,
): State | null {
  return log.transaction(() => stateOfLog(log)(aggregate, id));
}

/** Tells a person once that something is not as it should be. */
export function alarm(parts: GatewayParts, code: AlarmCode, peer: string | null, about: string | null): void {
  const key = `${code}:${peer ?? ''}:${about ?? ''}`;
  const isNew = parts.folder.exchange.alarm({ key, at: parts.now(), code, peer, about });
  if (isNew) parts.say({ what: 'exchange alarm', code, peer, about });
}
