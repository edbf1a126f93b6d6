import { setImmediate as nextTurn } from 'node:timers/promises';
import { HashSchema, type ChainedEntry, type DossierId, type LogEntry } from '#shared/kernel/public.ts';
import type { ReadDb } from '#shared/node/sqlite/public.ts';
import { prepared } from '../../store/prepared.ts';

/** So many places of the log are looked through before others have their turn. */
const atOnce = 2000;

/** What was decided about these files up to a place in the log, in its order. */
export async function decisionsOnDossiers(
  db: ReadDb,
  ids: readonly DossierId[],
  upTo: number,
): Promise<ChainedEntry[]> {
  const wanted = new Set<string>(ids);
  // Rare among a whole log, so it is looked through for the kind before anything is read out of it.
  const ask = prepared(
    db,
    `SELECT entry, hash FROM log WHERE seq > ? AND seq <= ? AND instr(entry, '"kind":"dossier"') > 0 ORDER BY seq`,
  );
  const found: ChainedEntry[] = [];
  for (let from = 0; from < upTo; from += atOnce) {
    const rows = ask.all(from, Math.min(from + atOnce, upTo)) as { entry: string; hash: string }[];
    for (const { entry: text, hash } of rows) {
      const entry = JSON.parse(text) as LogEntry;
      if (!entry.acts.some(({ on }) => on.kind === 'dossier' && wanted.has(on.id))) continue;
      found.push({ entry, hash: HashSchema.parse(hash) });
    }
    await nextTurn();
  }
  return found;
}
