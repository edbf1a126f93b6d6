import { personAggregate, type Person } from '../../directory/public.ts';
import { documentAggregate, whyNotWriter } from '../../documents/public.ts';
import { refuse } from '../../kernel/public.ts';
import type {
  Act,
  AgencyId,
  Aggregate,
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
  holderOfFiles,
  isCertified,
  isDueForRenewal,
  notInTheChain,
  scopesOfPerson,
  type Device,
  type Guards,
  type PullReply,
  type PullRequest,
  type PushReply,
  type PushRequest,
  type Scope,
  type ScopeHead,
  type SentCommand,
  type Snapshot,
  type SnapshotLine,
  type Stop,
} from '../../sync/public.ts';
import {
  decideNew,
  decideNext,
  foretell,
  tellAgain,
  type Decided,
  type SequencerParts,
} from '../sequencer/public.ts';
import type { AgencyLog } from './agency-log.ts';
import { certify, whyNotHeld, type CertificateAsked, type CertificateGiven } from './certify.ts';
import { fanOut, stateOfLog } from './fan-out.ts';
import { overdueLeases, type OverdueLease } from './overdue-leases.ts';
import { entriesOf, pull, toSend, whyNotSpeak } from './pull.ts';
import { createSignedCommands, type SignedCommands } from './signed-commands.ts';

export type ServerParts = Readonly<{
  agencyId: AgencyId;
  /** Whether a device speaks only while its certificate holds. */
  certificates: boolean;
  sequencer: SequencerParts & Readonly<{ log: AgencyLog }>;
  guards: Guards;
  /** Signatures checked ahead of their turn; without it, each is checked in its turn. */
  signed?: SignedCommands;
  /** The snapshots there are; without them, everything is served by pages. */
  snapshots?: SnapshotShelf;
  /** The files a command speaks of that are not here whole, or not shown to be at its desk; it waits for them. */
  missingFiles: (command: Command, device: DeviceId) => readonly Hash[];
  /** What else is written in the transaction of a decision: what is owed to other agencies. */
  also?: (decided: Decided) => void;
}>;

/** What a server of one agency answers its desks; every call is one transaction of the log. */
export type AgencyServer = Readonly<{
  /** Several desks' pushes in one commit. Nothing is answered before it is on the disk. */
  pushAll: (requests: readonly PushRequest[]) => readonly PushReply[];
  pull: (request: PullRequest) => PullReply;
  /** Something else that is written for the agency, by this run of the server alone. */
  write: <Result>(work: () => Result) => Result;
  /** Whether a device may speak for its person now, by a signature over what the server asked. */
  whyNotDevice: (device: DeviceId, text: string, signature: string) => Stop | null;
  /** Why nothing is given to a device now. Who has left may come back: only a device taken back hears that it was. */
  whyNotBelieve: (device: DeviceId) => 'unknown-device' | 'revoked' | 'person-left' | null;
  /** A device's certificate, or its next one when that is due; decided and in the log before it is given. */
  certify: (asked: CertificateAsked) => CertificateGiven;
  /** Whether a device's certificate should be renewed by now. */
  isDueForRenewal: (device: DeviceId) => boolean;
  /** What the log says of an aggregate now. */
  look: <State, KindAct extends Act>(aggregate: Aggregate<State, KindAct>, id: string) => State | null;
  /** Whether a device may be given a file: one of a document that its person may read. */
  mayHaveFile: (device: DeviceId, document: DocumentId, hash: Hash) => boolean;
  /** Whether a scope is a device's person's to hold now. */
  mayHaveScope: (device: DeviceId, scope: Scope) => boolean;
  /** So many items of a scope after a place, with the entries they name; call it as often as there is more. */
  stretchOf: (scope: Scope, after: number, most: number) => SnapshotLine;
  scopeHead: (scope: Scope) => ScopeHead;
  /** Who writes at a draft through a device, and whether it takes words now; null where it is not theirs to write. */
  writerAt: (device: DeviceId, document: DocumentId) => Readonly<{ person: PersonId; open: boolean }> | null;
  /** A command given at the server itself: founding the agency, inviting the first desk. */
  decide: (command: Command) => ChainedEntry;
  /** Blocks of numbers that have run out, for whoever looks after them now and then. */
  overdueLeases: () => readonly OverdueLease[];
  /** The log up to here is held in a second place. */
  markStable: (seq: number) => void;
}>;

