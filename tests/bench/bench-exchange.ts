import { measureRawCommits } from '#shared/node/sqlite/public.ts';
import { measureEnvelopes } from './exchange/envelopes.ts';
import { measureLargePart } from './exchange/large-part.ts';
import { measureManyRecipients } from './exchange/many-recipients.ts';
import { measureReceipts } from './exchange/receipts.ts';
import { limit, type SyncRow } from './sync/rows.ts';

const port = 20_503;

/**
 * What is asked of the exchange between agencies, with what the keys and the disk of this machine allow beside it; agencies and
 * hub over a database where one is named.
 */
export async function benchExchange(
  folder: string,
  databaseUrl: string | null,
  onRow: (row: SyncRow) => void,
): Promise<readonly SyncRow[]> {
  const rows: SyncRow[] = [];
  const keep = (more: readonly SyncRow[]): void => {
    rows.push(...more);
    for (const row of more) onRow(row);
  };
  keep(await measureEnvelopes(1000));
  const { encrypted } = measureRawCommits({ folder, commits: 1000 });
  keep([limit('SQLite encrypted, an entry and one more row a commit (limit)', encrypted.perSecond, '/s')]);
  keep(await measureManyRecipients(port, 200, databaseUrl));
  keep(await measureReceipts(port + 3, 40, databaseUrl));
  keep(await measureLargePart(port + 6));
  return rows;
}
