import { createHash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import type { PoolClient } from 'pg';
import type { ChainedLine } from '#shared/access/public.ts';
import { aggregates } from '#shared/commands.ts';
import { AppError, DeviceIdSchema, DocumentIdSchema, type LogHead } from '#shared/kernel/public.ts';
import { replay } from '#shared/node/agency-log/public.ts';
import type { AgencyFolder } from '../data/agency-folder.ts';
import type { Notes } from './notes.ts';
import { notesAfter } from './postgres-notes.ts';
import { desksWithLines, linesAfter } from './postgres-access.ts';
import { all, chained } from './postgres-reading.ts';
import type { PostgresStore } from './postgres-store.ts';

const pageSize = 500;

/** A copy of a database's log in the folder's own file, kept up by replaying what came since. */
export type Mirror = Readonly<{
  /** Brings the file up, and does something before anything else changes in it. */
  follow: (then?: () => void) => Promise<LogHead>;
}>;

/**
 * Keeps the folder's file after the database, so that a copy of it is a copy of the log, and an office can go back to
 * its file. Every hash is computed again on the way.
 */
export function openMirror(
  store: PostgresStore,
  { log, texts, noted, access }: Pick<AgencyFolder, 'log' | 'texts' | 'noted' | 'access'>,
  inTurn: Notes['inTurn'],
): Mirror {
  const wordsSeen = new Map<string, string>();

  function take(entries: Parameters<typeof replay>[2]): void {
    log.transaction(() => {
      replay(log, aggregates, entries);
    });
  }

  async function catchUp(): Promise<void> {
    for (;;) {
      const page = await store.entriesAfter(log.head().seq, pageSize);
      take(page);
      if (page.length < pageSize) return;
      await setImmediate(); // Whoever asks meanwhile is answered between two pages.
    }
  }

  async function newLines(client: PoolClient): Promise<readonly ChainedLine[]> {
    const found: ChainedLine[] = [];
    for (const desk of await desksWithLines(client, store.agencyId)) {
      found.push(...(await linesAfter(client, store.agencyId, { desk, n: access.headOf(desk).n })));
    }
    return found;
  }

  /** What belongs to one head: a number of a desk without its decision, or an envelope without its paper, would be lost. */
  function readTail() {
    const key = [store.agencyId];
    return store.snapshot(async (client) => ({
      entries: await all(
        client,
        'SELECT entry, hash FROM log WHERE agency_id = $1 AND seq > $2 ORDER BY seq',
        [...key, log.head().seq],
      ),
      desks: await all(client, 'SELECT device, last_dseq FROM desk WHERE agency_id = $1', key),
      words: await all(client, 'SELECT document, state FROM draft_text WHERE agency_id = $1', key),
      notes: await notesAfter(client, {
        agencyId: store.agencyId,
        n: noted.readsFrom(),
        limit: Number.MAX_SAFE_INTEGER,
      }),
      accesses: await newLines(client),
    }));
  }

  return {
    follow: async (then) => {
      const own = log.head();
      const [at] = own.seq === 0 ? [] : await store.entriesAfter(own.seq - 1, 1);
      // It has what the database lost, or another story: neither is written over.
      if (own.seq > 0 && at?.hash !== own.hash) throw new AppError('server.copy-apart', { seq: own.seq });
      await catchUp();
      return inTurn(async () => {
        const { entries, desks, words, notes, accesses } = await readTail();
        take(entries.map(chained));
        log.transaction(() => {
          for (const row of desks) {
            log.keepDseq(DeviceIdSchema.parse(row['device']), Number(row['last_dseq']));
          }
          access.add(accesses);
        });
        for (const row of words) {
          const document = DocumentIdSchema.parse(row['document']);
          const state = row['state'] as Buffer;
          const print = createHash('sha256').update(state).digest('base64');
          if (wordsSeen.get(document) === print) continue;
          texts.take(document, state);
          wordsSeen.set(document, print);
        }
        noted.takeAfterLast(notes);
        then?.();
        return log.head();
      });
    },
  };
}
