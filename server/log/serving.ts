import type { PoolClient } from 'pg';
import { aggregates, commandsByName } from '#shared/commands.ts';
import { whyNotActor } from '#shared/directory/public.ts';
import type { AccessHead, FindLines, FoundLines, TakeLines } from '#shared/access/public.ts';
import {
  instantFrom,
  type Instant,
  type Act,
  type AgencyId,
  type Aggregate,
  type ChainedEntry,
  type Command,
  type CommandDefinition,
  type DeviceId,
  type DocumentId,
  type Hash,
  type LogHead,
  type PersonId,
  type WorkingCalendar,
} from '#shared/kernel/public.ts';
import {
  Fenced,
  createSignedCommands,
  openServer,
  type AgencyLog,
  type AgencyServer,
  type CertificateAsked,
  type CertificateGiven,
  type OverdueLease,
  type SignedCommands,
  type SnapshotShelf,
} from '#shared/node/agency-log/public.ts';
import {
  answerTo,
  docOf,
  type DraftTexts,
  type TextAnswered,
  type TextAsked,
} from '#shared/node/draft-texts/public.ts';
import { continued, type AccessStore } from '#shared/node/access-log/public.ts';
import { noteOwed, type Note } from '#shared/node/exchange/public.ts';
import type { Decided } from '#shared/node/sequencer/public.ts';
import {
  allGuards,
  filesIn,
  type Guards,
  type PullReply,
  type PullRequest,
  type PushReply,
  type PushRequest,
  type Scope,
  type ScopeHead,
  type SnapshotLine,
  type Stop,
} from '#shared/sync/public.ts';
import type { CollectLog } from '../blobs/collect.ts';
import { findLines, takeLines } from './postgres-access.ts';
import { forgetWords } from './postgres-drafts.ts';
import { appendNotes } from './postgres-notes.ts';
import type { PostgresStore } from './postgres-store.ts';

/** An agency's server whatever engine its log is kept in: everything may have to wait for a database. */
export type Serving = Readonly<{
  /** Begins with what can be checked of a push before its turn comes. */
  checkAhead: (request: PushRequest) => Promise<void>;
  pushAll: (requests: readonly PushRequest[]) => Promise<readonly PushReply[]>;
  pull: (request: PullRequest) => Promise<PullReply>;
  whyNotDevice: (device: DeviceId, text: string, signature: string) => Promise<Stop | null>;
  whyNotBelieve: (device: DeviceId) => Promise<ReturnType<AgencyServer['whyNotBelieve']>>;
  certify: (asked: CertificateAsked) => Promise<CertificateGiven>;
  isDueForRenewal: (device: DeviceId) => Promise<boolean>;
  look: <State, KindAct extends Act>(
    aggregate: Aggregate<State, KindAct>,
    id: string,
  ) => Promise<State | null>;
  /** The same for what takes several looks, all at one moment. */
  looking: <Result>(work: (look: AgencyServer['look']) => Result) => Promise<Result>;
  mayHaveFile: (device: DeviceId, document: DocumentId, hash: Hash) => Promise<boolean>;
  mayHaveScope: (device: DeviceId, scope: Scope) => Promise<boolean>;
  stretchOf: (scope: Scope, after: number, most: number) => Promise<SnapshotLine>;
  scopeHead: (scope: Scope) => Promise<ScopeHead>;
  writerAt: (
    device: DeviceId,
    document: DocumentId,
  ) => Promise<Readonly<{ person: PersonId; open: boolean }> | null>;
  /** Merges words into a draft and answers with what the asker lacks; `isNew` where somebody else has to look. */
  exchangeWords: (
    document: DocumentId,
    asked: TextAsked,
  ) => Promise<TextAnswered & Readonly<{ isNew: boolean }>>;
  /** Who opened and took out what, at every desk. */
  access: AccessPort;
  decide: (command: Command) => Promise<ChainedEntry>;
  overdueLeases: () => Promise<readonly OverdueLease[]>;
  markStable: (seq: number) => Promise<void>;
  head: () => Promise<LogHead>;
  /** What collecting files has to know of the log. */
  collecting: CollectLog;
}>;

/** Lines of the desks' access logs, whatever engine they are kept in. */
export type AccessPort = Readonly<{
  /** Keeps what continues a device's lines; gives how far they are here then. */
  take: (whose: Readonly<{ desk: DeviceId; person: PersonId }>, asked: TakeLines) => Promise<AccessHead>;
  find: (asked: FindLines) => Promise<FoundLines>;
}>;

