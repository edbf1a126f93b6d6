import { z } from 'zod';
import { genesisHash, HashSchema, type ChainedEntry, type LogEntry } from '#shared/kernel/public.ts';
import type { LogPort } from '#shared/node/sequencer/public.ts';
import type { WriteDb } from '#shared/node/sqlite/public.ts';
import { prepared } from './prepared.ts';

/** Guesses are numbered after every place a log will ever have, so that they sort as the newest. */
export const guessesFrom = 2 ** 40;

const HeadSchema = z.object({ seq: z.int() });
const GuessSchema = z.object({ entry: z.string() });

/**
 * The log as the desk's own sequencer sees it while the server has not decided: what it expects is kept apart, and the
 * states from before are put by, so that all of it can be taken back.
 */
export function guessLog(db: WriteDb, log: LogPort): LogPort {
  return {
    ...log,
    head: () => {
      const row = prepared(db, 'SELECT seq FROM guess ORDER BY seq DESC LIMIT 1').get();
      return { seq: row === undefined ? guessesFrom : HeadSchema.parse(row).seq, hash: genesisHash };
    },
    lastRecordedAt: () => {
      const row = prepared(db, 'SELECT entry FROM guess ORDER BY seq DESC LIMIT 1').get();
      return row === undefined ? null : guessed(row).entry.recordedAt;
    },
    decisionOn: (commandId) => {
      const row = prepared(db, 'SELECT entry FROM guess WHERE command_id = ?').get(commandId);
      return row === undefined ? log.decisionOn(commandId) : guessed(row);
    },
    append: (entry, _hash) => {
      // A refusal is told to whoever asked, and leaves nothing behind.
      if (entry.refusal !== null) return;
      prepared(db, 'INSERT INTO guess (seq, command_id, entry) VALUES (?, ?, ?)').run(
        entry.seq,
        entry.command.id,
        JSON.stringify(entry),
      );
    },
    keepState: (ref, stored) => {
      prepared(
        db,
        `INSERT OR IGNORE INTO overlay (kind, id, version, state) VALUES (
           @kind,
           @id,
           (SELECT version FROM aggregate WHERE kind = @kind AND id = @id),
           (SELECT state FROM aggregate WHERE kind = @kind AND id = @id)
         )`,
      ).run(ref);
      log.keepState(ref, stored);
    },
    entriesAfter: (seq, limit) =>
      prepared(db, 'SELECT entry FROM guess WHERE seq > ? ORDER BY seq LIMIT ?').all(seq, limit).map(guessed),
  };
}

function guessed(row: unknown): ChainedEntry {
  // Written by `append` from a LogEntry.
  return {
    entry: JSON.parse(GuessSchema.parse(row).entry) as LogEntry,
    hash: HashSchema.parse(genesisHash),
  };
}
