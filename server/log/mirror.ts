import { createHash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { aggregates } from '#shared/commands.ts';
import { AppError, DeviceIdSchema, DocumentIdSchema, type LogHead } from '#shared/kernel/public.ts';
import { replay } from '#shared/node/agency-log/public.ts';
import type { AgencyFolder } from '../data/agency-folder.ts';
import { all, chained } from './postgres-reading.ts';
import type { PostgresStore } from './postgres-store.ts';

const pageSize = 500;

/** A copy of a database's log in the folder's own file, kept up by replaying what came since. */
export type Mirror = Readonly<{ follow: () => Promise<LogHead> }>;

/**
 * Keeps the folder's file after the database, so that a copy of it is a copy of the log, and an office can go back to
 * its file. Every hash is computed again on the way.
 */
export function openMirror(
  store: PostgresStore,
  { log, texts }: Pick<AgencyFolder, 'log' | 'texts'>,
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

  return {
    follow: async () => {
      const own = log.head();
      const [at] = own.seq === 0 ? [] : await store.entriesAfter(own.seq - 1, 1);
      // It has what the database lost, or another story: neither is written over.
      if (own.seq > 0 && at?.hash !== own.hash) throw new AppError('server.copy-apart', { seq: own.seq });
      await catchUp();
      // How far each desk has come belongs to one head: a number without its decision would lose a command.
      await store.snapshot(async (client) => {
        const key = [store.agencyId];
        const tail = await all(
          client,
          'SELECT entry, hash FROM log WHERE agency_id = $1 AND seq > $2 ORDER BY seq',
          [...key, log.head().seq],
        );
        take(tail.map(chained));
        const desks = await all(client, 'SELECT device, last_dseq FROM desk WHERE agency_id = $1', key);
        log.transaction(() => {
          for (const row of desks) {
            log.keepDseq(DeviceIdSchema.parse(row['device']), Number(row['last_dseq']));
          }
        });
        const words = await all(client, 'SELECT document, state FROM draft_text WHERE agency_id = $1', key);
        for (const row of words) {
          const document = DocumentIdSchema.parse(row['document']);
          const state = row['state'] as Buffer;
          const print = createHash('sha256').update(state).digest('base64');
          if (wordsSeen.get(document) === print) continue;
          texts.take(document, state);
          wordsSeen.set(document, print);
        }
      });
      return log.head();
    },
  };
}