type Rules = Readonly<{
  agencyId: AgencyId;
  calendar: WorkingCalendar;
  snapshots?: SnapshotShelf;
  /** The machine's clock, every guard and the office's own rules, where they are not said. */
  now?: () => Instant;
  guards?: Guards;
  commands?: ReadonlyMap<string, CommandDefinition>;
  /** What else a decision writes in its transaction. */
  also?: (decided: Decided) => void;
  /** Told of every new decision before it is on the disk. */
  seen?: (decided: Decided) => void;
}>;
export type Parts = Rules &
  Readonly<{
    files: HeldFiles;
    /** Whether a desk has shown that it holds a file: a command that speaks of it waits for that too. */
    isShown: IsHere;
  }>;

/** The files of a group of commands, held while it is decided. */
export type HeldFiles = (
  hashes: readonly Hash[],
) => Promise<Readonly<{ has: (hash: Hash) => boolean; letGo: () => void }>>;

type IsHere = (hash: Hash, device: DeviceId) => boolean;

/** Nothing with files is decided at the server itself. */
const noFiles: IsHere = () => false;

/** The server over a log, deciding as the office's rules say, with the rights and the clock of its machine. */
export function serverOver(
  log: AgencyLog,
  rules: Rules,
  {
    hasFile = noFiles,
    signed = createSignedCommands(),
  }: Readonly<{ hasFile?: IsHere; signed?: SignedCommands }> = {},
): AgencyServer {
  const { agencyId, calendar, snapshots, also, seen } = rules;
  const { now = () => instantFrom(Date.now()), guards = allGuards } = rules;
  return openServer({
    agencyId,
    certificates: true,
    guards,
    signed,
    ...(snapshots === undefined ? {} : { snapshots }),
    also: (decided) => {
      also?.(decided);
      seen?.(decided);
    },
    missingFiles: ({ body }, device) =>
      filesIn(body)
        .map(({ hash }) => hash)
        .filter((hash) => guards['file-first'] && !hasFile(hash, device)),
    sequencer: {
      agencyId,
      log,
      commands: rules.commands ?? commandsByName,
      aggregates,
      calendar: () => calendar,
      now,
      whyNot: guards['rights-now'] ? whyNotActor : () => null,
    },
  });
}

/** What an agency's server keeps in its own file. */
type InFile = Readonly<{ log: AgencyLog; texts: DraftTexts; access: AccessStore }>;

/** The log in the server's own file: what is answered is on the disk, and nothing has to be waited for. */
export function serveFile({ log, texts, access }: InFile, parts: Parts): Serving {
  let hasFile = noFiles;
  const signed = createSignedCommands();
  const server = serverOver(log, parts, { hasFile: (hash, device) => hasFile(hash, device), signed });
  const soon = <Result>(work: () => Result): Promise<Result> => Promise.resolve().then(work);
  return {
    checkAhead: signed.checkAhead,
    pushAll: (requests) =>
      withFiles(parts.files, requests, (has) =>
        soon(() => {
          hasFile = (hash, device) => has(hash) && parts.isShown(hash, device);
          return server.pushAll(requests);
        }),
      ),
    pull: (request) => soon(() => server.pull(request)),
    whyNotDevice: (device, text, signature) => soon(() => server.whyNotDevice(device, text, signature)),
    whyNotBelieve: (device) => soon(() => server.whyNotBelieve(device)),
    certify: (asked) => soon(() => server.certify(asked)),
    isDueForRenewal: (device) => soon(() => server.isDueForRenewal(device)),
    look: (aggregate, id) => soon(() => server.look(aggregate, id)),
    looking: (work) => soon(() => work(server.look)),
    mayHaveFile: (device, document, hash) => soon(() => server.mayHaveFile(device, document, hash)),
    mayHaveScope: (device, scope) => soon(() => server.mayHaveScope(device, scope)),
    stretchOf: (scope, after, most) => soon(() => server.stretchOf(scope, after, most)),
    scopeHead: (scope) => soon(() => server.scopeHead(scope)),
    writerAt: (device, document) => soon(() => server.writerAt(device, document)),
    exchangeWords: (document, { update, have }) =>
      soon(() =>
        server.write(() => {
          const isNew = update !== null && texts.take(document, update);
          return { ...answerTo(texts.read(document) ?? docOf([]), have), isNew };
        }),
      ),
    access: {
      take: (whose, asked) =>
        soon(() =>
          server.write(() => {
            const head = access.headOf(whose.desk);
            const lines = continued(head, asked, whose) ?? [];
            access.add(lines);
            return access.headOf(whose.desk);
          }),
        ),
      find: (asked) => soon(() => access.find(asked)),
    },
    decide: (command) => soon(() => server.decide(command)),
    overdueLeases: () => soon(server.overdueLeases),
    markStable: (seq) =>
      soon(() => {
        server.markStable(seq);
      }),
    head: () => soon(log.head),
    collecting: {
      entriesAfter: (seq, limit) => soon(() => log.entriesAfter(seq, limit)),
      // The folder is locked for this run alone.
      whileWriter: (work) => work(),
      forgetWords: (documents) =>
        soon(() => {
          for (const document of documents) texts.forget(document);
        }),
    },
  };
}

