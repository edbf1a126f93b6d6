import { encodeStateAsUpdate, encodeStateVector } from 'yjs';
import { aggregates } from '#shared/commands.ts';
import { AppError, type LogHead } from '#shared/kernel/public.ts';
import { replay, type AgencyLog } from '#shared/node/agency-log/public.ts';
import type { DraftTexts } from '#shared/node/draft-texts/public.ts';
import type { PostgresStore } from './postgres-store.ts';

const pageSize = 500;

/**
 * Takes a log over from a server's file into PostgreSQL by replaying its chain: every hash is computed again, states and
 * scopes are built anew. Goes on where an earlier run was cut; a database with another log is refused.
 */
export async function migrate(
  { log: from, texts }: Readonly<{ log: AgencyLog; texts: DraftTexts }>,
  to: PostgresStore,
): Promise<LogHead> {
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
  for (const document of texts.documents()) {
    const words = texts.read(document);
    if (words === null) continue;
    await to.exchangeWords(document, { update: encodeStateAsUpdate(words), have: encodeStateVector(words) });
  }
  const stable = from.stableSeq();
  await to.run((log) => {
    log.keepStable(stable);
  });
  const [own, other] = [from.head(), await to.run((log) => log.head())];
  if (own.hash !== other.hash) throw new AppError('server.another-log');
  return other;
}
