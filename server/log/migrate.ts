import type { PoolClient } from 'pg';
import { encodeStateAsUpdate, encodeStateVector } from 'yjs';
import { aggregates } from '#shared/commands.ts';
import { AppError, type AgencyId, type LogHead } from '#shared/kernel/public.ts';
import type { AccessStore } from '#shared/node/access-log/public.ts';
import { replay } from '#shared/node/agency-log/public.ts';
import { lacksOurs } from '#shared/node/draft-texts/public.ts';
import type { AgencyFolder } from '../data/agency-folder.ts';
import { compareRows } from './compare.ts';
import { putBoxes } from './postgres-boxes.ts';
import { linesAfter, putLines } from './postgres-access.ts';
import { beginNotes } from './postgres-notes.ts';
import type { PostgresStore } from './postgres-store.ts';

const pageSize = 500;

export type Migrated = LogHead &
  Readonly<{ /** Rows that were held against each other and are the same. */ rows: number }>;

/**
 * Takes a log over from a server's file into PostgreSQL by replaying its chain: every hash is computed again, states and
 * scopes are built anew, and every row is then compared. Goes on where an earlier run was cut; a database with another
 * log is refused. Once it is done the file is marked, and no server serves from it any more.
 */
export async function migrate(folder: AgencyFolder, to: PostgresStore): Promise<Migrated> {
  const { log: from, texts, access } = folder;
  const begun = await to.run((log) => log.head());
  if (begun.seq > 0 && from.hashAt(begun.seq) !== begun.hash) throw new AppError('server.another-log');
  for (let { seq } = begun; ;) {
    const page = from.entriesAfter(seq, pageSize);
    if (page.length === 0) break;
    await to.run((log) => {
      replay(log, aggregates, page);
    });
    seq += page.length;
  }
  const desks = folder.desks();
  const stable = from.stableSeq();
  await to.run((log) => {
    for (const { device, dseq } of desks) if (log.lastDseq(device) < dseq) log.keepDseq(device, dseq);
    log.keepStable(stable);
  });
  for (const document of texts.documents()) {
    const words = texts.read(document);
    if (words === null) continue;
    const update = encodeStateAsUpdate(words);
    await to.exchangeWords(document, { update, have: encodeStateVector(words) });
    const kept = await to.exchangeWords(document, { update: null, have: encodeStateVector(words) });
    const isShort = lacksOurs(words, kept.have);
    if (isShort) throw new AppError('server.rows-differ', { table: 'draft_text', row: document });
  }
  // A database that a server has written in already is not begun anew.
  const isUntouched = (await to.run((log) => log.writer())) === 0;
  if (isUntouched) {
    const { n, last } = await to.whileWriter(0, (client) =>
      beginNotes(client, to.agencyId, folder.noted.rows()),
    );
    folder.noted.keepNoted(n, last);
    await to.whileWriter(0, (client) => putAll(client, to.agencyId, access));
    await to.whileWriter(0, (client) => putBoxes(client, folder.boxes, { ...to, dataKey: folder.dataKey }));
  }
  const rows = await to.snapshot((client) => compareRows(folder.db, client, to.agencyId));
  folder.mark({ log: 'database' });
  for (const vote of folder.boxes.votes()) folder.boxes.remove(vote);
  return { ...from.head(), rows };
}

/** Lines an earlier run brought are there already; nobody has written others. */
async function putAll(client: PoolClient, agencyId: AgencyId, access: AccessStore): Promise<void> {
  for (const desk of access.desks()) {
    const there = (await linesAfter(client, agencyId, { desk, n: 0 })).length;
    await putLines(client, agencyId, access.after(desk, there, Number.MAX_SAFE_INTEGER));
  }
}