/** What the gateway writes in a database, fenced by the epoch of this run of the server. */
export type Noting = Readonly<{
  /** Gives the place of the note. */
  note: (note: Note) => Promise<number>;
  notesAfter: PostgresStore['notesAfter'];
}>;

/** Writes beside the log while no other server has taken it over. */
export type Writing = Readonly<{
  whileWriter: <Result>(work: (client: PoolClient) => Promise<Result>) => Promise<Result>;
}>;

/** The log in PostgreSQL: this run of the server takes it over, and an earlier one writes no more. */
export async function serveDatabase(store: PostgresStore, parts: Parts): Promise<Serving & Noting & Writing> {
  const epoch = await store.run((log) => log.takeOver());
  const signed = createSignedCommands();
  const on = <Result>(work: (server: AgencyServer) => Result, hasFile: IsHere = noFiles): Promise<Result> =>
    store.run((log, owe) => {
      // Whoever was overtaken answers nobody any more, not even with what it remembers.
      if (log.writer() !== epoch) throw new Fenced();
      const also = (decided: Decided) => {
        noteOwed(owe, decided);
      };
      return work(serverOver({ ...log, takeOver: () => epoch }, { ...parts, also }, { hasFile, signed }));
    });
  return {
    checkAhead: signed.checkAhead,
    pushAll: (requests) =>
      withFiles(parts.files, requests, (has) =>
        on(
          (server) => server.pushAll(requests),
          (hash, device) => has(hash) && parts.isShown(hash, device),
        ),
      ),
    pull: (request) => on((server) => server.pull(request)),
    whyNotDevice: (device, text, signature) => on((server) => server.whyNotDevice(device, text, signature)),
    whyNotBelieve: (device) => on((server) => server.whyNotBelieve(device)),
    certify: (asked) => on((server) => server.certify(asked)),
    isDueForRenewal: (device) => on((server) => server.isDueForRenewal(device)),
    look: (aggregate, id) => on((server) => server.look(aggregate, id)),
    looking: (work) => on((server) => work(server.look)),
    mayHaveFile: (device, document, hash) => on((server) => server.mayHaveFile(device, document, hash)),
    mayHaveScope: (device, scope) => on((server) => server.mayHaveScope(device, scope)),
    stretchOf: (scope, after, most) => on((server) => server.stretchOf(scope, after, most)),
    scopeHead: (scope) => on((server) => server.scopeHead(scope)),
    writerAt: (device, document) => on((server) => server.writerAt(device, document)),
    exchangeWords: store.exchangeWords,
    access: {
      take: (whose, asked) =>
        store.whileWriter(epoch, (client) => takeLines(client, store.agencyId, { whose, asked })),
      find: (asked) => store.whileWriter(epoch, (client) => findLines(client, store.agencyId, asked)),
    },
    decide: (command) => on((server) => server.decide(command)),
    note: (note) => store.whileWriter(epoch, (client) => appendNotes(client, store.agencyId, [note])),
    notesAfter: store.notesAfter,
    whileWriter: (work) => store.whileWriter(epoch, work),
    overdueLeases: () => on((server) => server.overdueLeases()),
    markStable: (seq) =>
      on((server) => {
        server.markStable(seq);
      }),
    head: () => store.run((log) => log.head()),
    collecting: {
      entriesAfter: store.entriesAfter,
      whileWriter: (work) => store.whileWriter(epoch, () => work()),
      forgetWords: (documents) =>
        store.whileWriter(epoch, (client) => forgetWords(client, store.agencyId, documents)),
    },
  };
}

/** No file that a group of commands speaks of goes away before the group is on the disk. */
export async function withFiles<Result>(
  files: HeldFiles,
  requests: readonly PushRequest[],
  work: (has: (hash: Hash) => boolean) => Promise<Result>,
): Promise<Result> {
  const named = requests.flatMap(({ commands }) => commands.flatMap(({ command }) => filesIn(command.body)));
  const held = await files([...new Set(named.map(({ hash }) => hash))]);
  try {
    return await work(held.has);
  } finally {
    held.letGo();
  }
}
