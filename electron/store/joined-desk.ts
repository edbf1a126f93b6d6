import { sign, type KeyObject } from 'node:crypto';
import { aggregates, commandsByName } from '#shared/commands.ts';
import { whyNotActor, type Changed } from '#shared/directory/public.ts';
import {
  AppError,
  isByServer,
  refuse,
  type AggregateRef,
  type Command,
  type CommandId,
  type DeviceId,
  type LogEntry,
  type Refusal,
  type Reply,
} from '#shared/kernel/public.ts';
import { decideNext, sqliteLog } from '#shared/node/sequencer/public.ts';
import {
  ownScope,
  probePlaces,
  protocolVersion,
  signedText,
  type Guards,
  type Page,
  type PullRequest,
  type PushReply,
  type PushRequest,
  type Scope,
  type ScopeHead,
} from '#shared/sync/public.ts';
import { counter, keepCounter } from './counters.ts';
import { changedBy, replyTo, type DeskParts } from './desk.ts';
import { doubtWords } from './draft-room.ts';
import { oweFiles, wantFiles } from './files-between.ts';
import { guessLog } from './guesses.ts';
import { lastGiven } from './last-given.ts';
import { countIn, keepQueued, nextToSend, queuedIn, refusedIn, type Refused } from './outbox.ts';
import { withOwnNumber } from './own-numbers.ts';
import { prepared } from './prepared.ts';
import { keepStable } from './whereabouts.ts';
import {
  applyPage,
  countDeferred,
  foldDeferred,
  applyStretch,
  refoldAll,
  scopeHashAt,
  scopeHead,
  scopesHeld,
  takeBackGuesses,
  type ReplicaParts,
  type Stretch,
} from './replica.ts';

export type DeviceKey = Readonly<{ id: DeviceId; key: KeyObject }>;

/** How much of what was done here is where. */
export type Owed = Readonly<{ unsent: number; unsafe: number; refused: number }>;

/**
 * A desk that shares its agency's log with others: a command is guessed at once and decided by the server
 * (`sync.md` 3.2–3.5). Everything here is one transaction of the desk's own database.
 */
export type JoinedDesk = Readonly<{
  /** The command with a number out of this desk's own block, where it asks for one and the desk holds one. */
  numbered: (command: Command) => Command;
  /** Guesses a command and queues it; a refusal is answered at once and nothing is kept. */
  execute: (command: Command) => Reply;
  /** Queues what only the server can decide, such as a number; what is refused by all we know is not queued. */
  enqueue: (command: Command) => Refusal | null;
  /** What the server does not have in its place, also when it is decided: no place may be left out. */
  nextPush: () => PushRequest | null;
  pushed: (reply: PushReply) => void;
  nextPull: (limit: number) => PullRequest;
  pulled: (page: Page) => void;
  /** How far this desk has a scope. */
  scopeHead: (scope: Scope) => ScopeHead;
  /** Takes a stretch of one scope by itself, as pages would bring it; how far the scope is here then. */
  took: (scope: Scope, stretch: Stretch) => ScopeHead;
  owed: () => Owed;
  refused: () => readonly Refused[];
  /** Takes a refused command off the list: it was done again, changed or given up. */
  settle: (id: CommandId) => void;
  /** The person's desk goes on under another key, with everything that was not decided. */
  rekey: (device: DeviceKey) => void;
  /** Folds everything here anew; gives the number of entries. */
  rebuild: () => number;
  onChanged: (listener: (changed: Changed) => void) => () => void;
  /** Every decision as it comes, of whomever. */
  onDecided: (listener: (entry: LogEntry) => void) => () => void;
}>;

export type JoinedParts = DeskParts &
  Readonly<{
    person: Command['actor'];
    device: DeviceKey;
    guards: Guards;
    knows?: ReplicaParts['knows'];
  }>;

