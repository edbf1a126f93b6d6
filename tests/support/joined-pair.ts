import type { ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readState } from '#electron/store/read-state.ts';
import {
  consignmentAggregate,
  deliveryAggregate,
  deliveryId,
  pairCode,
  peerAggregate,
  type Consignment,
  type Delivery,
} from '#shared/exchange/public.ts';
import { documentAggregate, type Incoming } from '#shared/documents/public.ts';
import { genesisHash, type ConsignmentId, type DocumentId } from '#shared/kernel/public.ts';
import { openEncrypted, type WriteDb } from '#shared/node/sqlite/public.ts';
import {
  agencyAtServer,
  enrolDesk,
  startDesk,
  until,
  type AgencyAtServer,
  type HeadlessDesk,
} from './agency-server.ts';
import { consignmentId, goodFacts } from './exchange.ts';
import {
  ended,
  gatewayOf,
  hubAt,
  joinHub,
  moveToDatabase,
  sealedPapers,
  type HubAt,
  type Sealed,
} from './two-agencies.ts';

/** Two agencies that know each other through a hub: three processes, a clerk's desk in each agency, and papers to send. */
export type JoinedPair = Readonly<{
  hub: HubAt;
  from: AgencyAtServer;
  to: AgencyAtServer;
  sender: HeadlessDesk;
  receiver: HeadlessDesk;
  papers: readonly Sealed[];
  /** Starts again what was stopped; stops what runs. */
  stop: (what: Place, signal?: 'SIGTERM' | 'SIGKILL') => Promise<void>;
  start: (what: Place, ...more: readonly string[]) => Promise<ChildProcess>;
  send: (paper: number, over?: Succession) => ConsignmentId;
  /** The paper that came, once it is here with its page. */
  arrived: (id: ConsignmentId) => Promise<Incoming>;
  /** The page of what came, as the clerk's desk there has it. */
  pageOf: (id: ConsignmentId) => Promise<Uint8Array>;
  ledger: (id: ConsignmentId) => Consignment | null;
  delivery: (id: ConsignmentId) => Delivery | null;
  alarmsAt: (at: AgencyAtServer) => readonly string[];
  /** The hub's own file, beside its running program or without it. */
  atHub: <Result>(work: (db: WriteDb) => Result) => Result;
  close: () => Promise<void>;
}>;

export type Place = 'hub' | 'from' | 'to';

export type Ports = Readonly<Record<Place, number>>;

export function portsFrom(port: number): Ports {
  return { hub: port, from: port + 1, to: port + 2 };
}

