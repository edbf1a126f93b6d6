import { until } from '../../support/agency-server.ts';
import { openPair, portsFrom } from '../../support/joined-pair.ts';
import { somePages } from '../../support/two-agencies.ts';
import { atShare, type SyncRow } from '../sync/rows.ts';

/** From the clerk's act until the sender's ledger has the other agency's signed receipt, at the clerk's own desk. */
export async function measureReceipts(
  port: number,
  count: number,
  databaseUrl: string | null,
): Promise<readonly SyncRow[]> {
  const pair = await openPair(portsFrom(port), somePages(count), databaseUrl);
  try {
    const took: number[] = [];
    for (let n = 0; n < count; n += 1) {
      const startedAt = performance.now();
      const id = pair.send(n);
      await until('the receipt is back', () => pair.ledger(id)?.state === 'arrived', 60_000);
      took.push(performance.now() - startedAt);
    }
    return [
      { row: null, name: 'receipt over loopback, median', value: atShare(took, 0.5), unit: 'ms', gate: null },
      {
        row: null,
        name: 'receipt over loopback, p95',
        value: atShare(took, 0.95),
        unit: 'ms',
        gate: { most: 2000 },
      },
    ];
  } finally {
    await pair.close();
  }
}