export function openJoinedDesk(parts: JoinedParts): JoinedDesk {
  const { db, agencyId, projections, guards } = parts;
  const log = sqliteLog(db);
  const replica: ReplicaParts = { db, log, aggregates, projections, guards, knows: parts.knows };
  const listeners = new Set<(changed: Changed) => void>();
  const deciders = new Set<(entry: LogEntry) => void>();
  let device = parts.device;
  const lastOn = lastGiven(agencyId, () => queuedIn(db));
  const guesser = {
    agencyId,
    log: guessLog(db, log),
    commands: commandsByName,
    aggregates,
    calendar: () => parts.calendar,
    now: parts.now,
    device: () => device.id,
    whyNot: whyNotActor,
  };

  // A newer program may fold what the one before it had to put off.
  if (countDeferred(db) > 0) foldAnew(foldDeferred);

  function foldAnew<Result>(fold: (parts: ReplicaParts) => Result): Result {
    return log.transaction(() => {
      takeBackGuesses(replica);
      const folded = fold(replica);
      guessAgain();
      return folded;
    });
  }

  function announce(refs: readonly AggregateRef[]): void {
    const changed = changedBy(refs, log.head().seq);
    if (changed !== null) for (const listener of listeners) listener(changed);
  }

  /** No paper changed, but where it stands with the server did. */
  function announceStanding(): void {
    for (const listener of listeners) listener({ seq: log.head().seq, kinds: [], documents: [] });
  }

  function guess(command: Command) {
    const decided = decideNext(guesser, command);
    if (decided.isNew && decided.chained.entry.refusal === null) {
      for (const projection of projections) projection.apply(db, decided);
    }
    return decided;
  }

  function queue(command: Command): void {
    const dseq = counter(db, 'dseq') + 1;
    keepCounter(db, 'dseq', dseq);
    const restsOn = lastOn.take(command);
    const text = signedText(agencyId, device.id, { dseq, command, restsOn });
    const signature = sign(null, Buffer.from(text), device.key).toString('base64');
    keepQueued(db, command, { dseq, signature, restsOn });
    oweFiles(db, command.body);
  }

  return {
    numbered: (command) => withOwnNumber(db, command, { device: device.id, now: parts.now() }),
    execute: (command) => {
      if (command.actor !== parts.person) return { ok: false, refusal: refuse('sync.desk-of-another') };
      const decided = log.transaction(() => {
        const guessed = guess(command);
        if (guessed.isNew && guessed.chained.entry.refusal === null) queue(command);
        return guessed;
      });
      announce(decided.changed.map(({ ref }) => ref));
      return replyTo(decided);
    },
    enqueue: (command) => {
      const refusal = foretold(command);
      if (refusal !== null) return refusal;
      log.transaction(() => {
        queue(command);
      });
      announceStanding();
      return null;
    },
    nextPush: () => {
      if (prepared(db, "SELECT 1 FROM setting WHERE name = 'sync.adopt'").get() !== undefined) return null;
      const commands = nextToSend(db, counter(db, 'sent'));
      if (commands.length === 0) return null;
      return { version: protocolVersion, agencyId, device: device.id, commands };
    },
    pushed: (reply) => {
      log.transaction(() => {
        // An answer is a hint; only our own copy of the log ends a command (`sync.md` 3.3).
        for (const { commandId } of guards.prune ? [] : reply.results) {
          prepared(db, 'DELETE FROM outbox WHERE command_id = ?').run(commandId);
        }
        keepCounter(db, 'sent', reply.lastDseq);
        const isMissing = reply.stopped?.why === 'file-missing';
        if (isMissing && guards['file-again']) oweAllAgain();
      });
    },
    nextPull: (limit) => {
      const known: Record<string, ScopeHead[]> = {};
      for (const scope of scopesHeld(db)) {
        known[scope] = probePlaces(scopeHead(db, scope).n).flatMap((n) => {
          const hash = scopeHashAt(db, scope, n);
          return hash === null ? [] : [{ n, hash }];
        });
      }
      return { version: protocolVersion, agencyId, device: device.id, known, limit };
    },
    pulled: (page) => {
      takeIn(
        () => applyPage(replica, page),
        ({ isSetBack }) => {
          if ((isSetBack || isShownAnew(page)) && guards['draft-again']) doubtWords(db);
          keepCounter(db, 'sent', page.lastDseq);
          const isSafer = keepStable(db, page);
          if (!page.more) {
            takePlacesAnew(page);
            assertAlone(page);
            requeue();
          }
          prune(page);
          return isSafer;
        },
      );
    },
    scopeHead: (scope) => scopeHead(db, scope),
    took: (scope, stretch) => takeIn(() => applyStretch(replica, scope, stretch)).head,
    owed: () => ({
      unsent: countIn(db, 'queued'),
      unsafe: countIn(db, 'queued') + countIn(db, 'acked'),
      refused: countIn(db, 'rejected'),
    }),
    refused: () => refusedIn(db),
    settle: (id) => {
      log.transaction(() => {
        prepared(db, "UPDATE outbox SET status = 'parked' WHERE command_id = ? AND status = 'rejected'").run(
          id,
        );
      });
    },
    rekey: (next) => {
      log.transaction(() => {
        device = next;
        queueAnew(() => {
          // Places under the old key step aside for those under the new one, whose first was its enrolment.
          prepared(db, 'UPDATE outbox SET dseq = -abs(dseq) - 1000000000').run();
          keepCounter(db, 'sent', 1);
          keepCounter(db, 'dseq', 1);
        });
      });
    },
    rebuild: () => foldAnew(refoldAll),
    onChanged: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    onDecided: (listener) => {
      deciders.add(listener);
      return () => deciders.delete(listener);
    },
  };

  /** Takes in what the server decided, in one transaction: guesses are taken back before it and made anew behind it. */
  function takeIn<Applied extends Readonly<{ refs: readonly AggregateRef[]; entries: readonly LogEntry[] }>>(
    apply: () => Applied,
    /** What else changes with it; true where something became safe. */
    also: (applied: Applied) => boolean = () => false,
  ): Applied {
    const { applied, isSafer } = log.transaction(() => {
      takeBackGuesses(replica);
      const done = apply();
      noteDecisions(done.entries);
      wantFiles(db, done.entries);
      lastOn.forget();
      const isNowSafer = also(done);
      guessAgain();
      return { applied: done, isSafer: isNowSafer };
    });
    const { refs, entries } = applied;
    if (refs.length > 0) announce(refs);
    else if (isSafer || entries.length > 0) announceStanding();
    for (const entry of entries) for (const listener of deciders) listener(entry);
    return applied;
  }

  /** What waits is signed again, in the places that `place` leaves for it. */
  function queueAnew(place: () => void): void {
    const waiting = queuedIn(db);
    prepared(db, "DELETE FROM outbox WHERE status = 'queued'").run();
    lastOn.forget();
    place();
    for (const command of waiting) queue(command);
  }

  /** What the rules would say now; nothing of it is kept. */
  function foretold(command: Command): Refusal | null {
    if (command.actor !== parts.person) return refuse('sync.desk-of-another');
    db.exec('SAVEPOINT foretold');
    try {
      return decideNext(guesser, command).chained.entry.refusal;
    } finally {
      db.exec('ROLLBACK TO foretold; RELEASE foretold');
    }
  }

  /** The server does not have a file, whatever we believed: it was started anew, or came back from a copy. */
  function oweAllAgain(): void {
    for (const command of queuedIn(db)) oweFiles(db, command.body);
  }

  function noteDecisions(entries: readonly LogEntry[]): void {
    // A desk that fills itself has nothing out.
    if (prepared(db, 'SELECT 1 FROM outbox LIMIT 1').get() === undefined) return;
    // What a person has settled stays so, also when its decision comes again.
    const note = prepared(
      db,
      "UPDATE outbox SET status = CASE status WHEN 'parked' THEN 'parked' ELSE ? END, seq = ? WHERE command_id = ?",
    );
    for (const { command, refusal, seq } of entries) {
      note.run(refusal === null ? 'acked' : 'rejected', seq, command.id);
    }
  }

  /** After its database was made anew, a desk goes on behind the last command that the server has of it. */
  function takePlacesAnew(page: Page): void {
    const isDue = prepared(db, "SELECT 1 FROM setting WHERE name = 'sync.adopt'").get() !== undefined;
    if (!isDue || page.scopes[ownScope(parts.person)] === undefined) return;
    queueAnew(() => {
      keepCounter(db, 'dseq', page.lastDseq);
    });
    prepared(db, "DELETE FROM setting WHERE name = 'sync.adopt'").run();
  }

  /**
   * The server has more of this device than this desk gave, or other commands in the same places: the profile lives
   * twice, or came back from an old copy. It goes on under another key (`sync.md` 3.10).
   */
  function assertAlone(page: Page): void {
    if (page.scopes[ownScope(parts.person)] === undefined) return;
    const taken = prepared(db, "SELECT 1 FROM outbox WHERE status = 'queued' AND dseq > 0 AND dseq <= ?").get(
      page.lastDseq,
    );
    if (taken !== undefined || page.lastDseq > counter(db, 'dseq')) throw new AppError('sync.profile-copied');
  }

  /** What the server lost goes out again: once all it has is here, a command without its decision has none (`sync.md` 3.4). */
  function requeue(): void {
    if (!guards.requeue) return;
    const lost = prepared(
      db,
      `SELECT dseq, body FROM outbox WHERE status ${guards['refused-stays'] ? "= 'acked'" : "<> 'queued'"}
          AND command_id NOT IN (SELECT command_id FROM log) ORDER BY abs(dseq)`,
    ).all() as { dseq: number; body: string }[];
    for (const { dseq, body } of lost) {
      if (dseq > 0) prepared(db, "UPDATE outbox SET status = 'queued', seq = NULL WHERE dseq = ?").run(dseq);
      else {
        prepared(db, 'DELETE FROM outbox WHERE dseq = ?').run(dseq);
        queue(JSON.parse(body) as Command);
      }
    }
    // What was refused stays so, and only keeps its place.
    prepared(
      db,
      "UPDATE outbox SET seq = NULL WHERE status IN ('rejected', 'parked') AND command_id NOT IN (SELECT command_id FROM log)",
    ).run();
  }

  /** Lets go of what our own copy of the log shows as decided and a second place holds too (`sync.md` 3.5). */
  function prune(page: Page): void {
    const scope = ownScope(parts.person);
    const stable = guards.stable ? (page.scopes[scope]?.stable.n ?? 0) : scopeHead(db, scope).n;
    prepared(
      db,
      `DELETE FROM outbox WHERE status IN ('acked', 'parked') AND dseq <= ?
          AND seq IN (SELECT seq FROM scope_item WHERE scope = ? AND n <= ?)`,
    ).run(page.lastDseq, scope, stable);
  }

  function guessAgain(): void {
    for (const command of queuedIn(db)) {
      if (!isByServer(commandsByName.get(command.name), command.body)) guess(command);
    }
  }
}

/** A scope is shown from its beginning: to a desk that had none of it, or not any more. */
function isShownAnew({ scopes }: Page): boolean {
  return Object.values(scopes).some(({ base, items }) => base.n === 0 && items.length > 0);
}
