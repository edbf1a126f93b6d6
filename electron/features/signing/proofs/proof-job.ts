import { setImmediate as turnOver } from 'node:timers/promises';
import { personAggregate } from '#shared/directory/public.ts';
import { documentAggregate, signedFilesOf, type StoredFile } from '#shared/documents/public.ts';
import {
  AppError,
  CommandIdSchema,
  instantFrom,
  type Instant,
  type PersonId,
} from '#shared/kernel/public.ts';
import type { Blobs } from '#shared/node/blobs/public.ts';
import type { TimestampService } from '#shared/node/pdf-signing/public.ts';
import type { ProofFault, ProofRound } from '#shared/signing/public.ts';
import type { Desk } from '../../../store/desk.ts';
import { readState } from '../../../store/read-state.ts';
import { serviceAt } from '../time-stamps.ts';
import { trustOf } from '../trust.ts';
import { faultOf, isOfService, missingFault } from './faults.ts';
import { askingOnce } from './asking-once.ts';
import { mustHaveService, proofPolicyOf, type Policy } from './policy.ts';
import { forgetTrial, noteLevel, owedFiles, putOff, type Owed } from './standing.ts';
import { strengthen, type Strengthened } from './strengthen.ts';

export type ProofJob = Readonly<{
  round: () => ProofRound;
  /** Whether there is anything a round by itself would do now. */
  hasWork: () => boolean;
  /** One round over everything owed; `by` names who asked for it, nobody when it comes by itself. A second joins the first. */
  run: (by: PersonId | null) => Promise<void>;
  /** The same with nobody waiting for its end. */
  begin: (by: PersonId | null) => void;
  /** Ends the round after the file in hand. */
  cancel: () => void;
}>;

type Parts = Readonly<{ desk: Desk; blobs: Blobs; newId: () => string }>;
type Work = Readonly<{ policy: Policy; service: TimestampService; actor: PersonId; byItself: boolean }>;

/** Files of one round; what is left over is found by the next. */
const roundAtMost = 5000;
const serviceWaitsMs = 20_000;
const firstAgainMs = 5 * 60_000;
const lastAgainMs = 6 * 3_600_000;

const neverRun: ProofRound = {
  state: 'idle',
  total: 0,
  done: 0,
  failed: 0,
  startedAt: null,
  endedAt: null,
  fault: null,
  againAt: null,
};

/**
 * Brings what the agency sealed to the level it aims at and renews what grows old, one file after the other, each kept in
 * one act: a machine that goes down in between loses the file in hand and nothing else. Nobody waits for it.
 */
export function createProofJob({ desk, blobs, newId }: Parts): ProofJob {
  let round = neverRun;
  let running: Promise<void> | null = null;
  let stops = 0;

  function hasWork(): boolean {
    const policy = proofPolicyOf(desk);
    const at = desk.now();
    if (policy === null || (round.againAt !== null && round.againAt > at)) return false;
    return owedFiles(desk.db, { policy, at }, { limit: 1, all: false }).length > 0;
  }

  async function runRound(by: PersonId | null): Promise<void> {
    const policy = mustHaveService(desk);
    const owed = owedFiles(desk.db, { policy, at: desk.now() }, { limit: roundAtMost, all: by !== null });
    round = { ...neverRun, state: 'running', total: owed.length, startedAt: desk.now() };
    try {
      if (by === null) mustStillAnswer(desk, policy);
      const service = askingOnce(serviceAt(policy.service, serviceWaitsMs));
      const work: Work = { policy, service, actor: by ?? policy.arrangedBy, byItself: by === null };
      for (const one of owed) {
        if (round.state === 'stopping' || !desk.db.open) break;
        const isDone = await proveOne(one, work);
        round = { ...round, done: round.done + (isDone ? 1 : 0), failed: round.failed + (isDone ? 0 : 1) };
        // Whoever signs or reads meanwhile comes first.
        await turnOver();
      }
      stops = 0;
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      stops += 1;
      const waitMs = Math.min(firstAgainMs * 2 ** (stops - 1), lastAgainMs);
      const againAt = instantFrom(Date.parse(desk.now()) + waitMs);
      round = { ...round, fault: faultOf(error), againAt };
    } finally {
      round = { ...round, state: 'idle', endedAt: desk.now() };
    }
  }

  /** Whether the file stands where it should; what concerns the service and not the file is thrown. */
  async function proveOne(owed: Owed, work: Work): Promise<boolean> {
    const at = desk.now();
    const why = await tryOne(owed, { ...work, at });
    if (!desk.db.open) return false;
    desk.log.transaction(() =>
      why === null ? forgetTrial(desk.db, owed) : putOff(desk.db, owed, { at, why }),
    );
    return why === null;
  }

  async function tryOne(owed: Owed, work: Work & Readonly<{ at: Instant }>): Promise<ProofFault | null> {
    try {
      const pdf = await blobs.read(owed.hash, 0, owed.size);
      const order = { ...work, pdf, renewBy: owed.renewBy, known: trustOf(desk) };
      const grown = await strengthen(order);
      if (!desk.db.open) return null;
      if (grown.pdf === pdf) desk.log.transaction(() => noteLevel(desk.db, { ...owed, level: grown.level }));
      else await keep(owed, grown, work);
      return missingFault(grown, work.policy);
    } catch (error) {
      if (!(error instanceof AppError) || isOfService(error)) throw error;
      return faultOf(error);
    }
  }

  async function keep(owed: Owed, { pdf, level, renewBy }: Strengthened, work: Work): Promise<void> {
    const { hash, size } = await blobs.put(pdf);
    if (!desk.db.open) return;
    const { name, pages } = signedFile(desk, owed);
    const file = { hash, size, name, pages };
    const reply = desk.execute({
      id: CommandIdSchema.parse(newId()),
      name: 'documents.prove',
      actor: work.actor,
      onBehalfOf: null,
      claimedAt: desk.now(),
      body: {
        documentId: owed.document,
        proof: { of: owed.of, file, level, renewBy },
        over: owed.hash,
        byItself: work.byItself,
      },
    });
    if (!reply.ok) throw new AppError(reply.refusal.code, reply.refusal.params);
  }

  function run(by: PersonId | null): Promise<void> {
    running ??= runRound(by).finally(() => {
      running = null;
    });
    return running;
  }

  return {
    round: () => round,
    hasWork,
    run,
    begin: (by) => {
      // What stops a round is kept with it and shown; anything else is a fault of ours, which must not end the office.
      run(by).catch((error: unknown) => process.emitWarning(String(error)));
    },
    cancel: () => {
      if (round.state === 'running') round = { ...round, state: 'stopping' };
    },
  };
}

/** Whoever arranged it answers for what is done in their name; when they are gone, somebody else has to. */
function mustStillAnswer({ db }: Desk, { arrangedBy }: Policy): void {
  const person = readState(db, personAggregate, arrangedBy);
  const answers = person !== null && person.active && person.roles.includes('administrator');
  if (!answers) throw new AppError('signing.arranger-gone', { name: person?.name ?? '' });
}

function signedFile({ db }: Desk, { document: id, of }: Owed): StoredFile {
  const document = readState(db, documentAggregate, id);
  const signed = document === null ? [] : signedFilesOf(document);
  const found = signed.find(({ file }) => file.hash === of)?.file;
  if (found === undefined) throw new AppError('documents.unknown-file');
  return found;
}
