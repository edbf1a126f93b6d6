import { mayRead, personAggregate, readingScope, type Person } from '../../directory/public.ts';
import { documentAggregate, whyNotWriter } from '../../documents/public.ts';
import type {
  AgencyId,
  ChainedEntry,
  Command,
  DeviceId,
  DocumentId,
  Hash,
  PersonId,
} from '../../kernel/public.ts';
import {
  deviceAggregate,
  filesIn,
  mostItemsAPage,
  protocolVersion,
  scopesOfPerson,
  signedText,
  type Device,
  type Guards,
  type Page,
  type PullReply,
  type PullRequest,
  type PushReply,
  type PushRequest,
  type Scope,
  type ScopeHead,
  type SentCommand,
  type Stop,
} from '../../sync/public.ts';
import { decideNext, type Decided, type SequencerParts } from '../sequencer/public.ts';
import type { AgencyLog } from './agency-log.ts';
import { isSigned } from './device-signature.ts';
import { fanOut, stateOfLog } from './fan-out.ts';

export type ServerParts = Readonly<{
  agencyId: AgencyId;
  sequencer: SequencerParts & Readonly<{ log: AgencyLog }>;
  guards: Guards;
  /** The files a command speaks of that are not here whole; it waits for them. */
  missingFiles: (command: Command) => readonly Hash[];
  /** What else is written in the transaction of a decision: what is owed to other agencies. */
  also?: ((decided: Decided) => void) | undefined;
}>;

/** What a server of one agency answers its desks; every call is one transaction of the log. */
export type AgencyServer = Readonly<{
  /** Several desks' pushes in one commit. Nothing is answered before it is on the disk. */
  pushAll: (requests: readonly PushRequest[]) => readonly PushReply[];
  pull: (request: PullRequest) => PullReply;
  /** Whether a device may speak for its person now, by a signature over what the server asked. */
  whyNotDevice: (device: DeviceId, text: string, signature: string) => Stop | null;
  /** Whether a device's person is one of ours now. */
  isBelieved: (device: DeviceId) => boolean;
  /** Whether a device may be given a file: one of a document that its person may read. */
  mayHaveFile: (device: DeviceId, document: DocumentId, hash: Hash) => boolean;
  /** Who writes at a draft through a device, and whether it takes words now; null where it is not theirs to write. */
  writerAt: (device: DeviceId, document: DocumentId) => Readonly<{ person: PersonId; open: boolean }> | null;
  /** A command given at the server itself: founding the agency, inviting the first desk. */
  decide: (command: Command) => ChainedEntry;
  /** The log up to here is held in a second place. */
  markStable: (seq: number) => void;
}>;

/** Thrown when a later run of the server has taken over: this one stops. */
export class Fenced extends Error {
  override readonly name = 'Fenced';
}

export function openServer(parts: ServerParts): AgencyServer {
  const { log } = parts.sequencer;
  const writer = log.transaction(() => log.takeOver());
  function mine<Result>(work: () => Result): Result {
    return log.transaction(() => {
      if (log.writer() !== writer) throw new Fenced();
      return work();
    });
  }
  return {
    pushAll: (requests) => mine(() => requests.map((request) => push(parts, request))),
    pull: (request) => mine(() => pull(parts, request)),
    whyNotDevice: (device, text, signature) =>
      log.transaction(() => whyNotDevice(log, device, { text, signature })),
    isBelieved: (device) => log.transaction(() => personAt(log, device) !== null),
    mayHaveFile: (device, document, hash) =>
      log.transaction(() => {
        const person = personAt(log, device);
        const paper = stateOfLog(log)(documentAggregate, document);
        if (person === null || paper === null || !mayRead(readingScope(person), paper)) return false;
        return filesIn(paper).some((file) => file.hash === hash);
      }),
    writerAt: (device, document) =>
      log.transaction(() => {
        const person = personAt(log, device);
        const paper = stateOfLog(log)(documentAggregate, document);
        if (person === null || paper?.direction !== 'outgoing') return null;
        if (whyNotWriter(paper, person) !== null) return null;
        // What its drafter wrote before they submitted it may come after it; nobody else's words do.
        return { person: person.id, open: paper.state === 'draft' || paper.drafter === person.id };
      }),
    decide: (command) =>
      mine(() => {
        const decided = decideNext(parts.sequencer, command);
        if (decided.isNew) {
          fanOut(log, decided, parts.guards);
          parts.also?.(decided);
        }
        return decided.chained;
      }),
    markStable: (seq) => {
      mine(() => {
        log.keepStable(seq);
      });
    },
  };
}

/** Who speaks through a device; null when it is not believed, or they have left. */
function personAt(log: AgencyLog, id: DeviceId): Person | null {
  const device = stateOfLog(log)(deviceAggregate, id);
  if (device === null || device.revokedBecause !== null) return null;
  const person = stateOfLog(log)(personAggregate, device.person);
  return person?.active === true ? person : null;
}

type Results = PushReply['results'];

function push(parts: ServerParts, request: PushRequest): PushReply {
  const { log } = parts.sequencer;
  const results: Results = [];
  const answer = (why: Stop | null, sent?: SentCommand): PushReply => ({
    results,
    lastDseq: log.lastDseq(request.device),
    stopped: why === null ? null : { why, commandId: sent?.command.id ?? null },
  });
  const stranger = whyNotSpeak(parts, request);
  if (stranger !== null) return answer(stranger);
  for (const sent of request.commands) {
    const stop = take(parts, { request, sent, results });
    if (stop !== null) return answer(stop, sent);
  }
  return answer(null);
}