/** All three of them over one database, where one is named. */
export async function openPair(
  ports: Ports,
  pages: readonly Uint8Array[],
  databaseUrl: string | null = null,
): Promise<JoinedPair> {
  const hub = hubAt(ports.hub, databaseUrl);
  const running = new Map<Place, ChildProcess>([['hub', await hub.start()]]);
  const from = agencyAtServer(ports.from, ['clerk', 'administrator']);
  const to = agencyAtServer(ports.to, ['clerk', 'administrator']);
  const papers = await sealedPapers(from, pages);
  await joinHub(hub, from);
  await joinHub(hub, to);
  const over = databaseUrl === null ? [] : ['--database-url', databaseUrl];
  if (databaseUrl !== null) for (const at of [from, to]) await moveToDatabase(at, databaseUrl);
  const start = async (what: Place, ...more: readonly string[]): Promise<ChildProcess> => {
    const child =
      what === 'hub'
        ? await hub.start(...more)
        : (await (what === 'from' ? from : to).start(...over, ...more)).child;
    running.set(what, child);
    return child;
  };
  const stop = async (what: Place, signal?: 'SIGTERM' | 'SIGKILL'): Promise<void> => {
    const child = running.get(what);
    running.delete(what);
    if (child !== undefined) await ended(child, signal);
  };
  await start('from');
  await start('to');
  const desks: HeadlessDesk[] = [];
  const open = async (at: AgencyAtServer, who: 'clerk' | 'administrator') => {
    const desk = startDesk(at, await enrolDesk(at, who));
    desks.push(desk);
    return desk;
  };
  const [sender, receiver] = [await open(from, 'clerk'), await open(to, 'clerk')];
  await compareCodes(await open(from, 'administrator'), from, to);
  await compareCodes(await open(to, 'administrator'), to, from);
  const isKnown = (desk: HeadlessDesk, id: string) =>
    readState(desk.db, peerAggregate, id)?.state === 'confirmed';
  await until('both clerks know', () => isKnown(sender, to.agencyId) && isKnown(receiver, from.agencyId));
  const delivery = (id: ConsignmentId) =>
    readState(receiver.db, deliveryAggregate, deliveryId(from.agencyId, id));
  const arrived = async (id: ConsignmentId): Promise<Incoming> => {
    const document = () => readState(receiver.db, documentAggregate, delivery(id)?.document ?? '');
    const hasPage = () => receiver.blobs.has(document()?.file?.hash ?? genesisHash);
    await until('it is in the other agency, with its page', hasPage, 60_000);
    const came = document();
    if (came?.direction !== 'incoming') throw new Error('No document came');
    return came;
  };
  return {
    hub,
    from,
    to,
    sender,
    receiver,
    papers,
    start,
    stop,
    send: (n, over = {}) => {
      const paper = papers[n];
      if (paper === undefined) throw new Error('Too few papers');
      return sendPaper(sender, { to, paper, over });
    },
    arrived,
    pageOf: async (id) => {
      const { file } = await arrived(id);
      if (file === null) throw new Error('It came without its page');
      return receiver.blobs.read(file.hash, 0, file.size);
    },
    ledger: (id) => readState(sender.db, consignmentAggregate, id),
    delivery,
    alarmsAt: (at) => {
      const gateway = gatewayOf(at);
      try {
        return gateway.alarms().map(({ code }) => code);
      } finally {
        gateway.close();
      }
    },
    atHub: (work) => {
      const path = join(hub.data, 'hub.db');
      const db = openEncrypted({ path, key: readFileSync(join(hub.data, 'server.key')) });
      try {
        return work(db);
      } finally {
        db.close();
      }
    },
    close: async () => {
      for (const desk of desks) await desk.stop();
      for (const child of running.values()) await ended(child);
      for (const one of [hub, from, to]) one.remove();
    },
  };
}

/** The administrator types what the other agency's administrator reads out. */
export async function compareCodes(
  desk: HeadlessDesk,
  at: AgencyAtServer,
  other: AgencyAtServer,
): Promise<void> {
  const peer = (id: string) => readState(desk.db, peerAggregate, id);
  const areHere = () => peer(other.agencyId) !== null && peer(at.agencyId) !== null;
  await until('the other agency is in the directory', areHere, 30_000);
  const [own, theirs] = [peer(at.agencyId)?.fingerprint ?? null, peer(other.agencyId)?.fingerprint ?? null];
  if (own === null || theirs === null) throw new Error('Nobody is there');
  desk.give('exchange.confirmPeer', { peerId: other.agencyId, code: pairCode(own, theirs) });
}

/** What a paper takes the place of. */
export type Succession = Readonly<{
  refs?: readonly ConsignmentId[];
  succeeds?: Readonly<{ how: 'replaces' | 'corrects'; document: DocumentId }>;
}>;
type Sent = Readonly<{ to: AgencyAtServer; paper: Sealed; over: Succession }>;

/** Issues and sends a sealed paper to one agency. */
export function sendPaper(desk: HeadlessDesk, { to, paper, over }: Sent): ConsignmentId {
  const { documentId, document } = paper;
  const id = consignmentId();
  const { file, number } = document;
  if (file === null || number === null) throw new Error('Not sealed');
  desk.give('exchange.issue', {
    documentId,
    consignments: [{ id, to: to.agencyId, refs: over.refs ?? [] }],
    access: 'internal',
    facts: goodFacts({ file: file.hash, notation: number.notation, issuedOn: number.issuedOn }),
    succeeds: over.succeeds ?? null,
    expiryDays: 15,
    issuing: { recipients: [{ name: 'Cơ quan kia', kind: 'agency' }], copies: 0, repliesTo: null },
  });
  return id;
}
