import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { documentsProjection } from '#electron/features/documents/projection.ts';
import { workflowProjection } from '#electron/features/workflow/projection.ts';
import { systemClock } from '#electron/platform/clock.ts';
import { holidays } from '#electron/store/holidays.ts';
import { openJoinedDesk, type JoinedDesk } from '#electron/store/joined-desk.ts';
import { migrate } from '#electron/store/migrate.ts';
import { migrations } from '#electron/store/migrations/index.ts';
import { agencyServer, openAgencyFolder } from '#server/main.ts';
import { openEncrypted } from '#shared/node/sqlite/public.ts';
import { allGuards, mostItemsAPage } from '#shared/sync/public.ts';
import type { AgencyAtServer } from '../../support/agency-server.ts';
import { atShare, limit, type SyncRow } from './rows.ts';
import { aDraft, type Sender } from './senders.ts';

/**
 * A desk that has nothing takes everything the server's folder holds: checked, folded, with its lists and its search.
 * Then somebody works at it: each act decided and on the disk before it is answered.
 */
export function measureDesk(at: AgencyAtServer, sender: Sender, acts: number): readonly SyncRow[] {
  const folder = openAgencyFolder(at.data);
  const server = agencyServer({ folder, calendar: holidays });
  const { desk, close } = openDesk(at, sender);
  try {
    const startedAt = performance.now();
    let [entries, appliedMs] = [0, 0];
    for (let more = true; more;) {
      const page = server.pull(desk.nextPull(mostItemsAPage));
      if ('stopped' in page) throw new Error(page.stopped);
      const wire = JSON.stringify({ ...page, lastDseq: 1 });
      const cameAt = performance.now();
      desk.pulled(JSON.parse(wire) as typeof page);
      appliedMs += performance.now() - cameAt;
      entries += page.entries.length;
      more = page.more;
    }
    const perSecond = (entries * 1000) / appliedMs;
    const withServer = (entries * 1000) / (performance.now() - startedAt);
    const took: number[] = [];
    for (let turn = 0; turn < acts; turn += 1) {
      const command = aDraft(at.agency.staff.clerk.id);
      const askedAt = performance.now();
      const reply = desk.execute(command);
      took.push(performance.now() - askedAt);
      if (!reply.ok) throw new Error(reply.refusal.code);
    }
    return [
      { row: 3, name: 'local command, p99', value: atShare(took, 0.99), unit: 'ms', gate: { most: 5 } },
      {
        row: 6,
        name: `a fresh desk applies ${entries} entries, search included`,
        value: perSecond,
        unit: '/s',
        gate: { least: 10_000 },
      },
      limit('  with the server that answers, in the same process', withServer, '/s'),
    ];
  } finally {
    close();
    folder.close();
  }
}

function openDesk(
  at: AgencyAtServer,
  { id, key }: Sender,
): Readonly<{ desk: JoinedDesk; close: () => void }> {
  const db = openEncrypted({ path: join(at.data, '..', `${systemClock.newId()}.db`), key: randomBytes(32) });
  migrate(db, migrations);
  const desk = openJoinedDesk({
    agencyId: at.agencyId,
    db,
    projections: [documentsProjection, workflowProjection],
    calendar: holidays,
    now: systemClock.now,
    person: at.agency.staff.clerk.id,
    device: { id, key },
    guards: allGuards,
  });
  return { desk, close: () => void db.close() };
}
