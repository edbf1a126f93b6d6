import type { AgencyId } from '../../kernel/public.ts';
import { personAggregate } from '../../directory/public.ts';
import {
  deviceAggregate,
  isSharedScope,
  mostItemsAPage,
  protocolVersion,
  scopesOfPerson,
  worthASnapshot,
  type Page,
  type PullReply,
  type PullRequest,
  type Scope,
  type ScopeHead,
  type Snapshot,
  type Stop,
} from '../../sync/public.ts';
import type { AgencyLog, KeptItem } from './agency-log.ts';
import { stateOfLog } from './fan-out.ts';
import type { ServerParts } from './server.ts';

/** Whether a question is for this agency, in words that are understood here. */
export function whyNotSpeak(
  { agencyId }: ServerParts,
  request: Readonly<{ version: number; agencyId: AgencyId }>,
): Stop | null {
  if (request.version !== protocolVersion) return 'newer-version';
  return request.agencyId === agencyId ? null : 'wrong-agency';
}

/** What is new in the scopes of a device's person (`sync.md` 3.4). Call inside the log's transaction. */
export function pull(parts: Required<ServerParts>, request: PullRequest): PullReply {
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

function pageOf(parts: Required<ServerParts>, request: PullRequest, theirs: readonly Scope[]): Page {
  const { log } = parts.sequencer;
  let room = Math.min(request.limit, mostItemsAPage);
  let left = 0;
  const seqs = new Set<number>();
  const scopes: Page['scopes'] = {};
  for (const scope of theirs) {
    const base = agreed(parts, scope, request.known[scope] ?? []);
    const stable = log.scopeAt(scope, log.stableSeq());
    const snapshot = request.snapshots === true ? snapshotFor(parts, scope, base) : null;
    if (snapshot !== null) {
      left += log.scopeHead(scope).n - base.n;
      scopes[scope] = { base, items: [], stable, snapshot };
      continue;
    }
    const kept = log.itemsAfter(scope, base.n, room + 1);
    const items = kept.slice(0, room).map(toSend);
    room -= items.length;
    if (kept.length > items.length) left += log.scopeHead(scope).n - base.n - items.length;
    for (const { seq } of items) seqs.add(seq);
    scopes[scope] = { base, items, stable };
  }
  const entries = entriesOf(log, seqs);
  return { scopes, entries, more: left > 0, left, lastDseq: log.lastDseq(request.device) };
}

/** The snapshot that brings a desk far ahead at once; one of a past that is no longer ours brings nobody anywhere. */
function snapshotFor(
  { sequencer: { log }, snapshots }: Required<ServerParts>,
  scope: Scope,
  base: ScopeHead,
): Snapshot | null {
  const head = log.scopeHead(scope);
  if (!isSharedScope(scope) || head.n - base.n < worthASnapshot) return null;
  snapshots.lacking(scope, head);
  const newest = snapshots.newestOf(scope);
  if (newest === null || newest.n - base.n < worthASnapshot) return null;
  return log.itemHash(scope, newest.n) === newest.head ? newest : null;
}

export function toSend({ n, seq, entry, sees }: KeptItem): Page['scopes'][string]['items'][number] {
  return { n, seq, entry, sees: [...sees] };
}

export function entriesOf(log: AgencyLog, seqs: ReadonlySet<number>): Page['entries'] {
  // All are asked for before any is missed: a log in a database then brings them in one go.
  const asked = [...seqs]
    .toSorted((a, b) => a - b)
    .map((seq) => ({ seq, before: log.hashAt(seq - 1), found: log.entry(seq) }));
  return asked.map(({ seq, before, found }) => {
    if (before === null || found === null) throw new Error(`Entry ${seq} is not in the log`);
    return { before, entry: found.entry };
  });
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