type Taken = Readonly<{ request: PushRequest; sent: SentCommand; results: Results }>;

/** One command, in its turn; null when it was decided, before or now. */
function take(parts: ServerParts, { request, sent, results }: Taken): Stop | null {
  const { guards, sequencer } = parts;
  const { log } = sequencer;
  const { command, dseq } = sent;
  const device = stateOfLog(log)(deviceAggregate, request.device);
  if (guards.signature) {
    const stop = whyNotBelieve(parts, request, sent, device);
    if (stop !== null) return stop;
  }
  const last = log.lastDseq(request.device);
  const earlier = log.decisionOn(command.id);
  if (earlier === null && guards['dseq-order']) {
    if (dseq <= last) return 'copied';
    if (dseq > last + 1) return 'gap';
  }
  if (earlier === null && parts.missingFiles(command).length > 0) return 'file-missing';
  const decided = decideNext(sequencer, command, { device: request.device, dseq, signature: sent.signature });
  if (decided.isNew) {
    fanOut(log, decided, guards);
    parts.also?.(decided);
  }
  if (dseq === last + 1) log.keepDseq(request.device, dseq);
  const { seq, refusal } = decided.chained.entry;
  results.push({ commandId: command.id, seq, refusal });
  return null;
}

function whyNotSpeak(
  { agencyId }: ServerParts,
  request: Readonly<{ version: number; agencyId: AgencyId }>,
): Stop | null {
  if (request.version !== protocolVersion) return 'newer-version';
  return request.agencyId === agencyId ? null : 'wrong-agency';
}

function whyNotBelieve(
  { agencyId }: ServerParts,
  { device: id }: PushRequest,
  sent: SentCommand,
  device: Device | null,
): Stop | null {
  // A new desk signs its first command with the key it brings in it.
  const key = device?.publicKey ?? keyBrought(sent.command, id);
  if (key === null) return 'unknown-device';
  if (device !== null && device.revokedBecause !== null) return 'revoked';
  if (device !== null && device.person !== sent.command.actor) return 'bad-signature';
  return isSigned(key, signedText(agencyId, id, sent), sent.signature) ? null : 'bad-signature';
}

function whyNotDevice(
  log: AgencyLog,
  id: DeviceId,
  { text, signature }: Readonly<{ text: string; signature: string }>,
): Stop | null {
  const device = stateOfLog(log)(deviceAggregate, id);
  if (device === null) return 'unknown-device';
  if (device.revokedBecause !== null) return 'revoked';
  return isSigned(device.publicKey, text, signature) ? null : 'bad-signature';
}

function keyBrought({ name, body }: Command, device: string): string | null {
  if (name !== 'sync.enrolDevice' || typeof body !== 'object' || body === null) return null;
  if (!('publicKey' in body) || !('deviceId' in body)) return null;
  return body.deviceId === device && typeof body.publicKey === 'string' ? body.publicKey : null;
}

function pull(parts: ServerParts, request: PullRequest): PullReply {
  const { log } = parts.sequencer;
  const stranger = whyNotSpeak(parts, request);
  if (stranger !== null) return { stopped: stranger };
  const stateOf = stateOfLog(log);
  const device = stateOf(deviceAggregate, request.device);
  if (device === null) return { stopped: 'unknown-device' };
  if (device.revokedBecause !== null) return { stopped: 'revoked' };
  const person = stateOf(personAggregate, device.person);
  const theirs = person === null ? [] : scopesOfPerson(person);
  return pageOf(parts, request, theirs);
}

function pageOf(parts: ServerParts, request: PullRequest, theirs: readonly Scope[]): Page {
  const { log } = parts.sequencer;
  let room = Math.min(request.limit, mostItemsAPage);
  let left = 0;
  const seqs = new Set<number>();
  const scopes: Page['scopes'] = {};
  for (const scope of theirs) {
    const base = agreed(parts, scope, request.known[scope] ?? []);
    const kept = log.itemsAfter(scope, base.n, room + 1);
    const items = kept.slice(0, room).map(({ n, seq, entry, sees }) => ({ n, seq, entry, sees: [...sees] }));
    room -= items.length;
    if (kept.length > items.length) left += log.scopeHead(scope).n - base.n - items.length;
    for (const { seq } of items) seqs.add(seq);
    scopes[scope] = { base, items, stable: log.scopeAt(scope, log.stableSeq()) };
  }
  const entries = [...seqs]
    .toSorted((a, b) => a - b)
    .map((seq) => {
      const before = log.hashAt(seq - 1);
      const found = log.entry(seq);
      if (before === null || found === null) throw new Error(`Entry ${seq} is not in the log`);
      return { before, entry: found.entry };
    });
  return { scopes, entries, more: left > 0, left, lastDseq: log.lastDseq(request.device) };
}

/** The newest place a desk names whose hash is ours too; the beginning when there is none. */
function agreed(
  { sequencer: { log }, guards }: ServerParts,
  scope: Scope,
  known: readonly ScopeHead[],
): ScopeHead {
  for (const { n, hash } of known) {
    const ours = log.itemHash(scope, n);
    if (ours === hash) return { n, hash };
    // Without the guard a desk's word about the number alone is taken.
    if (!guards['chain-check'] && ours !== null) return { n, hash: ours };
  }
  const first = log.itemHash(scope, 0);
  if (first === null) throw new Error('A chain has a beginning');
  return { n: 0, hash: first };
}
