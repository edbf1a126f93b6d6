import { migrate } from '#electron/store/migrate.ts';
import { migrations } from '#electron/store/migrations/index.ts';
import { agencyLogTables, openServer, sqliteAgencyLog } from '#shared/node/agency-log/public.ts';
import { openInMemory } from '#shared/node/sqlite/public.ts';
import { allGuards } from '#shared/sync/public.ts';
import { instantFrom, type Command, type Instant, type LogEntry } from '#shared/kernel/public.ts';
import { beginIdsAt } from '../support/builders.ts';
import { openSmallAgency, type Engine, type SmallAgency } from '../support/small-agency.ts';
import { sequencerOf } from './sequencer-of.ts';

/** An agency as it was founded on a server, and an empty desk: copied for every seed. */
export type Templates = Readonly<{
  server: Buffer;
  desk: Buffer;
  agency: SmallAgency<Engine>;
  foundedAt: Instant;
}>;

export function makeTemplates(): Templates {
  beginIdsAt(1_000_000);
  const db = openInMemory();
  db.exec(agencyLogTables);
  const log = sqliteAgencyLog(db);
  let foundedAt = instantFrom(0);
  const agency = openSmallAgency(({ agencyId, now }): Engine => {
    const sequencer = { ...sequencerOf(agencyId, now), log };
    const server = openServer({
      agencyId,
      certificates: false,
      sequencer,
      guards: allGuards,
      missingFiles: () => [],
    });
    return {
      log,
      decide: (command: Command) => {
        foundedAt = recordedAt(server.decide(command).entry);
      },
    };
  });
  const desk = openInMemory();
  migrate(desk, migrations);
  return { server: db.serialize(), desk: desk.serialize(), agency, foundedAt };
}

function recordedAt({ recordedAt: at }: LogEntry): Instant {
  return at;
}
