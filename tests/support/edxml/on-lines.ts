import type { ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { holidays } from '#electron/store/holidays.ts';
import { readAll, readState } from '#electron/store/read-state.ts';
import { agencyServer, openAgencyFolder, setLine } from '#server/main.ts';
import { agencyAggregate, type Agency } from '#shared/directory/public.ts';
import { documentAggregate, type Incoming } from '#shared/documents/public.ts';
import {
  consignmentAggregate,
  deliveryAggregate,
  peerAggregate,
  type Consignment,
  type Delivery,
  type Succeeds,
} from '#shared/exchange/public.ts';
import {
  CommandIdSchema,
  ref,
  uuidV7From,
  instantFrom,
  type AgencyId,
  type ConsignmentId,
} from '#shared/kernel/public.ts';
import {
  agencyAtServer,
  enrolDesk,
  startDesk,
  until,
  type AgencyAtServer,
  type HeadlessDesk,
} from '../agency-server.ts';
import { consignmentId, goodFacts } from '../exchange.ts';
import { ended, gatewayOf, sealedPapers, type Sealed } from '../two-agencies.ts';

/** An agency with an edXML line of its own: its server a process, its clerk and its head at desks. */
export type OnLine = Readonly<{
  at: AgencyAtServer;
  clerk: HeadlessDesk;
  head: HeadlessDesk;
  papers: readonly Sealed[];
  /** The agency of that name, as the line's table made it known. */
  known: (name: string) => AgencyId;
  send: (paper: number, to: AgencyId, over?: Over) => ConsignmentId;
  ledger: (id: ConsignmentId) => Consignment | null;
  deliveries: () => readonly Delivery[];
  incoming: (delivery: Delivery) => Incoming;
  alarms: () => readonly string[];
  stop: (signal?: 'SIGTERM' | 'SIGKILL') => Promise<void>;
  start: () => Promise<void>;
  close: () => Promise<void>;
}>;

type Over = Readonly<{ refs?: readonly ConsignmentId[]; succeeds?: Succeeds }>;

type Order = Readonly<{
  port: number;
  name: string;
  codes: readonly string[];
  pages: readonly Uint8Array[];
  /** A file of settings as `antin serve line` takes it. */
  settings: unknown;
}>;

export async function openOnLine({ port, name, codes, pages, settings }: Order): Promise<OnLine> {
  const at = agencyAtServer(port, ['clerk', 'head']);
  await prepareAgency(at, { name, codes, settings });
  const papers = pages.length === 0 ? [] : await sealedPapers(at, pages);
  let child: ChildProcess = (await at.start()).child;
  const clerk = startDesk(at, await enrolDesk(at, 'clerk'));
  const head = startDesk(at, await enrolDesk(at, 'head'));
  const peers = () => readAll(clerk.db, peerAggregate);
  await until(
    'the clerk knows who is on the line',
    () => peers().some((peer) => peer.line !== undefined),
    30_000,
  );
  return {
    at,
    clerk,
    head,
    papers,
    known: (called) => {
      const found = peers().find((peer) => peer.name === called);
      if (found === undefined) throw new Error(`Nobody called ${called}`);
      return found.id;
    },
    send: (n, to, { refs = [], succeeds } = {}) => {
      const paper = papers[n];
      if (paper === undefined) throw new Error('Too few papers');
      const { file, number } = paper.document;
      if (file === null || number === null) throw new Error('Not sealed');
      const id = consignmentId();
      const sending = {
        documentId: paper.documentId,
        consignments: [{ id, to, refs }],
        access: 'internal',
        facts: goodFacts({ file: file.hash, notation: number.notation, issuedOn: number.issuedOn }),
        succeeds: succeeds ?? null,
        expiryDays: 15,
      };
      const document = readState(clerk.db, documentAggregate, paper.documentId);
      const isOut = document?.direction === 'outgoing' && document.state === 'issued';
      if (isOut) clerk.give('exchange.dispatch', sending);
      else {
        const issuing = { recipients: [{ name: 'Cơ quan kia', kind: 'agency' }], copies: 0, repliesTo: null };
        clerk.give('exchange.issue', { ...sending, issuing });
      }
      return id;
    },
    ledger: (id) => readState(clerk.db, consignmentAggregate, id),
    deliveries: () => readAll(clerk.db, deliveryAggregate),
    incoming: ({ document }) => {
      const found = readState(clerk.db, documentAggregate, document ?? '');
      if (found?.direction !== 'incoming') throw new Error('No document came');
      return found;
    },
    alarms: () => {
      const gateway = gatewayOf(at);
      try {
        return gateway.alarms().map(({ code }) => code);
      } finally {
        gateway.close();
      }
    },
    stop: (signal) => ended(child, signal),
    start: async () => {
      ({ child } = await at.start());
    },
    close: async () => {
      await clerk.stop();
      await head.stop();
      await ended(child);
      at.remove();
    },
  };
}

/** Its codes, and its line: what an administrator does once, while the server stands still. */
async function prepareAgency(
  at: AgencyAtServer,
  { name, codes, settings }: Pick<Order, 'name' | 'codes' | 'settings'>,
): Promise<void> {
  const folder = openAgencyFolder(at.data);
  try {
    const server = agencyServer({ folder, calendar: holidays });
    const { administrator } = at.agency.staff;
    const own = folder.log.state(ref(agencyAggregate.kind, at.agencyId))?.state as Agency;
    const dated = codes.map((code) => ({
      form: /^[A-Z]/u.test(code) ? 'qd20' : 'old13',
      code,
      validFrom: '2020-01-01',
      validTo: null,
    }));
    const { superior, place, symbol, level, books, collective, contact } = own;
    const details = {
      name,
      superior,
      place,
      symbol,
      level,
      own: true,
      codes: dated,
      books,
      collective,
      contact,
    };
    const { entry } = server.decide({
      id: CommandIdSchema.parse(uuidV7From(Date.now(), randomBytes(10))),
      name: 'directory.describeAgency',
      actor: administrator.id,
      onBehalfOf: null,
      claimedAt: instantFrom(Date.now()),
      body: { agencyId: at.agencyId, details },
    });
    if (entry.refusal !== null) throw new Error(entry.refusal.code);
    await setLine({
      folder,
      peers: [],
      decide: (command) => Promise.resolve(server.decide(command)),
      settings,
      by: administrator.id,
    });
  } finally {
    folder.close();
  }
}