/** Thrown when a later run of the server has taken over: this one stops. */
export class Fenced extends Error {
  override readonly name = 'Fenced';
}

/** What was made of scopes for whoever lacks much of them. */
export type SnapshotShelf = Readonly<{
  newestOf: (scope: Scope) => Snapshot | null;
  /** Somebody lacks much of a scope, which goes up to here. */
  lacking: (scope: Scope, head: ScopeHead) => void;
}>;

const noSnapshots: SnapshotShelf = { newestOf: () => null, lacking: () => undefined };

export function openServer(given: ServerParts): AgencyServer {
  const parts = {
    ...given,
    signed: given.signed ?? createSignedCommands(),
    snapshots: given.snapshots ?? noSnapshots,
    also: given.also ?? (() => undefined),
  };
  const { log } = parts.sequencer;
  const writer = log.transaction(() => log.takeOver());
  function mine<Result>(work: () => Result): Result {
    return log.transaction(() => {
      if (parts.guards.fence && log.writer() !== writer) throw new Fenced();
      return work();
    });
  }
  return {
    pushAll: (requests) => mine(() => requests.map((request) => push(parts, request))),
    pull: (request) => mine(() => pull(parts, request)),
    write: mine,
    whyNotDevice: (device, text, signature) =>
      log.transaction(() => whyNotHeld(log, device, { text, signature }) ?? whyNotCertified(parts, device)),
    whyNotBelieve: (id) =>
      log.transaction(() => {
        const device = stateOfLog(log)(deviceAggregate, id);
        if (device === null) return 'unknown-device';
        if (device.revokedBecause !== null) return 'revoked';
        return personAt(log, id) === null ? 'person-left' : null;
      }),
    certify: (asked) => mine(() => certify(parts, asked)),
    isDueForRenewal: (device) =>
      log.transaction(() => {
        const known = stateOfLog(log)(deviceAggregate, device);
        return known !== null && isDueForRenewal(known, parts.sequencer.now());
      }),
    look: (aggregate, id) => log.transaction(() => stateOfLog(log)(aggregate, id)),
    mayHaveFile: (device, document, hash) =>
      log.transaction(() => {
        const person = personAt(log, device);
        const holder = holderOfFiles(document, stateOfLog(log));
        if (person === null || holder === null) return false;
        if (parts.guards['file-rights'] && !holder.isReader(person)) return false;
        return filesIn(holder.held).some((file) => file.hash === hash);
      }),
    mayHaveScope: (device, scope) =>
      log.transaction(() => {
        const person = personAt(log, device);
        return person !== null && scopesOfPerson(person).includes(scope);
      }),
    stretchOf: (scope, after, most) =>
      log.transaction(() => {
        const items = log.itemsAfter(scope, after, most).map(toSend);
        return { items, entries: entriesOf(log, new Set(items.map(({ seq }) => seq))) };
      }),
    scopeHead: (scope) => log.transaction(() => log.scopeHead(scope)),
    writerAt: (device, document) =>
      log.transaction(() => {
        const person = personAt(log, device);
        const paper = stateOfLog(log)(documentAggregate, document);
        if (person === null || paper?.direction !== 'outgoing') return null;
        if (parts.guards['draft-rights'] && whyNotWriter(paper, person) !== null) return null;
        // What its drafter wrote before they submitted it may come after it; nobody else's words do.
        const isOpen = paper.state === 'draft' || paper.drafter === person.id;
        return { person: person.id, open: isOpen || !parts.guards['draft-open'] };
      }),
    decide: (command) =>
      mine(() => {
        const decided = decideNext(parts.sequencer, command);
        if (decided.isNew) enter(parts, decided);
        return decided.chained;
      }),
    overdueLeases: () =>
      log.transaction(() => overdueLeases(log, { agencyId: parts.agencyId, at: parts.sequencer.now() })),
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

function push(parts: Required<ServerParts>, request: PushRequest): PushReply {
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
function take(parts: Required<ServerParts>, { request, sent, results }: Taken): Stop | null {
  const { guards, sequencer } = parts;
  const { log } = sequencer;
  const { command, dseq } = sent;
  const device = stateOfLog(log)(deviceAggregate, request.device);
  if (guards.signature) {
    const doubt = whyNotBelieve(parts, request, sent, device);
    if (doubt !== null) return doubt;
  }
  const last = log.lastDseq(request.device);
  const earlier = log.decisionOn(command.id);
  // What was decided is told again, so that a new desk that lost its answer gets it before its first certificate.
  const stop = earlier === null ? whyNotNext(parts, request.device, sent, last) : null;
  if (stop !== null) return stop;
  const { signature, restsOn, refused } = sent;
  const rest = restsOn === undefined ? {} : { restsOn };
  const from = { device: request.device, dseq, signature, ...rest };
  // Whoever reaches the server could fill the chain for ever: a stranger has a place in it only once they are taken in.
  const turnedAway = device === null && earlier === null ? foretell(sequencer, command, from) : null;
  if (turnedAway !== null) {
    results.push({ commandId: command.id, seq: notInTheChain, refusal: turnedAway });
    return null;
  }
  const foregone = refused === true ? refuse('sync.refused-before') : undefined;
  const decided =
    earlier === null ? decideNew(sequencer, command, from, foregone) : tellAgain(earlier, command);
  if (decided.isNew) enter(parts, decided);
  if (dseq === last + 1) log.keepDseq(request.device, dseq);
  const { seq, refusal } = decided.chained.entry;
  results.push({ commandId: command.id, seq, refusal });
  return null;
}

/** Why a command that was not decided yet may not be decided now. */
function whyNotNext(
  parts: Required<ServerParts>,
  device: DeviceId,
  { command, dseq, refused }: SentCommand,
  last: number,
): Stop | null {
  const over = whyNotCertified(parts, device);
  if (over !== null) return over;
  if (parts.guards['dseq-order']) {
    if (dseq <= last) return 'copied';
    if (dseq > last + 1) return 'gap';
  }
  // Of what stays refused no file is needed.
  const isShort = refused !== true && parts.missingFiles(command, device).length > 0;
  return isShort ? 'file-missing' : null;
}

/** A new decision goes where it may be read, and what it owes to others is put down with it. */
function enter({ sequencer, guards, also }: Required<ServerParts>, decided: Decided): void {
  fanOut(sequencer.log, decided, guards);
  also(decided);
}

function whyNotBelieve(
  { agencyId, signed }: Required<ServerParts>,
  { device: id }: PushRequest,
  sent: SentCommand,
  device: Device | null,
): Stop | null {
  // A new desk signs its first command with the key it brings in it.
  const key = device?.publicKey ?? keyBrought(sent.command, id);
  if (key === null) return 'unknown-device';
  if (device !== null && device.revokedBecause !== null) return 'revoked';
  if (device !== null && device.person !== sent.command.actor) return 'bad-signature';
  return signed.isSigned(key, { agencyId, device: id }, sent) ? null : 'bad-signature';
}

/** By the server's clock alone: a desk's may be wrong by years. */
function whyNotCertified({ certificates, sequencer }: ServerParts, id: DeviceId): Stop | null {
  const device = stateOfLog(sequencer.log)(deviceAggregate, id);
  if (!certificates || device === null) return null;
  return isCertified(device, sequencer.now()) ? null : 'certificate-over';
}

function keyBrought({ name, body }: Command, device: string): string | null {
  if (name !== 'sync.enrolDevice' || typeof body !== 'object' || body === null) return null;
  if (!('publicKey' in body) || !('deviceId' in body)) return null;
  return body.deviceId === device && typeof body.publicKey === 'string' ? body.publicKey : null;
}
