import { aggregates, commandsByName } from '#shared/commands.ts';
import { isCallName, personAggregate, whyNotCall } from '#shared/directory/public.ts';
import {
  instantFrom,
  refuse,
  type AgencyId,
  type ChainedEntry,
  type Command,
  type DeviceId,
  type DocumentId,
  type Hash,
  type PersonId,
  type States,
  type WorkingCalendar,
} from '#shared/kernel/public.ts';
import { openServer, type AgencyLog, type AgencyServer } from '#shared/node/agency-log/public.ts';
import type { Decided } from '#shared/node/sequencer/public.ts';
import {
  answerTo,
  docOf,
  type DraftTexts,
  type TextAnswered,
  type TextAsked,
} from '#shared/node/draft-texts/public.ts';
import {
  allGuards,
  filesIn,
  type PullReply,
  type PullRequest,
  type PushReply,
  type PushRequest,
  type Stop,
} from '#shared/sync/public.ts';
import type { PostgresStore } from './postgres-store.ts';

/** An agency's server whatever engine its log is kept in: everything may have to wait for a database. */
export type Serving = Readonly<{
  pushAll: (requests: readonly PushRequest[]) => Promise<readonly PushReply[]>;
  pull: (request: PullRequest) => Promise<PullReply>;
  whyNotDevice: (device: DeviceId, text: string, signature: string) => Promise<Stop | null>;
  isBelieved: (device: DeviceId) => Promise<boolean>;
  mayHaveFile: (device: DeviceId, document: DocumentId, hash: Hash) => Promise<boolean>;
  writerAt: (
    device: DeviceId,
    document: DocumentId,
  ) => Promise<Readonly<{ person: PersonId; open: boolean }> | null>;
  /** Merges words into a draft and answers with what the asker lacks; `isNew` where somebody else has to look. */
  exchangeWords: (
    document: DocumentId,
    asked: TextAsked,
  ) => Promise<TextAnswered & Readonly<{ isNew: boolean }>>;
  decide: (command: Command) => Promise<ChainedEntry>;
  markStable: (seq: number) => Promise<void>;
  headSeq: () => Promise<number>;
}>;

type Parts = Readonly<{
  agencyId: AgencyId;
  calendar: WorkingCalendar;
  /** Whether a file is here whole: a command that speaks of it waits for it. */
  hasFile: (hash: Hash) => boolean;
  /** What else a decision writes in its transaction, where the log is in the folder's own file. */
  also?: (decided: Decided) => void;
}>;

/** The server over a log, deciding as the office's rules say, with the rights and the clock of its machine. */
export function serverOver(log: AgencyLog, { agencyId, calendar, hasFile, also }: Parts): AgencyServer {
  return openServer({
    agencyId,
    also,
    guards: allGuards,
    missingFiles: ({ body }) =>
      filesIn(body)
        .map(({ hash }) => hash)
        .filter((hash) => !hasFile(hash)),
    sequencer: {
      agencyId,
      log,
      commands: commandsByName,
      aggregates,
      calendar: () => calendar,
      now: () => instantFrom(Date.now()),
      whyNot: (command: Command, states: States) =>
        isCallName(command.name)
          ? whyNotCall(command.name, states.of(personAggregate, command.actor))
          : refuse('kernel.unknown-command'),
    },
  });
}

/** The log in the server's own file: what is answered is on the disk, and nothing has to be waited for. */
export function serveFile(log: AgencyLog, texts: DraftTexts, parts: Parts): Serving {
  const server = serverOver(log, parts);
  const soon = <Result>(work: () => Result): Promise<Result> => Promise.resolve().then(work);
  return {
    pushAll: (requests) => soon(() => server.pushAll(requests)),
    pull: (request) => soon(() => server.pull(request)),
    whyNotDevice: (device, text, signature) => soon(() => server.whyNotDevice(device, text, signature)),
    isBelieved: (device) => soon(() => server.isBelieved(device)),
    mayHaveFile: (device, document, hash) => soon(() => server.mayHaveFile(device, document, hash)),
    writerAt: (device, document) => soon(() => server.writerAt(device, document)),
    exchangeWords: (document, { update, have }) =>
      soon(() => {
        const isNew = update !== null && texts.take(document, update);
        return { ...answerTo(texts.read(document) ?? docOf([]), have), isNew };
      }),
    decide: (command) => soon(() => server.decide(command)),
    markStable: (seq) =>
      soon(() => {
        server.markStable(seq);
      }),
    headSeq: () => soon(() => log.head().seq),
  };
}

/** The log in PostgreSQL: this run of the server takes it over, and an earlier one writes no more. */
export async function serveDatabase(store: PostgresStore, parts: Parts): Promise<Serving> {
  const epoch = await store.run((log) => log.takeOver());
  const on = <Result>(work: (server: AgencyServer) => Result): Promise<Result> =>
    store.run((log) => work(serverOver({ ...log, takeOver: () => epoch }, parts)));
  return {
    pushAll: (requests) => on((server) => server.pushAll(requests)),
    pull: (request) => on((server) => server.pull(request)),
    whyNotDevice: (device, text, signature) => on((server) => server.whyNotDevice(device, text, signature)),
    isBelieved: (device) => on((server) => server.isBelieved(device)),
    mayHaveFile: (device, document, hash) => on((server) => server.mayHaveFile(device, document, hash)),
    writerAt: (device, document) => on((server) => server.writerAt(device, document)),
    exchangeWords: store.exchangeWords,
    decide: (command) => on((server) => server.decide(command)),
    markStable: (seq) =>
      on((server) => {
        server.markStable(seq);
      }),
    headSeq: () => store.run((log) => log.head().seq),
  };
}
